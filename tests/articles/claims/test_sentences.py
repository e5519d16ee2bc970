"""C-02, C-04: sentences that the rules were made with, others, and honest pages."""

from __future__ import annotations

import pytest

from articles.claim_files import text_findings
from tests.articles.claims.lines import (
    DAY,
    HERE,
    check,
    claims_in,
    on_drug_page,
    rules,
    sentences,
)

WORKING = sentences("working_sentences.txt")
HELD_OUT = [f"{which}held_out_sentences.txt" for which in ("", "second_", "third_")]
WORDS_PER_FALSE_ALARM = 300


@pytest.mark.parametrize(("wanted", "text"), WORKING)
def test_working_sentence_is_judged_as_wanted(wanted: str, text: str) -> None:
    found = rules(check(text))

    if wanted == "-":
        assert found == set()
    else:
        assert tuple(wanted.split()) in found


@pytest.mark.parametrize("name", HELD_OUT)
def test_most_held_out_claims_are_found(name: str) -> None:
    wanted = [(rule, text) for rule, text in sentences(name) if rule != "-"]

    missed = [
        text for rule, text in wanted if rule not in {each.rule for each in on_drug_page(text)}
    ]

    assert len(wanted) >= 30
    assert len(missed) <= len(wanted) * 0.05, missed


@pytest.mark.parametrize("name", HELD_OUT)
def test_no_held_out_honest_sentence_is_reported(name: str) -> None:
    honest = [text for wanted, text in sentences(name) if wanted == "-"]

    assert len(honest) >= 20
    assert [
        (text, claims_in(on_drug_page(text))) for text in honest if claims_in(on_drug_page(text))
    ] == []


def test_honest_pages_raise_few_false_alarms() -> None:
    text = (HERE / "honest_pages.txt").read_text(encoding="utf-8")

    found = text_findings(text, {"TX", "FL"}, DAY)

    words = len(text.split())
    assert words >= 3000
    assert len(found) <= words / WORDS_PER_FALSE_ALARM, [(f.rule, f.phrase) for f in found]


def test_each_honest_page_without_its_statement_is_blocked() -> None:
    """C-01: the same text without the off-label statement."""
    text = (HERE / "honest_pages.txt").read_text(encoding="utf-8")
    bare = "\n".join(
        line for line in text.split("\n") if "off-label" not in line and "not approved" not in line
    )

    found = text_findings(bare, (), DAY)

    assert ("OFFLABEL", "block") in rules(found)
