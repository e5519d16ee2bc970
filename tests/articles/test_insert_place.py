from __future__ import annotations

import pytest

from articles.insert_place import find_place

ORDER = {"a": 0, "b": 1, "c": 2}


@pytest.mark.parametrize(
    ("position", "anchor", "gap"),
    [("start", "", 0), ("before", "a", 0), ("after", "a", 1), ("before", "c", 2), ("end", "", 3)],
)
def test_find_place_beside_a_section_is_certain(position, anchor, gap):
    place = find_place(position, anchor, (), ORDER)

    assert (place.gap, place.is_guess) == (gap, False)


@pytest.mark.parametrize(
    ("position", "neighbours", "gap"),
    [
        ("after", ("a", "b", "lost", "c"), 2),
        ("after", ("b", "gone", "lost", "a"), 2),
        ("after", ("lost", "a"), 0),
        ("after", ("a", "b"), 0),
        ("before", ("a", "lost", "gone", "c", "b"), 2),
        ("before", ("c", "lost"), 3),
        ("before", ("a", "b"), 3),
    ],
)
def test_find_place_without_its_section_is_a_guess(position, neighbours, gap):
    place = find_place(position, "lost", neighbours, ORDER)

    assert (place.gap, place.is_guess) == (gap, True)


def test_places_in_one_gap_sort_in_reading_order():
    after_a = find_place("after", "a", (), ORDER)
    before_lost = find_place("before", "lost", ("a", "lost", "b"), ORDER)
    after_lost = find_place("after", "lost", ("a", "lost", "b"), ORDER)
    before_b = find_place("before", "b", (), ORDER)

    assert sorted([before_b, after_lost, before_lost, after_a]) == [
        *(after_a, before_lost, after_lost, before_b)
    ]


def test_find_place_refuses_an_unknown_position():
    with pytest.raises(ValueError, match="'beside'"):
        find_place("beside", "a", (), ORDER)
