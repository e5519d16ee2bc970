"""The goals of performance: figures in, for each goal its value, whether it is met, and a note out.

A goal has one or more figures with a bound each. What was not measured is never met: it is None.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

type Figures = Mapping[str, float]

_COMPARE: dict[str, Callable[[float, float], bool]] = {"≥": operator.ge, "≤": operator.le}


@dataclass(frozen=True)
class Bound:
    """`figure` is its name among the figures, `words` how a reader calls it."""

    figure: str
    words: str
    sign: str
    limit: float

    def is_met(self, value: float) -> bool:
        return _COMPARE[self.sign](value, self.limit)

    def __str__(self) -> str:
        return f"{self.words} {self.sign} {self.limit:g}".strip()


@dataclass(frozen=True)
class Goal:
    name: str
    words: str
    bounds: tuple[Bound, ...]


def _goal(name: str, words: str, *bounds: tuple[str, str, str, float]) -> Goal:
    return Goal(name, words, tuple(Bound(*bound) for bound in bounds))


GOALS = (
    _goal(
        "P1",
        "Cached page from Python against bare WSGI",
        ("cached_share", "share", "≥", 0.80),
        ("cached_cpu", "CPU", "≤", 1.3),
    ),
    _goal(
        "P2",
        "A hit: SQL, network calls; seconds until all workers are fresh",
        ("hit_sql", "SQL", "≤", 0),
        ("hit_network", "calls", "≤", 0),
        ("fresh_seconds", "seconds", "≤", 1),
    ),
    _goal(
        "P3",
        "Cached against Wagtail uncached, and against Wagtail with Django's cache",
        ("cached_against_wagtail", "×", "≥", 60),
        ("cached_against_cached_wagtail", "× cached", "≥", 2),
    ),
    _goal(
        "P4",
        "Behind Varnish, share of a static file of nginx",
        ("varnish_share_of_nginx", "", "≥", 0.5),
    ),
    _goal("P5", "Most SQL of an uncached article, in any world", ("page_sql", "", "≤", 3)),
    _goal("P6", "CPU of an uncached article against Wagtail's", ("uncached_cpu", "", "≤", 0.25)),
    _goal(
        "P7",
        "Publishing with many clinics against ten",
        ("publish_sql_per_clinic", "SQL per clinic", "≤", 0),
        ("publish_time", "time ×", "≤", 1.5),
    ),
    _goal(
        "P8",
        "Stored per clinic: shared article; one override",
        ("publish_rows_per_clinic", "rows shared", "≤", 0),
        ("override_rows", "rows", "≤", 10),
        ("override_bytes", "bytes", "≤", 6144),
    ),
    _goal("P9", "Purge of one article in all clinics", ("purges", "requests", "≤", 1)),
    _goal(
        "P10",
        "Article in the largest world against one clinic",
        ("many_sites_time", "time ×", "≤", 1.1),
        ("many_sites_memory", "memory ×", "≤", 1.1),
    ),
    _goal(
        "P11",
        "Explorer of a clinic's editor in the largest world against one clinic",
        ("explorer_time", "×", "≤", 1.5),
    ),
    _goal("P12", "Pictures encoded in a reader's request", ("encodes", "", "≤", 0)),
    _goal("P13", "SQL for all pictures of a page", ("picture_sql", "", "≤", 1)),
    _goal(
        "P14",
        "Lighthouse: lowest score of any page",
        ("lowest_score", "", "≥", 100),
    ),
    _goal(
        "P16",
        "LCP, CLS and TBT of the slowest page",
        ("lcp", "LCP ms", "≤", 1000),
        ("cls", "CLS", "≤", 0),
        ("tbt", "TBT ms", "≤", 0),
    ),
    _goal("P17", "Memory of a worker against plain Wagtail", ("memory", "", "≤", 1.1)),
)


def verdicts(by_database: Mapping[str, Figures], notes: Mapping[str, str]) -> dict[str, Any]:
    """Each goal by name; the value is that of the first database, a note tells the others'.

    A goal is met when every database that has its figures meets it.
    """
    return {goal.name: _verdict(goal, by_database, notes.get(goal.name, "")) for goal in GOALS}


def _verdict(goal: Goal, by_database: Mapping[str, Figures], note: str) -> dict[str, Any]:
    found = {
        name: {bound.figure: figures[bound.figure] for bound in goal.bounds}
        for name, figures in by_database.items()
        if all(bound.figure in figures for bound in goal.bounds)
    }
    values = [_value(goal, figures) for figures in found.values()]
    others = [f"{name}: {_value(goal, figures)}" for name, figures in found.items()][1:]
    met = all(
        bound.is_met(figures[bound.figure]) for figures in found.values() for bound in goal.bounds
    )
    return {
        "says": goal.words,
        "value": values[0] if values else "not measured",
        "goal": ", ".join(map(str, goal.bounds)),
        "met": met if found else None,
        "note": "; ".join(each for each in (note, *others) if each),
    }


def _value(goal: Goal, figures: Figures) -> float | str:
    if len(goal.bounds) == 1:
        return round(figures[goal.bounds[0].figure], 3)
    return ", ".join(
        f"{bound.words} {round(figures[bound.figure], 3):g}".strip() for bound in goal.bounds
    )
