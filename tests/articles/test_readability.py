"""T-12: grade, long sentences and jargon, of known texts, of scraped ones and in the editor."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.claim_files import texts_in
from articles.importing.reading import read_source
from articles.readability import HIGHEST_GRADE, Jargon, readability, syllables
from articles.reading_level import readability_of, running_text
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
# 13 words and 24 syllables: the example of the formula in reference works, at grade 11.3.
PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
CATS = "The cat sat on the mat."
LONG = "We ask you to come " + "again and " * 12 + "again."


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [(PLATYPUS, 11.3), (CATS, -1.4)],
)
def test_grade_of_known_sentences(sentence: str, grade: float) -> None:
    found = readability([sentence] * 6)

    assert found.grade == pytest.approx(grade, abs=0.06)
    assert found.is_hard == (grade > HIGHEST_GRADE)


def test_short_text_has_no_grade() -> None:
    assert readability([PLATYPUS]).grade is None
    assert not readability([]).is_hard


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("the", 1), ("asked", 1), ("takes", 1), ("used", 1), ("nurse", 1), ("rhythm", 1)),
        *(("wanted", 2), ("boxes", 2), ("people", 2), ("little", 2), ("disease", 2), ("quiet", 2)),
        *(("before", 2), ("being", 2), ("effects", 2), ("doctor's", 2), ("patient", 2)),
        *(("ketamine", 3), ("depression", 3), ("nausea", 3), ("area", 3), ("usual", 3)),
        *(("anxiety", 4), ("experience", 4), ("fibromyalgia", 6), ("988", 1)),
        ("off-label", 3),
    ],
)
def test_syllables_are_those_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


def test_longest_sentences_come_first_and_short_ones_never() -> None:
    longer = LONG.replace("come", "come over here")

    assert readability([f"{CATS} {LONG} {longer}"]).long_sentences == (longer, LONG)


def test_items_of_a_list_are_sentences_of_their_own() -> None:
    items = ["Burning or stabbing pain in one arm or one leg that will not go"] * 3

    assert readability(items).long_sentences == ()


def test_jargon_comes_with_a_plainer_word_once_each() -> None:
    found = readability(["Intravenous care can alleviate fatigue.", "Fatigue may follow."])

    assert found.jargon == (
        Jargon("Intravenous", "into a vein"),
        Jargon("alleviate", "ease"),
        Jargon("fatigue", "tiredness"),
    )


def test_numbers_of_sources_are_no_words() -> None:
    assert readability(["It works [1, 2]."]).words == 2


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the scraped texts are not here: {SEEDS}")
def test_scraped_texts_read_at_13_to_16() -> None:
    day = date(2026, 11, 21)
    texts = [texts_in(read_source(path), day) for path in sorted(SEEDS.glob("*.txt"))]
    grades = [readability(running_text(each.parts)).grade for each in texts]

    assert len(grades) >= 3
    assert all(grade is not None and 13 <= grade <= 16 for grade in grades), grades


# The editor


@pytest.fixture
def hard(world: World) -> Any:
    return make_article("hard", text("p", "Platypus", f"<p>{' '.join([PLATYPUS] * 4)}</p>"))


def test_editor_shows_grade_warning_and_words(world: World, hard: Any, client_for: Any) -> None:
    page = client_for(world.library_editor).get(f"/admin/pages/{hard.pk}/edit/").text

    assert "Grade of the saved draft" in page
    assert "Hard: aim for 9 or less" in page
    assert "reads at grade 11.3" in page


def test_local_version_answers_for_its_own_words(world: World, hard: Any, client_for: Any) -> None:
    easy = text("e", "Ours", f"<p>{' '.join([CATS] * 8)}</p>")
    version = make_local_version(
        hard, world.hillside, override("insert", "", easy, position="end"), publish=False
    )

    found = readability_of(version.get_latest_revision_as_object())

    assert (found.words, found.grade) == (48, pytest.approx(-1.4, abs=0.06))
    page = client_for(world.hillside_editor).get(f"/admin/pages/{version.pk}/edit/").text
    assert "Most patients can follow it." in page
