"""The dated exceptions of a location that lie ahead, as lines to show below its week (H-06)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinics import open_words
from clinics.clinic import Location, SpecialInterval
from clinics.hours import interval_text

SHOWN_AHEAD = timedelta(days=90)


class InZone(Protocol):
    """A clinic or a location, as a row or as a value."""

    @property
    def time_zone(self) -> str: ...


def today_at(place: InZone) -> date:
    """The date where a clinic or a location is now."""
    return open_words.current_time().astimezone(ZoneInfo(place.time_zone)).date()


def with_special(
    rows: Iterable[SpecialInterval], new: Sequence[SpecialInterval]
) -> list[SpecialInterval]:
    """The rows with the new ones in the place of those of the very same days."""
    days = {(row.first_date, row.last_date) for row in new}
    return [*(row for row in rows if (row.first_date, row.last_date) not in days), *new]


def coming_special(place: Location) -> list[SpecialInterval]:
    """The exceptions of the next 90 days, in order: what the page and structured data show."""
    today = today_at(place)
    rows = (
        row
        for row in place.special_hours
        if today <= row.last_date and row.first_date <= today + SHOWN_AHEAD
    )
    return sorted(rows, key=lambda row: (row.first_date, row.last_date, row.opens))


def coming_special_lines(place: Location) -> tuple[tuple[str, str], ...]:
    """("Thursday, November 26", "Closed (Thanksgiving)") of the next 90 days (S-12), in order."""
    rows = coming_special(place)
    return tuple(
        (_days_text(*days), _times_text(list(group)))
        for days, group in groupby(rows, key=lambda row: (row.first_date, row.last_date))
    )


def _days_text(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "l, F j")
    return _("%(first)s to %(last)s") % {
        "first": date_format(first, "l, F j"),
        "last": date_format(last, "l, F j"),
    }


def _times_text(rows: list[SpecialInterval]) -> str:
    times = ", ".join(interval_text(row.opens, row.closes) for row in rows if row.opens)
    label = next((row.label for row in rows if row.label), "")
    text = times or _("Closed")
    return f"{text} ({label})" if label else text
