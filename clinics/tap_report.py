"""Taps of a clinic by week, page and action: counters in, rows and a chart out (B-13). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

WEEKS = 12
CHART_HEIGHT, BAR_WIDTH, BAR_GAP = 120, 28, 12


class Count(Protocol):
    """A row of `TapCount`."""

    path: str
    action: str
    day: date
    was_open: bool
    count: int


@dataclass(frozen=True)
class Week:
    """`start` is its Monday; the bar is in units of the chart."""

    start: date
    taps: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class PageLine:
    """Taps of one page in the time of the report, by action; `closed` while nobody was there."""

    path: str
    actions: tuple[int, ...]
    closed: int
    total: int


@dataclass(frozen=True)
class TapReport:
    weeks: tuple[Week, ...]
    pages: tuple[PageLine, ...]
    total: int

    @property
    def width(self) -> int:
        return len(self.weeks) * (BAR_WIDTH + BAR_GAP)


def monday_of(day: date) -> date:
    """The day with which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def first_day(today: date) -> date:
    """The Monday with which the report begins."""
    return monday_of(today) - timedelta(weeks=WEEKS - 1)


def tap_report(counts: Iterable[Count], today: date, actions: tuple[str, ...]) -> TapReport:
    """The report of the weeks up to today; `actions` are the columns."""
    rows = [row for row in counts if first_day(today) <= row.day <= today]
    by_week: Counter[date] = Counter()
    by_page: dict[str, Counter[str]] = {}
    closed: Counter[str] = Counter()
    for row in rows:
        by_week[monday_of(row.day)] += row.count
        by_page.setdefault(row.path, Counter())[row.action] += row.count
        closed[row.path] += 0 if row.was_open else row.count
    pages = [
        PageLine(
            path,
            tuple(counter[action] for action in actions),
            closed[path],
            counter.total(),
        )
        for path, counter in by_page.items()
    ]
    pages.sort(key=lambda line: (-line.total, line.path))
    return TapReport(_weeks(by_week, today), tuple(pages), sum(row.count for row in rows))


def _weeks(by_week: Counter[date], today: date) -> tuple[Week, ...]:
    starts = [first_day(today) + timedelta(weeks=number) for number in range(WEEKS)]
    most = max([by_week[start] for start in starts] + [1])
    heights = [round(by_week[start] / most * CHART_HEIGHT) for start in starts]
    return tuple(
        Week(start, by_week[start], number * (BAR_WIDTH + BAR_GAP), CHART_HEIGHT - height, height)
        for number, (start, height) in enumerate(zip(starts, heights, strict=True))
    )
