"""A ZIP code or a town leads to the nearest place, and what is mistyped is explained."""

from __future__ import annotations

import pytest

from clinics.locator import Candidate, Point, distance_words, find_near, miles_between

DALLAS = Candidate(1, Point(32.8068, -96.7928), "75204", "TX", ("Dallas", "Plano"))
PLANO = Candidate(2, Point(33.0778, -96.8109), "75024", "TX", ("Plano", "Frisco"))
DELRAY = Candidate(3, Point(26.4561, -80.0988), "33445", "FL", ("Delray Beach", "Boca Raton"))
NOWHERE = Candidate(4, None, "59001", "MT", ("Absarokee",))
PLACES = (DELRAY, NOWHERE, PLANO, DALLAS)


def ids(query: str) -> list[int]:
    return [each.id for each in find_near(query, PLACES).near]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("75204", 1),
        (" 75024 ", 2),
        ("75025-1234", 2),
        ("33444", 3),
        ("Houston, TX", 1),
        ("houston texas", 1),
        ("Miami FL", 3),
        ("frisco", 2),
        ("Boca Raton", 3),
        ("McKinney, TX", 2),
        ("St. Petersburg, FL", 3),
        ("new york, new york", 3),
    ],
)
def test_nearest_place_comes_first(query: str, first: int) -> None:
    assert ids(query)[0] == first


def test_place_that_serves_the_town_comes_before_a_nearer_one() -> None:
    near = find_near("Plano, TX", PLACES).near
    assert {each.id for each in near[:2]} == {1, 2}
    assert near[-1].id == 4 and near[-1].miles is None


def test_place_of_the_very_zip_code_comes_first() -> None:
    far = Candidate(5, Point(0, 0), "75205-0001", "TX", ())
    assert find_near("75205", (*PLACES, far)).near[0].id == 5


def test_town_without_known_coordinates_shows_who_serves_it() -> None:
    answer = find_near("Lakeside Heights", (Candidate(6, None, "1", "TX", ("Lakeside Heights",)),))
    assert [(each.id, each.miles) for each in answer.near] == [(6, None)]


def test_town_of_many_states_is_asked_about() -> None:
    answer = find_near("Springfield", PLACES)
    assert answer.near == () and answer.problem == ""
    assert 2 <= len(answer.choices) <= 8
    assert all(find_near(choice, PLACES).near for choice in answer.choices)


@pytest.mark.parametrize("query", ["00000", "7520", "123456", "Qqqq", "Zzz, TX", "--", "!!!", "TX"])
def test_what_is_unknown_has_a_reason_and_a_remedy(query: str) -> None:
    answer = find_near(query, PLACES)
    assert answer.near == () and answer.choices == ()
    assert "ZIP code" in answer.problem and ("town" in answer.problem)


def test_distance_is_that_of_a_great_circle() -> None:
    """Dallas to Delray Beach is 1,097 miles; a quarter of the equator 6,219."""
    assert miles_between(DALLAS.point, DELRAY.point) == pytest.approx(1097, abs=6)
    assert miles_between(Point(0, 0), Point(0, 90)) == pytest.approx(6218.6, abs=1)
    assert miles_between(Point(10, 20), Point(10, 20)) == 0


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (None, ""),
        (0.4, "less than a mile away"),
        (1.2, "1 mile away"),
        (12.6, "13 miles away"),
        (1234.0, "1,234 miles away"),
    ],
)
def test_distance_in_words(miles: float | None, words: str) -> None:
    assert distance_words(miles) == words
