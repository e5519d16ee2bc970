"""Files of rules in, the rules of some states on a day out. Adding a state is adding a file (A-05).

Pure: reads files of this package, or of a folder that a test gives.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from articles.claims.rule import About, Figure, Rule, Severity

RULES = Path(__file__).parent / "rules"
_WORDS, _FIGURES = "words.toml", "figures.toml"
_NAME = re.compile(r"%(\w+)%")


@dataclass(frozen=True)
class RuleBook:
    """All rules that there are, what figures are known, and the words that name a subject."""

    rules: tuple[Rule, ...]
    figures: tuple[Figure, ...]
    words: Mapping[str, str]

    def in_force(self, states: Iterable[str], day: date) -> tuple[Rule, ...]:
        """The federal rules and those of these states on a day; the strongest of an id first."""
        wanted = frozenset(states)
        found = [rule for rule in self.rules if rule.is_in_force(wanted, day)]
        return tuple(sorted(found, key=lambda rule: rule.severity.rank))

    def digest(self, states: Iterable[str], day: date) -> str:
        """Names the rules that are in force: another one when one of them is changed or begins."""
        rules = [
            (rule.id, rule.severity, rule.state, rule.check, [p.pattern for p in rule.patterns])
            for rule in self.in_force(states, day)
        ]
        return hashlib.sha256(repr(rules).encode()).hexdigest()


@cache
def the_rulebook(*folders: Path) -> RuleBook:
    """The rules of this package, with those of further folders."""
    words: dict[str, str] = {}
    with (RULES / _WORDS).open("rb") as file:
        for name, pattern in tomllib.load(file).items():
            words[name] = filled(pattern, words)
    rules: list[Rule] = []
    for folder in (RULES, *folders):
        for path in sorted(folder.glob("*.toml")):
            if path.name not in (_WORDS, _FIGURES):
                rules += _rules_in(path, words)
    return RuleBook(tuple(rules), _figures(), words)


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with each %name% replaced. Raises KeyError for a word that is not there."""
    return _NAME.sub(lambda found: f"(?:{words[found[1]]})", pattern)


def compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of a file; it starts where a word starts."""
    return re.compile(rf"(?<![\w-])(?:{filled(pattern, words)})", re.IGNORECASE)


def _rules_in(path: Path, words: Mapping[str, str]) -> list[Rule]:
    with path.open("rb") as file:
        content = tomllib.load(file)
    state = content.get("state", "")
    try:
        return [_rule(row, state, words) for row in content["rule"]]
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _rule(row: dict[str, Any], state: str, words: Mapping[str, str]) -> Rule:
    """Raises KeyError, TypeError or ValueError for a row that says too little or too much."""
    values = dict(row)
    patterns = tuple(compiled(each, words) for each in values.pop("pattern", ()))
    if not patterns and not values.get("check"):
        raise ValueError(f"{values['id']} has neither a pattern nor a check")
    unless = "|".join(values.pop("unless", ()))
    needs = values.pop("needs", "")
    return Rule(
        state=state,
        severity=Severity(values.pop("severity")),
        about=About(values.pop("about", About.ANY)),
        patterns=patterns,
        unless=compiled(unless, words) if unless else None,
        needs=compiled(needs, words) if needs else None,
        **values,
    )


def _figures() -> tuple[Figure, ...]:
    with (RULES / _FIGURES).open("rb") as file:
        rows = tomllib.load(file)["figure"]
    return tuple(
        Figure(re.compile(row["about"], re.IGNORECASE), row["unit"], row["low"], row["high"])
        for row in rows
    )
