"""C-07 and C-09: testimonials and offers carry what law wants beside them, or are not saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from articles.blocks.sections import SECTION_BLOCKS
from articles.models import Source
from articles.stream import raw_stream
from clinics.compliance.rules import RuleKind, rules_for
from tests.articles.every_section import make_image, make_source, section
from tests.articles.factories import make_article
from tests.factories import World
from tests.reading import main_of, words_of

TESTIMONIAL, OFFER_BLOCK = SECTION_BLOCKS["testimonial"], SECTION_BLOCKS["offer"]
PATH = "/conditions/fibromyalgia/"
SAID: dict[str, Any] = {
    "quote": "I sleep again.",
    "speaker": "R. Doe",
    "kind": "patient",
    "relationship": "Patient since 2024",
    "paid": "yes",
    "compensation": "A gift card",
    "credential": "None in health care",
    "typical": "Half of those in the trial felt no change.",
    "consent_reference": "AUTH-12",
    "consent_date": "2026-05-02",
}
OFFER = {
    "heading": "A first talk",
    "text": "<p>Half an hour.</p>",
    "terms": "New patients, once.",
    "billing": "No health plan is billed for it.",
    "expires": "2030-01-01",
}


def said(**changes: Any) -> dict[str, Any]:
    source = Source.objects.filter(slug="trial").first() or make_source("trial", title="A trial")
    return SAID | {"source": source.pk} | changes


def clean(block: Any, value: dict[str, Any]) -> None:
    block.clean(block.to_python(value))


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*SAID, "source"])
def test_testimonial_needs_each_of_its_fields(name: str) -> None:
    clean(TESTIMONIAL(), said())

    with pytest.raises(ValidationError) as refused:
        clean(TESTIMONIAL(), said(**{name: None if name == "source" else ""}))

    assert name in refused.value.block_errors


@pytest.mark.django_db
def test_testimonial_without_compensation_says_so_and_is_signed_already() -> None:
    clean(TESTIMONIAL(), said(paid="no", compensation=""))

    with pytest.raises(ValidationError) as refused:
        clean(TESTIMONIAL(), said(consent_date="2126-01-01"))

    assert "consent_date" in refused.value.block_errors


def test_all_of_a_testimonial_stands_beside_its_quote(world: World) -> None:
    make_article("fibromyalgia", section("testimonial", "t", **said()))

    html = Client(HTTP_HOST="harbour.test").get(PATH).text

    words = words_of(main_of(html).select_one("figure.testimonial"))
    for shown in (
        *(value for name, value in SAID.items() if name not in {"kind", "paid", "consent_date"}),
        "Actual patient",
        "May 2, 2026",
        "Source: A trial.",
    ):
        assert shown in words
    assert "aggregateRating" not in html
    assert '"@type":"Review"' not in html.replace(" ", "")


@pytest.mark.parametrize(("kind", "label"), [("actor", "Actor"), ("model", "Model")])
def test_whoever_is_no_patient_is_labelled(world: World, kind: str, label: str) -> None:
    make_article("fibromyalgia", section("testimonial", "t", **said(kind=kind, paid="no")))

    words = words_of(main_of(Client(HTTP_HOST="harbour.test").get(PATH).text))

    assert f"R. Doe · {label}" in words
    assert "Compensation None" in words


@pytest.mark.parametrize("name", ["heading", "terms", "billing", "expires"])
def test_offer_needs_terms_end_and_billing(name: str) -> None:
    clean(OFFER_BLOCK(), OFFER)

    with pytest.raises(ValidationError) as refused:
        clean(OFFER_BLOCK(), OFFER | {name: ""})

    assert name in refused.value.block_errors


def test_offer_has_the_statement_of_its_state_and_no_other(world: World) -> None:
    """F.S. 456.062 at Harbour, in Florida; nothing at Hillside, in Texas."""
    (rule,) = rules_for("FL", RuleKind.OFFER)
    make_article("fibromyalgia", section("offer", "o", **OFFER))

    harbour, hillside = (
        words_of(main_of(Client(HTTP_HOST=f"{name}.test").get(PATH).text))
        for name in ("harbour", "hillside")
    )

    assert "WITHIN 72 HOURS" in rule.text
    assert rule.law == "F.S. 456.062"
    assert rule.text in harbour
    assert rule.text not in hillside
    for words in (harbour, hillside):
        assert "New patients, once." in words
        assert "No health plan is billed for it." in words
        assert "Jan. 1, 2030" in words


def test_stored_stream_keeps_every_field(world: World) -> None:
    article = make_article("fibromyalgia", section("testimonial", "t", **said()))

    (stored,) = raw_stream(article.body)

    assert {name: stored["value"][name] for name in SAID} == SAID


@pytest.mark.parametrize(
    ("marks", "label"),
    [({"person_shown": "MODEL"}, "Model"), ({"person_shown": "PATIENT"}, "Actual patient")],
)
def test_people_in_pictures_are_labelled(world: World, marks: dict[str, str], label: str) -> None:
    """C-08."""
    image = make_image("A nurse at work", **marks)
    make_article("fibromyalgia", section("image", "i", image=image.pk))

    main = main_of(Client(HTTP_HOST="harbour.test").get(PATH).text)

    assert label in words_of(main.select_one(".picture-person"))
