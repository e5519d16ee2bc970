from __future__ import annotations

import pytest

from articles.importing.literals import Literal
from articles.importing.tokens import Replaced, tokenise
from articles.importing.words import ClinicWords
from tests.articles.importing.samples import HARBOUR, HILLSIDE

AREAS = "{{ clinic.service_areas }}"


def test_longest_match_comes_first() -> None:
    """I-04: the state inside the name is no state, the towns in the list are no lone towns."""
    text = (
        "Serving the Boulder, Longmont and Lafayette, Colorado communities, "
        "Colorado Harbour Clinic offers care."
    )
    words = ClinicWords(
        name="Colorado Harbour Clinic",
        city="Boulder",
        state_name="Colorado",
        service_areas=HILLSIDE.service_areas,
    )

    done = tokenise(text, words)

    assert done.text == (
        "Serving the {{ clinic.service_areas }}, {{ clinic.state }} communities, "
        "{{ clinic.name }} offers care."
    )
    assert done.tokens == (
        Replaced("Colorado Harbour Clinic", "{{ clinic.name }}", 1),
        Replaced("Boulder, Longmont and Lafayette", AREAS, 1),
        Replaced("Colorado", "{{ clinic.state }}", 1),
    )
    assert done.reported == ()


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Boulder, Longmont, and Lafayette", AREAS),
        ("Longmont, Lafayette & Boulder", AREAS),
        ("Boulder/Longmont", AREAS),
        ("Boulder and Erie", AREAS),
        ("Boulder, Longmont and Lafayette's people", AREAS + "'s people"),
        ("BOULDER, LONGMONT AND LAFAYETTE", AREAS),
        ("Boulder, Longmont, Lafayette and the places around", AREAS + " and the places around"),
    ],
)
def test_list_of_two_or_more_towns_is_the_service_areas(text: str, filled: str) -> None:
    done = tokenise(text, HILLSIDE)

    assert (done.text, done.reported) == (filled, ())


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("Our practice in Boulder is open.", ["Boulder"]),
        ("Boulder, Longmont and Denver", ["Boulder", "Longmont"]),
        ("From Boulder to Longmont", ["Boulder", "Longmont"]),
    ],
)
def test_lone_town_is_reported_and_stays(text: str, towns: list[str]) -> None:
    done = tokenise(text, HILLSIDE)

    assert (done.text, done.tokens) == (text, ())
    assert [(found.literal, found.kind) for found in done.reported] == [(t, "town") for t in towns]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("hillside pain care", "{{ clinic.name }}"),
        ("Hillside  Pain\nCare’s team", "{{ clinic.name }}’s team"),
        ("At Hillside Pain Care, we", "At {{ clinic.name }}, we"),
        ("Hillside Pain Careful", "Hillside Pain Careful"),
        ("COLORADO law", "{{ clinic.state }} law"),
        ("colorado law", "colorado law"),
        ("Coloradoan", "Coloradoan"),
        ("boulder, longmont", "boulder, longmont"),
        ("a bouldering gym", "a bouldering gym"),
        ("Hillside Pain Care & Hillside Pain Care", "{{ clinic.name }} & {{ clinic.name }}"),
    ],
)
def test_names_are_whole_words(text: str, filled: str) -> None:
    done = tokenise(text, HILLSIDE)

    assert (done.text, done.reported) == (filled, ())


def test_name_is_found_however_its_sign_is_written() -> None:
    words = ClinicWords(name="Women's Spine & Joint Clinic")

    text = tokenise("Women’s Spine and Joint Clinic", words).text

    assert text == "{{ clinic.name }}"


def test_same_words_are_counted() -> None:
    done = tokenise("Colorado, Colorado and COLORADO", HILLSIDE)

    assert done.tokens == (
        Replaced("Colorado", "{{ clinic.state }}", 2),
        Replaced("COLORADO", "{{ clinic.state }}", 1),
    )


def test_tokens_that_are_there_stay_and_a_second_run_changes_nothing() -> None:
    text = "{{ clinic.name }} in {{ clinic.state }}, {{ Colorado }} and Boulder, Longmont"

    once = tokenise(text, HILLSIDE)
    twice = tokenise(once.text, HILLSIDE)

    assert once.text == "{{ clinic.name }} in {{ clinic.state }}, {{ Colorado }} and " + AREAS
    assert (twice.text, twice.tokens) == (once.text, ())


def test_name_of_another_clinic_stays_whole() -> None:
    done = tokenise("Colorado Harbour Clinic in Colorado", HILLSIDE, [HARBOUR])

    assert done.text == "Colorado Harbour Clinic in {{ clinic.state }}"


def test_shorter_name_of_another_clinic_inside_our_own_is_ours() -> None:
    shorter = ClinicWords(name="Hillside")

    done = tokenise("Hillside Pain Care and Hillside", HILLSIDE, [shorter])

    assert done.text == "{{ clinic.name }} and Hillside"


def test_state_in_another_name_is_reported_and_stays() -> None:
    done = tokenise("a study of the University of Colorado", HILLSIDE)

    assert done.text == "a study of the University of Colorado"
    assert done.reported == (
        Literal("Colorado", "state", "is part of another name, so it was not replaced"),
    )


def test_other_states_are_left_alone() -> None:
    words = ClinicWords(name="A Clinic", state_name="Virginia")

    done = tokenise("West Virginia, the United States, New York", words)

    assert (done.tokens, done.reported) == ((), ())


@pytest.mark.parametrize(
    ("text", "literal", "kind"),
    [
        ("in Boulder, Longmont and Lafayette, CO", AREAS + ", CO", "state_code"),
        ("Hillside Pain Care LLC", "{{ clinic.name }} LLC", "legal_form"),
        ("Hillside Pain Care, P.A.", "{{ clinic.name }}, P.A.", "legal_form"),
        ("at our Gunbarrel Annex", "Gunbarrel Annex", "location"),
    ],
)
def test_what_remains_beside_a_token_is_reported(text: str, literal: str, kind: str) -> None:
    done = tokenise(text, HILLSIDE)

    assert [(found.literal, found.kind) for found in done.reported] == [(literal, kind)]
    assert literal in done.text


def test_words_that_any_office_uses_are_not_reported() -> None:
    done = tokenise("Our Main office takes CO readings", HILLSIDE)

    assert done.reported == ()


def test_clinic_with_a_name_only_is_enough() -> None:
    done = tokenise("Hillside in Colorado", ClinicWords(name="Hillside"))

    assert done.text == "{{ clinic.name }} in Colorado"
