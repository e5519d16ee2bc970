from __future__ import annotations

import pytest

from articles.shingles import jaccard, shingles


def test_shingles_are_overlapping_runs_of_lower_case_words():
    assert shingles("One two, THREE: 4!", size=3) == {
        ("one", "two", "three"),
        ("two", "three", "4"),
    }


def test_shingles_are_of_five_words_unless_told():
    assert shingles("a b c d e") == {("a", "b", "c", "d", "e")}


def test_shingles_of_a_short_text_are_one():
    assert shingles("Our team") == {("our", "team")}


@pytest.mark.parametrize("text", ["", " ", "?! ..."])
def test_shingles_of_no_words_are_none(text):
    assert shingles(text) == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("a b c", "a b c", 1.0),
        ("a b c", "a b d", 1 / 3),
        ("a b", "c d", 0.0),
        ("", "a b", 0.0),
        ("", "", 0.0),
    ],
)
def test_jaccard_is_the_shared_part_of_all_shingles(a, b, expected):
    assert jaccard(shingles(a, size=2), shingles(b, size=2)) == expected
