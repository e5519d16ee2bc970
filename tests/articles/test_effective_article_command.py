"""`manage.py effective_article`: what a patient reads, equal to the page (feature 102)."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from bs4 import Tag
from django.core.management import CommandError, call_command

from articles.models import Source
from clinics.models import Statement
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    slot,
    text,
)
from tests.factories import World
from tests.reading import main_of, words_of

PATH = "/conditions/fibromyalgia/"


def effective(clinic: str, article: str = "fibromyalgia") -> dict[str, Any]:
    out = StringIO()
    call_command("effective_article", clinic, article, "--json", stdout=out)
    return json.loads(out.getvalue())


def every_type() -> list[dict[str, Any]]:
    """A section of each type but the picture, which has no words of its own."""
    source = Source.objects.create(slug="who", title="Pain in numbers", publisher="WHO", year=2020)
    statement = Statement.objects.create(
        slug="off-label", title="Off-label", text="{{ clinic.name }} uses it off-label."
    )
    items = [{"type": "item", "value": each, "id": section_id(each)} for each in ("One", "Two")]
    figure = {"value": "2%", "label": "of adults", "source": source.pk}
    rows = {
        "list": {"heading": "Signs", "level": "h3", "intro": "Often:", "kind": "symptoms",
                 "items": items},
        "question": {"question": "Is {{ clinic.name }} open?", "answer": "<p>Yes &amp; no.</p>"},
        "quote": {"quote": "Pain is real.", "attribution": "A textbook"},
        "callout": {"tone": "caution", "heading": "Mind this", "text": "<p>Ask <b>fir</b>st.</p>"},
        "figures": {"heading": "Numbers", "figures": [
            {"type": "item", "value": figure, "id": section_id("figure")}]},
        "risks": {"heading": "Risks", "intro": "", "items": items, "seek_help": "<p>Come in.</p>"},
        "statement": {"statement": statement.pk},
        "testimonial": {
            "quote": "I sleep again.", "speaker": "R. Doe", "kind": "actor",
            "relationship": "Sister", "paid": "no", "credential": "Nurse",
            "typical": "No change for half.", "source": source.pk,
            "consent_reference": "AUTH-1", "consent_date": "2026-05-02"},
        "offer": {"heading": "A first talk", "text": "<p>Free.</p>", "terms": "New patients.",
                  "billing": "No plan is billed.", "expires": "2030-01-01"},
        "cta": {"action": "call_text", "heading": "Talk to {{ clinic.name }}", "message": "Now"},
        "sources": {"heading": "References", "sources": [
            {"type": "item", "value": source.pk, "id": section_id("source")}]},
    }  # fmt: skip
    others = [
        {"type": name, "id": section_id(name), "value": {"role": "clinical", **value}}
        for name, value in rows.items()
    ]
    return [text("what", "What it is", "<p>Seen in {{ clinic.city }}.</p>"), *others]


def test_report_has_exactly_the_documented_keys(world: World) -> None:
    article = make_article("fibromyalgia", text("what", "What it is"), text("care", "Care"))
    make_local_version(article, world.harbour, override("hide", "care"))

    report = effective("harbour")

    assert report == {
        "clinic": "harbour",
        "article": "fibromyalgia",
        "release": article.releases.get().number,
        "state": "OWN",
        "fields": {
            "title": {"origin": "shared", "state": "FOLLOWS", "value": "Fibromyalgia"},
            "summary": {"origin": "shared", "state": "FOLLOWS", "value": ""},
            "seo_title": {"origin": "shared", "state": "FOLLOWS", "value": ""},
            "search_description": {"origin": "shared", "state": "FOLLOWS", "value": ""},
            "hero_image": {"origin": "shared", "state": "FOLLOWS", "value": None},
        },
        "sections": [
            {
                "id": section_id("what"),
                "type": "text",
                "origin": "shared",
                "state": "FOLLOWS",
                "text": "What it is\nShared words of what.",
            }
        ],
        "not_shown": [
            {
                "id": section_id("care"),
                "type": "text",
                "state": "HIDDEN",
                "text": "Care\nShared words of care.",
            }
        ],
    }


def test_sections_come_in_reading_order_with_their_ids(world: World) -> None:
    """A replacement keeps the shared id; an insertion and a fill have ids of their own."""
    article = make_article(
        "fibromyalgia", text("what", "What"), text("care", "Care"), slot("visit", text("default"))
    )
    insert = override("insert", "care", text("inner", "Before care"), position="before")
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", text("own", "Ours")),
        insert,
        override("fill", "visit", text("parking", "Parking"), text("bus", "Bus")),
    )

    report = effective("harbour")

    assert [(s["id"], s["origin"], s["state"]) for s in report["sections"]] == [
        (section_id("what"), "local", "OWN"),
        (insert["id"], "local", "OWN"),
        (section_id("care"), "shared", "FOLLOWS"),
        (section_id("parking"), "local", "OWN"),
        (section_id("bus"), "local", "OWN"),
    ]
    assert [s["text"].split("\n")[0] for s in report["sections"]] == [
        "Ours", "Before care", "Care", "Parking", "Bus",
    ]  # fmt: skip


def test_fields_and_states_are_those_of_the_clinic(world: World) -> None:
    article = make_article("fibromyalgia", title="Fibromyalgia", summary="Shared summary")
    make_local_version(
        article, world.harbour, title_override="At {{ clinic.name }}", summary_override="Ours"
    )
    change_article(article, summary="Shared summary, changed")

    fields = effective("harbour")["fields"]

    assert fields["title"] == {
        "origin": "local", "state": "OWN", "value": "At Harbour Infusion Center",
    }  # fmt: skip
    assert fields["summary"] == {"origin": "local", "state": "WAITING", "value": "Ours"}
    assert effective("hillside")["fields"]["summary"]["value"] == "Shared summary, changed"


@pytest.mark.parametrize(
    ("clinic", "words"),
    [
        ("hillside", "Hillside Pain Clinic in Dallas, Texas, 40 minutes"),
        ("harbour", "Harbour Infusion Center in Delray Beach, Florida, 55 minutes"),
        ("hub", "Group Clinics in your area, your state, 40 to 60 minutes"),
    ],
)
def test_tokens_are_filled(clinic: str, words: str, world: World) -> None:
    tokens = (
        "{{ clinic.name }} in {{ clinic.city }}, {{ clinic.state }}, "
        "{{ clinic.infusion_minutes }} minutes"
    )
    make_article("fibromyalgia", text("what", "", f"<p>{tokens}</p>"))

    (section,) = effective(clinic)["sections"]

    assert section["text"] == words


def test_hub_leaves_out_what_is_for_clinics_only(world: World) -> None:
    make_article("fibromyalgia", text("what", "What"), text("us", "Us", clinics_only=True))

    assert [section["id"] for section in effective("hub")["sections"]] == [section_id("what")]
    assert len(effective("harbour")["sections"]) == 2


def test_report_for_people_shows_what_is_not_shown(world: World) -> None:
    article = make_article("fibromyalgia", text("what", "What"), text("care", "Care"))
    make_local_version(article, world.harbour, override("hide", "care"))
    out = StringIO()

    call_command("effective_article", "harbour", "fibromyalgia", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == f"fibromyalgia at harbour: release {article.releases.get().number}"
    assert "[not shown, HIDDEN] text" in lines


def test_unknown_clinic_is_named_with_the_known_ones(world: World) -> None:
    with pytest.raises(
        CommandError, match=r"no clinic “nowhere”\. Known: hub, hillside, harbour\."
    ):
        effective("nowhere")


@pytest.mark.parametrize("slug", ["unknown", "draft", "local-version"])
def test_article_that_patients_do_not_see_is_refused(slug: str, world: World) -> None:
    draft = make_article("draft", publish=False)
    version = make_local_version(make_article(), world.harbour)
    slugs = {"draft": draft.slug, "local-version": version.slug, "unknown": "unknown"}

    with pytest.raises(CommandError, match="Harbour Infusion Center shows no article"):
        effective("harbour", slugs[slug])


@pytest.mark.parametrize("clinic", ["hillside", "harbour", "hub"])
def test_command_says_what_the_page_says(clinic: str, world: World, site_client: Any) -> None:
    """Feature 102: the same resolver behind both, section by section and in the same order."""
    article = make_article("fibromyalgia", *every_type(), slot("visit", text("default", "Visit")))
    make_local_version(
        article,
        world.harbour,
        override("replace", "quote", text("own", "Ours", "<p>In {{ clinic.state }}.</p>")),
        override("hide", "list"),
        override("insert", "", text("inner", "First"), position="start"),
        override("fill", "visit", text("parking", "Parking")),
    )

    sections = effective(clinic)["sections"]

    html = site_client(getattr(world, clinic)).get(PATH).content
    served = main_of(html).select(".article-body > .section")
    assert len(sections) == 13
    for section, element in zip(sections, served, strict=True):
        assert element["id"].endswith(section["id"][-6:])
        assert _missing(section, element) == []


def _missing(section: dict[str, Any], element: Tag) -> list[str]:
    """The words of the command that the page does not show in the same order."""
    words = words_of(element)
    if section["type"] in {"text", "list", "question", "quote"}:
        return [] if section["text"].split() == words.split() else [section["text"], words]
    # A figure's label stands before its value, and a source has its title in front; a testimonial
    # and an offer have labels between their words.
    lines = section["text"].split("\n")
    if section["type"] in {"figures", "sources", "testimonial", "offer"}:
        return [w for line in lines for w in line.split() if w.strip("():") not in words]
    position = 0
    for line in lines:
        position = words.find(line, position)
        if position < 0:
            return [line]
    return []
