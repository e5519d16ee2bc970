"""One section of every type, with everything that the type can hold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from articles.models import ArticlePage, Source
from clinics.choices import StatementKind
from clinics.models import Statement
from clinics.picture_sizes import make_sizes
from tests.articles.factories import section_id, slot, text

RICH = (
    "<p>About {{ clinic.name }}, with <b>bold</b>, <i>italic</i>, H<sub>2</sub>O and a note"
    '<sup>1</sup>.<br/>A <a linktype="page" id="%d">shared article</a>, a '
    '<a href="https://example.org/a?b=1&amp;c=2">page elsewhere</a> and '
    '<a href="mailto:hello@example.org">a mail</a>.</p>'
    "<h3>Smaller heading</h3><ul><li>One</li><li>Two<ul><li>Two and a half</li></ul></li></ul>"
    "<h4>Smallest</h4><ol><li>First &amp; foremost</li><li>“Second” – last</li></ol>"
)


def make_image(title: str = "A quiet room", **fields: Any) -> Any:
    content = BytesIO()
    Image.new("RGB", (120, 80), "#4a7c88").save(content, "PNG")
    file = ContentFile(content.getvalue(), name=f"{title.lower().replace(' ', '-')}.png")
    description = fields.pop("description", "An armchair beside a window with the blinds half down")
    images = get_image_model().objects
    image = images.create(title=title, file=file, description=description, **fields)
    make_sizes(image)
    return image


def make_source(slug: str = "review-2024", **fields: Any) -> Source:
    fields = {"title": f"About {slug}", "publisher": "A Journal", "year": 2024, **fields}
    return Source.objects.create(slug=slug, url=f"https://example.org/{slug}", **fields)


def make_statement() -> Statement:
    return Statement.objects.create(
        slug="off-label",
        kind=StatementKind.OFF_LABEL,
        title="Off-label use",
        text="At {{ clinic.name }} the doctor decides with you.",
    )


def section(type_: str, key: str, **value: Any) -> dict[str, Any]:
    return {"type": type_, "id": section_id(key), "value": {"role": "clinical", **value}}


def items(key: str, *values: Any) -> list[dict[str, Any]]:
    """The stored form of a list inside a section."""
    return [
        {"type": "item", "id": section_id(f"{key}/{number}"), "value": value}
        for number, value in enumerate(values)
    ]


def every_section(linked: ArticlePage) -> list[dict[str, Any]]:
    """All types in the order of the menu; their rich text links to `linked`."""
    rich = RICH % linked.pk
    sources = [make_source("first").pk, make_source("second").pk]
    figure = {"value": "1 in 50", "label": "adults live with it", "source": sources[0]}
    return [
        text("text", "What it is", rich, level="h3", locked=True),
        section(
            "list",
            "list",
            heading="Symptoms",
            level="h2",
            intro="Often:",
            kind="symptoms",
            items=items("list", "Pain & stiffness", "Poor sleep"),
        ),
        section("question", "question", question="Will it hurt?", answer=rich),
        section(
            "image",
            "image",
            image=make_image().pk,
            alt="A room at {{ clinic.name }} with one chair",
            decorative=False,
            caption="Where it happens",
        ),
        section("quote", "quote", quote="Rest.\nThen move.", attribution="A society, 2024"),
        section(
            "testimonial",
            "testimonial",
            quote="I sleep again.",
            speaker="R. Doe",
            kind="patient",
            relationship="Patient since 2024",
            paid="yes",
            compensation="A gift card",
            credential="Not in health care",
            typical="Half of those in the trial felt no change.",
            source=sources[1],
            consent_reference="AUTH-12",
            consent_date="2026-05-02",
        ),
        section("callout", "callout", tone="urgent", heading="Call 911", text=rich),
        section(
            "figures",
            "figures",
            heading="In numbers",
            figures=items(
                "figures",
                figure,
                {**figure, "value": "2 %", "label": "children do", "source": None},
            ),
        ),
        section(
            "risks",
            "risks",
            heading="Risks",
            intro="Rarely:",
            items=items("risks", "Nausea", "Dizziness"),
            seek_help=rich,
        ),
        section("statement", "statement", statement=make_statement().pk),
        section("sources", "sources", heading="Sources", sources=items("sources", *sources)),
        section("cta", "cta", action="call_text", heading="Ask us", message="We answer today."),
        section(
            "offer",
            "offer",
            heading="A first talk",
            text=rich,
            terms="New patients, one for each.",
            billing="No health plan is billed.",
            expires="2030-01-01",
        ),
        slot(
            "local-note",
            text("fallback", "Nearby", rich),
            section("list", "fallback-list", items=items("fallback-list", "One")),
        ),
    ]
