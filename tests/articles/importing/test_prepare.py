from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from articles.importing.literals import Literal
from articles.importing.prepare import PreparedArticle, prepare
from articles.importing.reading import SourceError
from articles.importing.symptoms import OfferedList
from articles.importing.tokens import Replaced
from tests.articles.importing.samples import (
    CARE,
    HARBOUR,
    HILLSIDE,
    INTRO,
    WITH_CHROME,
    WITH_TITLE,
    WITHOUT_TITLE,
)

KNOWN = (HILLSIDE, HARBOUR)


def contents(prepared: PreparedArticle) -> list[dict[str, Any]]:
    return [block["value"] for block in prepared.stream]


def test_prepare_with_a_clinic_makes_tokens_everywhere() -> None:
    """I-04."""
    prepared = prepare(WITH_CHROME, None, HILLSIDE, KNOWN)

    assert prepared.title == "Living With Migraine"
    assert contents(prepared) == [
        {
            "heading": "",
            "level": "h2",
            "text": (
                "<p>Migraine is more than a headache, and for some people it returns every week. "
                "{{ clinic.name }} helps people in {{ clinic.service_areas }}, {{ clinic.state }} "
                "plan their care.</p>"
            ),
        },
        {"heading": "Why Choose {{ clinic.name }}", "level": "h2", "text": f"<p>{CARE}</p>"},
        {"action": "call_text", "heading": "", "message": ""},
    ]
    assert prepared.tokens == (
        Replaced("Hillside Pain Care", "{{ clinic.name }}", 2),
        Replaced("Boulder, Longmont and Lafayette", "{{ clinic.service_areas }}", 1),
        Replaced("Colorado", "{{ clinic.state }}", 1),
    )
    assert prepared.reported == ()
    assert prepared.published_date == date(2023, 1, 5)
    assert prepared.warnings == (
        "“Call Us Text Us” became a call-to-action section (call_text).",
        "ALT: alt text needed for 2 picture(s); “pic”, “IMG_0042.jpg” says nothing.",
        "DATE: “January 5, 2023” became the published date; check it, and set a review date.",
        "“Why Choose {{ clinic.name }}” speaks for one clinic: make it a local section or a slot.",
    )


def test_prepare_without_a_clinic_reports_every_known_name_and_changes_nothing() -> None:
    """I-04."""
    prepared = prepare(WITHOUT_TITLE, "Migraine", None, KNOWN)

    assert contents(prepared)[0]["text"] == f"<p>{INTRO}</p>"
    assert prepared.tokens == ()
    assert prepared.reported == (
        Literal("Hillside Pain Care", "clinic", "names the clinic Hillside Pain Care"),
    )
    assert prepared.warnings == (
        "“Boulder” is a town of Hillside Pain Care.",
        "“Longmont” is a town of Hillside Pain Care.",
        "“Lafayette” is a town of Hillside Pain Care.",
    )


def test_prepare_reports_other_clinics_in_a_clinics_text() -> None:
    prepared = prepare(f"{INTRO}\n\nNot Colorado Harbour Clinic\n\n{CARE}", "T", HILLSIDE, KNOWN)

    assert prepared.stream[1]["value"]["heading"] == "Not Colorado Harbour Clinic"
    assert prepared.reported == (
        Literal("Colorado Harbour Clinic", "clinic", "names the clinic Colorado Harbour Clinic"),
    )


def test_prepare_reports_a_lone_town() -> None:
    prepared = prepare(f"{CARE} Come to Boulder.", "Care in Boulder", HILLSIDE, KNOWN)

    assert prepared.title == "Care in Boulder"
    assert [found.literal for found in prepared.reported] == ["Boulder"]


def test_prepare_says_that_a_title_is_needed_and_offers_one() -> None:
    """I-03."""
    prepared = prepare(WITHOUT_TITLE, None, HILLSIDE, KNOWN)

    assert (prepared.title, prepared.title_suggestion) == (None, "What sets off an attack")
    assert prepared.warnings[0] == (
        "Title needed: the text has none. Suggestion: “What sets off an attack”."
    )


def test_prepare_fills_a_title_given_by_hand() -> None:
    prepared = prepare(WITHOUT_TITLE, "Migraine at Hillside Pain Care", HILLSIDE, KNOWN)

    assert prepared.title == "Migraine at {{ clinic.name }}"


def test_prepare_offers_symptoms_and_leaves_the_sentence() -> None:
    """I-06."""
    prepared = prepare(WITH_TITLE, None, HILLSIDE, KNOWN)

    [offer] = prepared.offers
    assert offer == OfferedList(
        "Warning signs include yawning, a stiff neck, thirst, and trouble finding words.",
        ("yawning", "a stiff neck", "thirst", "trouble finding words"),
    )
    assert prepared.stream[1]["value"]["text"].count(offer.sentence) == 1


@pytest.mark.parametrize(
    ("sentence", "warning"),
    [
        (
            "Call or text us to plan a visit.",
            "CTA: the text calls to action without a button: “Call or text us to plan a visit.”",
        ),
        (
            "Our number is (303) 555-0142.",
            "PHONE: “(303) 555-0142” stands in the text: use a call to action instead.",
        ),
        (
            "We serve Boulder and Erie.",
            "“Boulder and Erie” became the service areas (Boulder, Longmont, Lafayette): "
            "check the sentence.",
        ),
        (
            "At Hillside, we listen.",
            "“Hillside” alone may mean Hillside Pain Care: write {{ clinic.name }}.",
        ),
        ("Say {{ name }}.", "“{{ name }}” stands in the text and is no token."),
    ],
)
def test_prepare_warns_and_leaves_the_text(sentence: str, warning: str) -> None:
    prepared = prepare(f"{CARE} {sentence}", "Migraine", HILLSIDE, KNOWN)

    assert prepared.warnings == (warning,)


def test_prepare_reports_the_number_of_a_removed_button() -> None:
    prepared = prepare(f"{CARE}\n\nCall us: (303) 555-0142", "Migraine", HILLSIDE, KNOWN)

    assert prepared.chrome == ("Call us: (303) 555-0142",)
    assert prepared.warnings[-1] == (
        "PHONE: “(303) 555-0142” was removed; the clinic's own number stands there."
    )


@pytest.mark.parametrize("text", ["Share\nSkip to content\npic", "Only a Title\nShare"])
def test_prepare_refuses_a_file_without_a_text(text: str) -> None:
    with pytest.raises(SourceError, match=r"^The file holds no text of an article"):
        prepare(text, None, None, KNOWN)


def test_prepare_gives_the_same_every_time_but_for_new_ids() -> None:
    """I-01: idempotent."""
    first, second = (prepare(WITH_CHROME, None, HILLSIDE, KNOWN) for _ in range(2))

    assert contents(first) == contents(second)
    assert (first.tokens, first.warnings, first.chrome) == (
        second.tokens,
        second.warnings,
        second.chrome,
    )
    assert not {b["id"] for b in first.stream} & {b["id"] for b in second.stream}


def test_prepare_makes_up_no_summary() -> None:
    assert not hasattr(prepare(WITH_TITLE, None, None, KNOWN), "summary")
