"""Sentences and texts of the tests of claims, and what the checker says of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from articles.claims.checking import check_claims
from articles.claims.required import states_off_label
from articles.claims.rule import Finding, PageFacts, Part, Severity

HERE = Path(__file__).parent
DAY = date(2026, 11, 21)


def sentences(name: str) -> list[tuple[str, str]]:
    """What is wanted and the sentence, of a file of such lines."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return [(wanted, text) for wanted, _bar, text in rows]


def check(
    *texts: str | Part, states: tuple[str, ...] = (), day: date = DAY, **facts: Any
) -> tuple[Finding, ...]:
    """The findings in a page of these texts; whether it states off-label use is read from them."""
    parts = [each if isinstance(each, Part) else Part("", "text", each) for each in texts]
    facts.setdefault("off_label", states_off_label(parts))
    return check_claims(parts, states=states, day=day, facts=PageFacts(**facts))


def on_drug_page(text: str) -> list[Finding]:
    """The findings in one sentence of a page that names ketamine elsewhere."""
    other = Part("Above", "text", "This page is about ketamine.")
    found = check(other, Part("Here", "text", text))
    return [each for each in found if each.section == "Here"]


def rules(found: tuple[Finding, ...] | list[Finding]) -> set[tuple[str, str]]:
    """Rule and severity of each."""
    return {(each.rule, str(each.severity)) for each in found}


def claims_in(found: tuple[Finding, ...] | list[Finding]) -> list[tuple[str, str]]:
    """Rule and words, without those that only inform."""
    return [(each.rule, each.phrase) for each in found if each.severity != Severity.INFO]
