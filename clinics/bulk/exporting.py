"""Locations as a file: in the shape that an import reads, or as Google's bulk upload (L-12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from clinics.bulk.columns import CLINIC, ID, NEIGHBOUR, RESOURCE
from clinics.clinic import SpecialInterval
from clinics.facts_snapshot import (
    facts_snapshot,
    restored_hours,
    restored_special_hours,
)
from clinics.models import LocationFacts
from clinics.phones import Number

# The columns of the template in "Create a bulk upload spreadsheet", support.google.com/business,
# answers 3370250 (columns) and 6303076 (special hours). Columns that we know nothing about, such as
# the category, are left out: an empty column would delete what Google has.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GOOGLE_HOURS = tuple(f"{day} hours" for day in _DAYS)
GOOGLE_COLUMNS = (
    "Store code",
    "Business name",
    "Address line 1",
    "Locality",
    "Administrative area",
    "Country / Region",
    "Postal code",
    "Latitude",
    "Longitude",
    "Primary phone",
    "Website",
    *GOOGLE_HOURS,
    "Special hours",
)
GOOGLE_CLOSED = "x"
# Longer closures are told Google in another way, and it refuses dates of the past.
_MOST_SPECIAL_DAYS = 366


def export_rows(places: QuerySet[LocationFacts]) -> Iterator[dict[str, Any]]:
    """One row of cells for each location, in the columns of an import."""
    for facts in _read(places):
        snapshot = facts_snapshot(facts)
        yield {
            ID: facts.page_id,
            CLINIC: facts.clinic.facts.name,
            NEIGHBOUR: facts.neighbour_id or "",
            **RESOURCE.write(snapshot),
        }


def google_rows(
    places: QuerySet[LocationFacts], addresses: dict[int, str], today: date
) -> Iterator[dict[str, Any]]:
    """The locations that are open or will be, as Google wants them.

    `addresses` are the addresses of the location pages by page id. The name is the clinic's as on
    its sign, with nothing added.
    """
    for facts in _read(places.exclude(status="CLOSED")):
        yield {
            "Store code": store_code(facts),
            "Business name": facts.clinic.facts.name,
            "Address line 1": facts.street,
            "Locality": facts.city,
            "Administrative area": facts.state,
            "Country / Region": "US",
            "Postal code": facts.zip_code,
            "Latitude": "" if facts.latitude is None else facts.latitude,
            "Longitude": "" if facts.longitude is None else facts.longitude,
            "Primary phone": _phone(facts.main_phone),
            "Website": addresses.get(facts.page_id, ""),
            **_google_week(facts),
            "Special hours": _google_special(facts, today),
        }


def store_code(facts: LocationFacts) -> str:
    """Never changes and is never used again, which Google asks of it: the id of the page."""
    return f"polyclinic-{facts.page_id}"


def _read(places: QuerySet[LocationFacts]) -> Iterable[LocationFacts]:
    wanted = places.prefetch_related("opening_hours", "special_hours")
    return wanted.iterator(chunk_size=500)


def _phone(number: Number | None) -> str:
    return number.display if number else ""


def _google_week(facts: LocationFacts) -> dict[str, str]:
    """Hours unknown stay blank; a day without hours, or by appointment only, is closed."""
    rows = restored_hours(facts_snapshot(facts))
    if not rows:
        return dict.fromkeys(GOOGLE_HOURS, "")
    days: dict[int, list[str]] = {day: [] for day in range(7)}
    for row in rows:
        if not row.by_appointment:
            days[row.weekday].append(f"{row.opens}-{row.closes}")
    return {
        heading: ", ".join(days[day]) or GOOGLE_CLOSED for day, heading in enumerate(GOOGLE_HOURS)
    }


def _google_special(facts: LocationFacts, today: date) -> str:
    """ "2026-12-24: 08:00-12:00, 2026-12-25: x", from today on."""
    rows = restored_special_hours(facts_snapshot(facts))
    return ", ".join(
        f"{day}: {f'{row.opens}-{row.closes}' if row.opens else GOOGLE_CLOSED}"
        for row, day in _special_days(rows, today)
    )


def _special_days(
    rows: Sequence[SpecialInterval], today: date
) -> Iterator[tuple[SpecialInterval, date]]:
    for row in rows:
        first = max(row.first_date, today)
        for step in range(min((row.last_date - first).days + 1, _MOST_SPECIAL_DAYS)):
            yield row, first + timedelta(days=step)
