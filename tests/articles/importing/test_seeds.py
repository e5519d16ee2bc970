"""The scraped texts as they come, without a database: what is read from each (I-01 to I-06)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from articles.importing.parse import parse_article
from articles.importing.prepare import prepare
from articles.importing.reading import read_source
from articles.importing.words import ClinicWords

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason=f"the scraped texts are not here: {SEEDS}"
)

FILES = {
    "000": SEEDS / "000_9bb457e4ff758138.txt",
    "003": SEEDS / "003_0e17962f6073bc1a.txt",
    "004": SEEDS / "004_f6ef0182eba283f7.txt",
}
CLINICS = {
    "000": ClinicWords(
        name="Texas Ketamine Specialists",
        city="Dallas",
        state_name="Texas",
        state_code="TX",
        service_areas=("Dallas", "Plano", "Richardson"),
    ),
    "003": ClinicWords(
        name="Florida Pain Management Institute",
        city="Delray Beach",
        state_name="Florida",
        state_code="FL",
        service_areas=("Delray Beach", "Boynton Beach", "Boca Raton"),
    ),
    "004": ClinicWords(
        name="Kairos Restorative Medicine",
        city="Baltimore",
        state_name="Maryland",
        state_code="MD",
        service_areas=("Baltimore", "Towson", "Columbia"),
    ),
}
# domain.md 9.7
OUTLINES = {
    "000": (
        None,
        (
            "What is Fibromyalgia?",
            "The Importance of Fibromyalgia Pain Relief",
            "Ketamine for Fibromyalgia Treatment",
        ),
    ),
    "003": (
        "Can Ketamine Help My Fibromyalgia?",
        ("Causes and symptoms of fibromyalgia", "Ketamine and fibromyalgia"),
    ),
    "004": (
        None,
        (
            "Fibromyalgia in The United States",
            "Common Symptoms",
            "As a Physical Disorder",
            "As a Psychological Disorder",
            "The Reality",
            "Ketamine for Rapid Relief from Fibromyalgia",
            "Why Choose Kairos Restorative Medicine",
            "Visit Us",
        ),
    ),
}
CHROME = {
    "000": (),
    "003": ("pic", "misc image", "Mar 02, 2022"),
    "004": ("Call Us Text Us", "Skip to content"),
}
every_seed = pytest.mark.parametrize("seed", FILES)


@every_seed
def test_title_and_headings_are_those_expected(seed: str) -> None:
    """I-03."""
    article = parse_article(read_source(FILES[seed]))

    assert (article.title, article.headings) == OUTLINES[seed]


@every_seed
def test_chrome_is_removed_and_every_other_word_kept_in_order(seed: str) -> None:
    """I-01, I-02."""
    raw = FILES[seed].read_text("utf-8").replace("\u00a0", " ")
    lines = [line.strip() for line in raw.splitlines() if line.strip() not in CHROME[seed]]

    article = parse_article(read_source(FILES[seed]))

    kept = " ".join([article.title or "", *article.strings]).split()
    assert article.chrome == CHROME[seed]
    assert kept == " ".join(lines).split()


def test_date_pictures_and_call_to_action_are_recognised() -> None:
    articles = {seed: parse_article(read_source(path)) for seed, path in FILES.items()}

    assert [article.date for article in articles.values()] == [None, date(2022, 3, 2), None]
    assert articles["003"].alts == ("pic", "misc image")
    assert [article.is_cta_found for article in articles.values()] == [False, False, True]
    assert [section.action for section in articles["004"].sections][-1] == "call_text"


@pytest.mark.parametrize(
    ("seed", "tokens", "reported"),
    [
        ("000", ["clinic.name", "clinic.service_areas", "clinic.state"], []),
        ("003", ["clinic.name"], ["Delray Beach"]),
        ("004", ["clinic.name"], []),
    ],
)
def test_clinics_words_become_tokens(seed: str, tokens: list[str], reported: list[str]) -> None:
    """I-04."""
    prepared = prepare(read_source(FILES[seed]), None, CLINICS[seed], CLINICS.values())

    stored = str(prepared.stream)
    own = CLINICS[seed]
    assert [replaced.token for replaced in prepared.tokens] == [f"{{{{ {t} }}}}" for t in tokens]
    assert [found.literal for found in prepared.reported] == reported
    left = [word for word in (own.name, own.state_name, *own.towns) if word in stored]
    assert left == reported


@every_seed
def test_without_a_clinic_the_name_is_reported_and_stays(seed: str) -> None:
    """I-04."""
    prepared = prepare(read_source(FILES[seed]), None, None, CLINICS.values())

    assert prepared.tokens == ()
    assert [found.literal for found in prepared.reported] == [CLINICS[seed].name]


def test_symptoms_of_004_are_offered() -> None:
    """I-06."""
    prepared = prepare(read_source(FILES["004"]), None, None, ())

    longest = max(prepared.offers, key=lambda offer: len(offer.items))
    text = re.sub(r"<[^>]+>", " ", str(prepared.stream))
    assert len(longest.items) == 5
    assert text.count(longest.sentence) == 1


def test_orphan_calls_to_action_of_003_stay_and_are_reported() -> None:
    prepared = prepare(read_source(FILES["003"]), None, None, ())

    reported = [warning for warning in prepared.warnings if warning.startswith("CTA:")]
    assert len(reported) == 2
