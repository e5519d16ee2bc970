"""Texts that say different numbers of the same people (T-08)."""

from __future__ import annotations

import re

import pytest

from articles.claims.figure_conflicts import Subject, subjects_of
from articles.claims.populations import counts_in
from articles.claims.rule import Figure, Part
from articles.claims.rulebook import the_rulebook

DISEASES = re.compile("fibromyalgia|migraine", re.IGNORECASE)
KEPT = Figure(re.compile("fibromyalgia", re.I), "percent", 1.75, 1.75, "share", "1.75 percent")
SHARE = "Fibromyalgia affects {} of Americans."
NUMBER = "Fibromyalgia affects {} million adults."


def subjects(*texts: str, figures: tuple[Figure, ...] = ()) -> tuple[Subject, ...]:
    parts = {str(n): [Part("", "text", text)] for n, text in enumerate(texts)}
    return subjects_of(parts, figures, DISEASES)


def conflicts(*texts: str, figures: tuple[Figure, ...] = ()) -> list[list[str]]:
    """The texts of each conflict."""
    found = subjects(*texts, figures=figures)
    return [[said.text for said in each.said] for each in found if each.is_conflict]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2-4% of Americans", [("percent", 2, 4)]),
        ("between 2 and 4 percent of adults", [("percent", 2, 4)]),
        ("About 4 million American adults, or 2 percent", [("percent", 2, 2), ("million", 4, 4)]),
        ("60% of people with fibromyalgia", []),
        ("60% of the clinics", []),
        ("8.5% of adults had pain that often limited life", []),
        ("2% of adults have a severe form", []),
    ],
)
def test_numbers_of_a_whole_population_are_read(
    text: str, found: list[tuple[str, float, float]]
) -> None:
    assert [(each.unit, each.low, each.high) for each in counts_in(text)] == found


def test_texts_that_differ_are_one_conflict() -> None:
    assert conflicts(SHARE.format("2-4%"), SHARE.format("2%")) == [["0", "1"]]
    assert conflicts(SHARE.format("2%"), SHARE.format("2 percent")) == []
    assert conflicts(SHARE.format("1.75%"), SHARE.format("2%")) == []


def test_one_text_does_not_differ_from_itself() -> None:
    assert conflicts(f"{SHARE.format('2%')} {SHARE.format('4%')}") == []


def test_another_disease_is_another_subject() -> None:
    assert conflicts(SHARE.format("2%"), "Migraine affects 12% of Americans.") == []


def test_a_text_differs_from_the_kept_figure_and_a_rounding_of_it_does_not() -> None:
    assert conflicts(SHARE.format("6%"), figures=(KEPT,)) == [["0"]]
    assert conflicts(SHARE.format("2%"), figures=(KEPT,)) == []


def test_units_are_compared_through_what_is_known() -> None:
    """A share beside numbers: neither differs from its like, one differs from its figure."""
    texts = SHARE.format("2-4%"), NUMBER.format("4"), NUMBER.format("about 4")

    assert conflicts(*texts) == []
    assert conflicts(*texts, figures=the_rulebook().figures) == [["0", "1", "2"]]


def test_what_is_kept_and_typed_can_be_inserted() -> None:
    (subject,) = subjects(SHARE.format("1.75%"), SHARE.format("3%"), figures=(KEPT,))
    assert [each.is_typed_though_kept for each in subject.said] == [True, False]
    (known,) = subjects(SHARE.format("2%"), figures=the_rulebook().figures)
    assert not known.said[0].is_typed_though_kept
