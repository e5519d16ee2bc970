"""Rules of law as data: the files in `by_state/` in, the rules that hold for a clinic's state out.

A clinic has the federal rules and those of its state (A-05). Another state is another file: nothing
in the code names one. What a rule says is read before it is relied on by counsel, not by us.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from clinics.choices import RegulatedSubject, state_choices

# An installation may add folders of its own.
FOLDERS: list[Path] = [Path(__file__).parent / "by_state"]
FEDERAL = ""


class RuleKind(StrEnum):
    """What the product does about a rule.

    LICENSE: pages about `subject` go live with a license in date only. NOTICE: the notice `page` is
    on the site, for clinics of which the fact `where` is true. SUPERVISION: pages of locations say
    who supervises care there. OFFER: `text` stands beside every offer.
    """

    LICENSE = "license"
    NOTICE = "notice"
    SUPERVISION = "supervision"
    OFFER = "offer"


@dataclass(frozen=True)
class Rule:
    """One rule. `state` is "" for a federal one; `effective` None where no date is known.

    `basis` says how it was checked: primary, secondary or recalled.
    """

    kind: RuleKind
    state: str
    version: int
    law: str
    source: str
    basis: str
    text: str
    effective: date | None = None
    subject: str = ""
    words: tuple[str, ...] = ()
    page: str = ""
    where: str = ""

    @property
    def state_name(self) -> str:
        return str(dict(state_choices()).get(self.state, self.state))


def rules_for(state: str, kind: RuleKind, day: date | None = None) -> tuple[Rule, ...]:
    """The federal rules of a kind and the state's, those that are in force on `day`."""
    day = day or date.today()
    return tuple(
        rule
        for rule in _all_rules(tuple(FOLDERS))
        if rule.kind == kind
        and rule.state in (FEDERAL, state)
        and (rule.effective is None or rule.effective <= day)
    )


@cache
def _all_rules(folders: tuple[Path, ...]) -> tuple[Rule, ...]:
    """ValueError for a file that cannot be meant: a wrong rule must not pass for none."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    return tuple(rule for path in paths for rule in _rules_in(path))


def _rules_in(path: Path) -> list[Rule]:
    data = tomllib.loads(path.read_text("utf-8"))
    return [_rule(path, data, row) for row in data["rule"]]


def _rule(path: Path, data: dict[str, Any], row: dict[str, Any]) -> Rule:
    try:
        rule = Rule(
            **row
            | {"kind": RuleKind(row["kind"]), "words": tuple(row.get("words", ()))}
            | {"state": data["state"], "version": data["version"]}
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if rule.state and rule.state not in dict(state_choices()):
        raise ValueError(f"{path.name}: {rule.state} is no state.")
    if rule.subject and rule.subject not in RegulatedSubject:
        raise ValueError(f"{path.name}: {rule.subject} is no subject.")
    return rule
