"""Opening hours as data: compact text or rows in, compact text, joined rows and lines to show out.

Times are wall clock text, "HH:MM" up to "24:00"; whether a clinic is open now is not decided here.
An interval that closes before it opens runs past midnight and belongs to the day it starts.
`hours_check.py` says whether rows make sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.clinic import HoursInterval

DAY_NAMES = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)

# The compact form is a file format, so its words stay English whatever the screen's language.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b\.?"
)
_CHUNK = re.compile(rf"({_DAY}(?:\s*[-,]\s*{_DAY})*)\s*:?\s*(.+)", re.I)
_TIMES = re.compile(r"(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)")


# Compact text


def parse_hours(text: str) -> tuple[HoursInterval, ...]:
    """Rows from "Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment".

    Reads only; `check_week` judges. Raises `ValidationError` that names the part it cannot read.
    """
    rows: list[HoursInterval] = []
    closed: set[int] = set()
    for chunk in filter(None, map(str.strip, re.sub("[‐‑–—]", "-", text).split(";"))):
        days, rest = _split_chunk(chunk)
        if rest.lower() == "closed":
            closed.update(days)
        else:
            rows += [row for day in days for row in _rows_of(day, rest, chunk)]
    for row in rows:
        if row.weekday in closed:
            raise _unreadable(text, _("%s is both open and closed") % DAY_NAMES[row.weekday])
    return tuple(sorted(rows, key=order_of))


def format_hours(intervals: Iterable[HoursInterval]) -> str:
    """The compact text of rows; `parse_hours` reads it back to the same rows."""
    texts: dict[tuple[int, bool], list[str]] = {}
    for row in sorted(intervals, key=order_of):
        text = "by appointment" if row.by_appointment else f"{row.opens}-{row.closes}"
        texts.setdefault((row.weekday, row.by_appointment), []).append(text)
    days: dict[str, list[int]] = {}
    for (weekday, _by_appointment), parts in texts.items():
        days.setdefault(",".join(parts), []).append(weekday)
    return "; ".join(f"{_days_text(weekdays)} {text}" for text, weekdays in days.items())


def _split_chunk(chunk: str) -> tuple[tuple[int, ...], str]:
    match = _CHUNK.fullmatch(chunk)
    if not match:
        raise _unreadable(chunk, _("it must start with days, like Mon-Fri"))
    days: list[int] = []
    for part in match[1].split(","):
        first, *last = (_DAYS.index(name.strip()[:3].title()) for name in part.split("-"))
        if len(last) > 1:
            raise _unreadable(chunk, _("a range has two days, like Mon-Fri"))
        days += _day_range(first, last[0] if last else first)
    return tuple(days), match[2].strip()


def _day_range(first: int, last: int) -> list[int]:
    """A range like "Sat-Mon" goes over the end of the week."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _rows_of(weekday: int, text: str, chunk: str) -> Iterator[HoursInterval]:
    if text.lower() == "by appointment":
        yield HoursInterval(weekday, by_appointment=True)
        return
    for part in text.split(","):
        match = _TIMES.fullmatch(part.strip())
        if not match:
            raise _unreadable(chunk, _("times are written like 08:00-12:00, up to 24:00"))
        yield HoursInterval(weekday, match[1].zfill(5), match[2].zfill(5))


def _unreadable(text: str, reason: str) -> ValidationError:
    return ValidationError(
        _("Cannot read “%(text)s”: %(reason)s."),
        code="hours",
        params={"text": text, "reason": reason},
    )


def _days_text(weekdays: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return ",".join(
        _DAYS[run[0]] if len(run) == 1 else f"{_DAYS[run[0]]}-{_DAYS[run[-1]]}" for run in runs
    )


# Rows and lines


def merge_adjacent(intervals: Iterable[HoursInterval]) -> tuple[HoursInterval, ...]:
    """Rows in order, 08:00-12:00 and 12:00-17:00 of a day made one; midnight becomes 24:00.

    Nothing is joined over midnight: an interval belongs to the day it starts.
    """
    merged: list[HoursInterval] = []
    for row in sorted(intervals, key=order_of):
        if row.closes == "00:00" and row.opens != "00:00":
            row = replace(row, closes="24:00")
        if merged and _continues(merged[-1], row):
            merged[-1] = replace(merged[-1], closes=row.closes)
        else:
            merged.append(row)
    return tuple(merged)


def hours_lines(
    intervals: Iterable[HoursInterval], week_starts: int = 0
) -> tuple[tuple[str, str], ...]:
    """Seven lines, or none when no hours are known: "Closed" all week would be false."""
    rows = merge_adjacent(intervals)
    if not rows:
        return ()
    days = [(week_starts + step) % 7 for step in range(7)]
    return tuple(
        (str(DAY_NAMES[day]), _day_text([row for row in rows if row.weekday == day]))
        for day in days
    )


def _continues(before: HoursInterval, row: HoursInterval) -> bool:
    return (
        before.weekday == row.weekday
        and not (before.by_appointment or row.by_appointment)
        and before.opens < before.closes == row.opens
        and before.opens != row.closes
    )


def _day_text(rows: Sequence[HoursInterval]) -> str:
    times = [interval_text(row.opens, row.closes) for row in rows if not row.by_appointment]
    is_by_appointment = any(row.by_appointment for row in rows)
    if not times:
        return _("By appointment") if is_by_appointment else _("Closed")
    return ", ".join([*times, _("also by appointment")] if is_by_appointment else times)


def interval_text(opens: str, closes: str) -> str:
    """ "8:00 AM – 5:00 PM" for two times as they are stored."""
    if (opens, closes) == ("00:00", "24:00"):
        return _("Open 24 hours")
    return span_text(twelve_hours(opens), twelve_hours(closes), gap=" ")


def twelve_hours(time: str) -> str:
    """ "17:00" is "5:00 PM"."""
    hour, minute = time.split(":")
    return f"{int(hour) % 12 or 12}:{minute} {'AM' if int(hour) % 24 < 12 else 'PM'}"


def span_text(opens: str, closes: str, gap: str = "") -> str:
    return f"{opens}{gap}–{gap}{closes}"


def order_of(row: HoursInterval) -> tuple[int, bool, str, str]:
    return row.weekday, row.by_appointment, row.opens, row.closes
