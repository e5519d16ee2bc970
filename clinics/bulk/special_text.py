"""Special hours as compact text, for cells of a spreadsheet: text in, rows out, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.clinic import SpecialInterval

_DATE = r"\d{4}-\d\d-\d\d"
_TIMES = r"\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d"
_PART = re.compile(
    rf"({_DATE})(?:\s*(?:to|-)\s*({_DATE}))?\s*:?\s*"
    rf"(closed|{_TIMES}(?:\s*,\s*{_TIMES})*)\b\s*(.*)",
    re.IGNORECASE,
)


def parse_special(text: str) -> tuple[SpecialInterval, ...]:
    """Rows from "2026-12-24 08:00-12:00 Christmas Eve; 2026-12-25 to 2026-12-26 closed".

    Reads only; `check_special` judges. Raises `ValidationError` that names the part.
    """
    plain = re.sub("[‐‑–—]", "-", text)
    return tuple(row for part in plain.split(";") if part.strip() for row in _rows_of(part.strip()))


def format_special(rows: Iterable[SpecialInterval]) -> str:
    """The compact text; `parse_special` reads it back to the same rows."""
    days: dict[tuple[date, date, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: (row.first_date, row.last_date, row.opens)):
        times = f"{row.opens}-{row.closes}" if row.opens else "closed"
        days.setdefault((row.first_date, row.last_date, row.label), []).append(times)
    return "; ".join(
        " ".join(filter(None, [_days_text(first, last), ",".join(times), label.replace(";", ",")]))
        for (first, last, label), times in days.items()
    )


def _rows_of(part: str) -> Iterator[SpecialInterval]:
    match = _PART.fullmatch(part)
    if not match:
        raise _unreadable(
            part, _("write a date, then closed or times, like 2026-12-24 08:00-12:00 Christmas Eve")
        )
    first, last = _day(match[1], part), _day(match[2] or match[1], part)
    label = match[4].strip()[:80]
    if match[3].lower() == "closed":
        yield SpecialInterval(first, last, label=label)
        return
    for times in match[3].split(","):
        opens, closes = (time.strip().zfill(5) for time in times.split("-"))
        yield SpecialInterval(first, last, opens, closes, label)


def _day(text: str, part: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _unreadable(part, _("%(day)s is no day of the calendar") % {"day": text}) from error


def _days_text(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _unreadable(part: str, reason: str) -> ValidationError:
    text = _("Cannot read “%(text)s”: %(reason)s.")
    return ValidationError(text, code="special_hours", params={"text": part, "reason": reason})
