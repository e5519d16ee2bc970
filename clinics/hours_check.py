"""Whether opening hours make sense: rows in, nothing or one `ValidationError` with every fault out.

Each fault names the day, the intervals and the remedy. Nothing is corrected here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.hours import DAY_NAMES, order_of, span_text
from clinics.phones_in_text import find_numbers

_OPENS = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_CLOSES = re.compile(rf"{_OPENS.pattern}|24:00")
_MINUTES_A_DAY = 24 * 60
_MINUTES_A_WEEK = 7 * _MINUTES_A_DAY


class _Span(NamedTuple):
    day: str
    day_start: int
    opens: str
    closes: str

    def __str__(self) -> str:
        return f"{self.day} {span_text(self.opens, self.closes)}"

    def minutes(self, shift: int = 0) -> tuple[int, int]:
        start, end = (int(time[:2]) * 60 + int(time[3:]) for time in (self.opens, self.closes))
        past_midnight = 0 if end > start else _MINUTES_A_DAY
        return self.day_start + start + shift, self.day_start + end + past_midnight + shift


def check_week(intervals: Iterable[HoursInterval]) -> None:
    """Refuses bad times, zero length, a day by appointment twice, overlaps (Sunday night too)."""
    rows = sorted(intervals, key=order_of)
    errors = [error for row in rows for error in _row_errors(row)]
    if not errors:
        errors = [*_double_appointments(rows), *_week_overlaps(rows)]
    if errors:
        raise ValidationError(errors)


def check_special(rows: Iterable[SpecialInterval]) -> None:
    """An end before its start, different ranges that share a day, bad times, overlaps.

    A weekly interval of the day before that runs past midnight is left alone (H-02).
    """
    ranges: dict[tuple[date, date], list[SpecialInterval]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.first_date, row.last_date, row.opens)):
        ranges[row.first_date, row.last_date].append(row)
    errors = [error for group in ranges.values() for error in _range_errors(group)]
    errors += [
        _error(
            "number",
            _("“%(label)s” has a phone number in it: take it out, the page shows the right one."),
            label=label,
        )
        for label in dict.fromkeys(group[0].label for group in ranges.values())
        if find_numbers(label)
    ]
    errors += [
        _error(
            "overlap",
            _("%(a)s and %(b)s share a day. Change the dates of one of them, or remove it."),
            a=_range_name(ranges[a][0]),
            b=_range_name(ranges[b][0]),
        )
        for a, b in combinations(ranges, 2)
        if a[0] <= b[1] and b[0] <= a[1]
    ]
    if errors:
        raise ValidationError(errors)


def _row_errors(row: HoursInterval) -> Iterator[ValidationError]:
    if row.weekday not in range(7):
        number = row.weekday
        yield _error("weekday", _("%(day)s is no day: 0 is Monday, 6 is Sunday."), day=number)
        return
    span = _Span(str(DAY_NAMES[row.weekday]), 0, row.opens, row.closes)
    if not row.by_appointment:
        yield from _time_errors(span)
    elif row.opens or row.closes:
        yield _error(
            "appointment",
            _("%(span)s is also marked by appointment. Remove the times or the mark."),
            span=span,
        )


def _time_errors(span: _Span) -> Iterator[ValidationError]:
    if not _OPENS.fullmatch(span.opens) or not _CLOSES.fullmatch(span.closes):
        yield _error(
            "time", _("%(span)s: write times as HH:MM, from 00:00 to 24:00, like 08:00."), span=span
        )
    elif span.opens == span.closes:
        yield _error(
            "zero_length",
            _(
                "%(span)s opens and closes at the same time. Remove it if the clinic is closed, "
                "or write 00:00–24:00 for the whole day."
            ),
            span=span,
        )


def _double_appointments(rows: Sequence[HoursInterval]) -> Iterator[ValidationError]:
    days = [row.weekday for row in rows if row.by_appointment]
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield _error(
            "duplicate",
            _("%(day)s is by appointment twice. Remove one of the two."),
            day=DAY_NAMES[day],
        )


def _week_overlaps(rows: Sequence[HoursInterval]) -> Iterator[ValidationError]:
    spans = [
        _Span(str(DAY_NAMES[row.weekday]), row.weekday * _MINUTES_A_DAY, row.opens, row.closes)
        for row in rows
        if not row.by_appointment
    ]
    return _overlaps(spans, _MINUTES_A_WEEK)


def _range_errors(group: Sequence[SpecialInterval]) -> Iterator[ValidationError]:
    name, first, last = _range_name(group[0]), group[0].first_date, group[0].last_date
    spans = [_Span(name, 0, row.opens, row.closes) for row in group if row.opens or row.closes]
    time_errors = [error for span in spans for error in _time_errors(span)]
    if last < first:
        yield _error("dates", _("%(name)s ends before it starts. Swap the dates."), name=name)
    if len(group) > 1 and len(spans) < len(group):
        yield _error("duplicate", _("%(name)s is closed and listed again. Keep one."), name=name)
    # Over several days an interval past midnight meets the next morning of the same range.
    period = _MINUTES_A_DAY if last > first else 0
    yield from time_errors or _overlaps(spans, period)


def _overlaps(spans: Sequence[_Span], period: int) -> Iterator[ValidationError]:
    """`period` is the number of minutes after which the spans come round again; 0 for never."""
    for a, b in combinations(spans, 2):
        if any(_meet(a.minutes(), b.minutes(shift)) for shift in (0, period, -period)):
            yield _error(
                "overlap",
                _("%(a)s overlaps %(b)s. Change the times of one of them, or join them."),
                a=a,
                b=b,
            )


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _range_name(row: SpecialInterval) -> str:
    dates = row.first_date.isoformat()
    if row.last_date != row.first_date:
        dates = f"{dates} – {row.last_date.isoformat()}"
    return f"{row.label} ({dates})" if row.label else dates


def _error(code: str, message: str, **params: object) -> ValidationError:
    return ValidationError(message, code=code, params=params)
