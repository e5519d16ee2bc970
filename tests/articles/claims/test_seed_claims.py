"""C-02: every claim found by hand in real pages is reported, and no control sentence is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from articles.claim_files import text_findings
from articles.claims.rule import Finding
from articles.importing.reading import read_source
from tests.articles.claims.lines import DAY, check, rules

SHARED = Path(__file__).resolve().parents[4] / "shared"
CLAIMS = SHARED / "data" / "seed_claims.json"
# Two need knowledge of medicine or of other articles: they come in as notes (`import_articles`).
JUDGED = {"FACT", "CONTRA", "GRAM"}
CONTROLS = {
    "000": ["there is no cure", "Women are more likely than men to develop this painful condition"],
    "003": [
        "It’s also long-term, lasting three months or more before being diagnosed as fibromyalgia",
        "we recommend that you arrange a ride to and from your session",
    ],
    "004": [
        "The exact cause of fibromyalgia is unknown",
        "periods of flare-ups followed by periods of remission",
        "others may have symptoms that persist or worsen over time",
    ],
}

pytestmark = pytest.mark.skipif(
    not CLAIMS.exists(), reason="the input articles and their claims are not beside this checkout"
)


def claims() -> list[dict[str, Any]]:
    rows = json.loads(CLAIMS.read_text(encoding="utf-8")) if CLAIMS.exists() else []
    return [row for row in rows if row["rule"] not in JUDGED]


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Finding, ...]]:
    return {
        path.name: text_findings(read_source(path), (), DAY)
        for path in sorted((SHARED / "seeds").glob("*.txt"))
    }


@pytest.mark.parametrize("row", claims(), ids=lambda row: f"{row['rule']}: {row['phrase'][:40]}")
def test_claim_is_reported_with_its_severity(
    found: dict[str, tuple[Finding, ...]], row: dict[str, Any]
) -> None:
    severities = {
        str(each.severity)
        for each in found[row["file"]]
        if each.rule == row["rule"]
        and (each.phrase in row["phrase"] or row["phrase"] in each.phrase)
    }

    assert row["severity"] in severities


@pytest.mark.parametrize(("number", "words"), [(n, w) for n, ws in CONTROLS.items() for w in ws])
def test_control_sentence_is_not_reported(
    found: dict[str, tuple[Finding, ...]], number: str, words: str
) -> None:
    """C-04. The sentence of one of them goes on with advice, so the words themselves count."""
    (name,) = [name for name in found if name.startswith(number)]
    reported = [
        (each.rule, each.phrase)
        for each in found[name]
        if words in each.sentence and (each.phrase in words or words in each.phrase)
    ]

    assert reported == []


def test_every_seed_fails_as_a_page(found: dict[str, tuple[Finding, ...]]) -> None:
    """7.1, C-01, T-09: each page-level check, and two have no title."""
    missing = {
        name[:3]: [each.phrase for each in findings if each.rule == "PAGE"]
        for name, findings in found.items()
    }

    lacks = (
        "author, medical reviewer, sources, off-label statement, risks, who should not have it, "
        "alternatives, limits of the evidence, what to do in an emergency"
    )
    assert missing == {"000": [f"title, {lacks}"], "003": [lacks], "004": [f"title, {lacks}"]}
    assert all(("OFFLABEL", "block") in rules(findings) for findings in found.values())


def test_useless_alts_and_the_overdue_date_of_one_seed(
    found: dict[str, tuple[Finding, ...]],
) -> None:
    """7.1: 003 has two texts that say nothing of a picture, and a date of 2022."""
    taken_out = {
        name[:3]: [(each.rule, each.phrase) for each in findings if each.rule in ("ALT", "DATE")]
        for name, findings in found.items()
    }

    assert sorted(taken_out["003"]) == [
        ("ALT", "misc image"),
        ("ALT", "pic"),
        ("DATE", "Mar 02, 2022"),
    ]
    assert (taken_out["000"], taken_out["004"]) == ([], [])


def test_honest_statement_of_the_approval_passes() -> None:
    """C-01, C-03."""
    assert check("Ketamine is not FDA-approved to treat fibromyalgia.") == ()
