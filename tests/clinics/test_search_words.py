"""A patient's words are found whatever their case, accents and number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinics.search_words import corrected, excerpt, fold, has_all, rank, terms_of


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Migraines", ("migraine",)),
        ("what is  a nerve BLOCK?", ("nerve", "block")),
        ("what is", ("what", "is")),
        ("Ramírez, Dr.", ("ramirez", "dr")),
        ("CRPS", ("crp",)),
        ("stress stress", ("stress",)),
        ("?!", ()),
        ("", ()),
    ],
)
def test_query_becomes_terms(query: str, terms: tuple[str, ...]) -> None:
    assert terms_of(query) == terms


@pytest.mark.parametrize(
    ("query", "text", "is_found"),
    [
        ("ache", "Headache and teacher", False),
        ("ache", "Aching? An ache.", True),
        ("pain nerve", "Nerves and painful joints", True),
        ("pain nerve", "Nerves only", False),
        ("crps", "CRPS may follow an injury", True),
        ("senor", "Señor Ramírez", True),
    ],
)
def test_every_term_starts_a_word(query: str, text: str, is_found: bool) -> None:
    assert has_all(terms_of(query), fold(text)) is is_found


@given(st.text())
def test_folding_keeps_every_letter_at_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_drops_accents_and_case() -> None:
    assert fold("Straße – RAMÍREZ İ") == "straße – ramirez i"


def test_title_counts_more_than_summary_and_text() -> None:
    terms = terms_of("migraine")
    in_title = rank(terms, "Migraine", "", "")
    in_summary = rank(terms, "", "About migraine", "")
    often_in_text = rank(terms, "", "", "migraine " * 50)
    assert in_title > in_summary >= often_in_text > 0


def test_excerpt_shows_and_marks_the_words() -> None:
    text = "Start. " + "Many words come first. " * 20 + "Then a nerve block helps. " + "End " * 80
    pieces = excerpt(terms_of("nerve blocks"), text)
    assert [piece.text for piece in pieces if piece.is_hit] == ["nerve", "block"]
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… ") and shown.endswith(" …")
    assert "Then a nerve block helps" in shown and len(shown) < 200


def test_excerpt_of_a_short_text_is_the_text() -> None:
    assert "".join(each.text for each in excerpt(("x",), "Short and whole.")) == "Short and whole."


def test_mistyped_word_is_replaced_by_the_one_most_like_it() -> None:
    titles = ["Fibromyalgia", "Nerve blocks", "Migraine"]
    assert corrected(terms_of("fybromyalgia"), titles) == ("fibromyalgia",)
    assert corrected(terms_of("migrane"), titles) == ("migraine",)
    assert corrected(terms_of("nerve"), titles) == ("nerve",)
    assert corrected(terms_of("zebra"), titles) == ("zebra",)
