"""How findings are put together: places, strengths, words and digests."""

from __future__ import annotations

from articles.claims.rule import Part, sentence_digest
from tests.articles.claims.lines import check


def test_finding_names_section_field_words_advice_and_source() -> None:
    (found,) = [
        each
        for each in check(
            Part("Why us", "text", "We listen. Results are guaranteed here.", id="s1"),
            off_label=True,
        )
        if each.rule == "OUTCOME"
    ]

    assert (found.section, found.field, found.section_id) == ("Why us", "text", "s1")
    assert found.phrase == "guaranteed"
    assert found.sentence == "Results are guaranteed here."
    assert found.advice
    assert "64B8" in found.source


def test_strongest_of_a_rule_stands_for_the_weaker_ones() -> None:
    found = check("Ketamine is proven safe, and it is a safe choice.", off_label=True)

    assert [str(each.severity) for each in found if each.rule == "SAFE"] == ["block"]


def test_findings_stand_in_the_order_of_the_page() -> None:
    found = check("Our clinic is the best place.", "It is a miracle.", "We are leading experts.")

    assert [each.phrase for each in found if each.rule == "SUPER"][:2] == ["best place", "miracle"]


def test_digest_is_of_the_sentence_not_of_its_blanks() -> None:
    assert sentence_digest("It  isn’t so.") == sentence_digest("It isn't so.")
    assert sentence_digest("It is so.") != sentence_digest("It is so!")


def test_phrase_ends_where_a_word_ends() -> None:
    (found,) = [
        each
        for each in check("You no longer have to wait weeks or months for treatments to begin.")
        if each.rule == "COMPARE"
    ]

    assert found.phrase.split()[-1] in found.sentence.rstrip(".").split()
