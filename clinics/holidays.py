"""Federal holidays for which a location has said nothing yet (H-05): rows and a day in, days out.

Suggested and never applied. Lists of single states are left out: the package has days in them, such
as Confederate Memorial Day in Texas, on which no clinic closes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clinics.clinic import SpecialInterval

OFFERED_AHEAD = timedelta(days=365)
WARNED_AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Holiday:
    """A day off of the federal government, as in 5 U.S.C. 6103; `name` in English."""

    day: date
    name: str


def federal_holidays(first: date, last: date) -> list[Holiday]:
    """Those from the first to the last day, both included, in order."""
    import holidays  # noqa: PLC0415 - five megabytes that no page of a patient needs

    years = range(first.year, last.year + 1)
    found = holidays.country_holidays("US", years=years, language="en_US")
    return [Holiday(day, name) for day, name in sorted(found.items()) if first <= day <= last]


def undecided_holidays(
    special: Iterable[SpecialInterval], today: date, ahead: timedelta
) -> list[Holiday]:
    """The holidays from today on for which no special hours are stored."""
    rows = list(special)
    return [
        holiday
        for holiday in federal_holidays(today, today + ahead)
        if not any(row.first_date <= holiday.day <= row.last_date for row in rows)
    ]
