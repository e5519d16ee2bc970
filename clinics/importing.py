"""A franchise's table of clinics and locations: rows of text in, clinics and locations out.

One row is one location; the rows of one clinic share its slug. Every fault of a row is named with its
column and remedy, and nothing of a clinic is written while one of its rows has a fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from clinics.brand import normalise_brand
from clinics.choices import TextStatus, state_choices
from clinics.clinic import Brand, HoursInterval
from clinics.creating import NewClinic
from clinics.hours import parse_hours
from clinics.hours_check import check_week
from clinics.models import Service
from clinics.phones import PhoneError, parse_number

COLUMNS = (
    "clinic",
    "slug",
    "host",
    "legal_name",
    "brand_primary",
    "brand_accent",
    "location",
    "street",
    "city",
    "state",
    "zip",
    "latitude",
    "longitude",
    "timezone",
    "main_phone",
    "text_phone",
    "service_areas",
    "hours",
    "services",
)
REQUIRED = ("clinic", "slug", "host", "location", "street", "city", "state", "zip", "main_phone")


class ClinicsFileError(ValueError):
    """The file cannot be read as a table of clinics at all."""


@dataclass
class ClinicRows:
    """The rows of one clinic: the clinic itself, its locations, and what is wrong with them."""

    slug: str
    new: NewClinic | None = None
    services: tuple[str, ...] = ()
    locations: list[tuple[dict[str, Any], tuple[HoursInterval, ...]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_clinics(path: Path) -> list[ClinicRows]:
    """Every clinic of a CSV file. Raises ClinicsFileError for a file that is no such table."""
    grouped: dict[str, ClinicRows] = {}
    for number, row in _rows(path):
        slug = row.get("slug") or f"line {number}"
        _add_row(grouped.setdefault(slug, ClinicRows(slug)), number, row)
    return list(grouped.values())


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ClinicsFileError(f"{path}: there is no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ClinicsFileError(f"{path}: not readable as UTF-8 text ({error}).") from error
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise ClinicsFileError(
            f"{path}: the columns {', '.join(missing)} are missing. The first line names the columns."
        )
    for row in reader:
        yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def _add_row(clinic: ClinicRows, number: int, row: dict[str, str]) -> None:
    faults = _Faults(clinic, number)
    for name in REQUIRED:
        if not row[name]:
            faults.add(name, "is empty: fill it in")
    if row["state"] not in dict(state_choices()):
        faults.add("state", f"“{row['state']}” is no US state: use two letters such as TX")
    services = tuple(filter(None, (part.strip() for part in row["services"].split(";"))))
    _check_services(services, faults)
    brand = _brand(row, faults)
    location = _location(row, faults)
    hours = _hours(row, faults)
    if faults.found:
        return
    if clinic.new is None:
        clinic.services = services
        clinic.new = NewClinic(
            name=row["clinic"],
            slug=row["slug"],
            host=row["host"].lower(),
            brand=brand,
            facts={
                "legal_name": row["legal_name"],
                "state": row["state"],
                "time_zone": row["timezone"] or "America/Chicago",
            },
        )
    clinic.services = tuple(dict.fromkeys((*clinic.services, *services)))
    clinic.locations.append((location, hours))


@dataclass
class _Faults:
    clinic: ClinicRows
    number: int
    found: bool = False

    def add(self, column: str, message: str) -> None:
        self.found = True
        self.clinic.errors.append(f"line {self.number}, {column}: {message}.")


def _check_services(slugs: tuple[str, ...], faults: _Faults) -> None:
    known = set(Service.objects.values_list("slug", flat=True))
    for slug in slugs:
        if known and slug not in known:
            faults.add("services", f"“{slug}” is not a service: use one of {', '.join(known)}")


def _brand(row: dict[str, str], faults: _Faults) -> Brand:
    try:
        return Brand(*normalise_brand(row["brand_primary"], row["brand_accent"]))
    except ValidationError as error:
        for column, messages in _messages(error, "brand_primary"):
            faults.add(column, " ".join(messages).rstrip("."))
        return Brand()


def _messages(error: ValidationError, column: str) -> Iterator[tuple[str, list[str]]]:
    if hasattr(error, "error_dict"):
        for name, messages in error.message_dict.items():
            yield f"brand_{name}", messages
    else:
        yield column, error.messages


def _hours(row: dict[str, str], faults: _Faults) -> tuple[HoursInterval, ...]:
    try:
        hours = parse_hours(row["hours"])
        check_week(hours)
    except ValidationError as error:
        faults.add("hours", " ".join(error.messages).rstrip("."))
        return ()
    return hours


def _location(row: dict[str, str], faults: _Faults) -> dict[str, Any]:
    text_status = row.get("text_status", "").upper() or TextStatus.APPROVED
    return {
        "name": row["location"],
        "street": row["street"],
        "city": row["city"],
        "state": row["state"],
        "zip_code": row["zip"],
        "latitude": _degrees(row, "latitude", 90, faults),
        "longitude": _degrees(row, "longitude", 180, faults),
        "time_zone": row["timezone"] or "America/Chicago",
        "service_areas": [town.strip() for town in row["service_areas"].split(";") if town.strip()],
        "main_phone": _phone(row, "main_phone", faults),
        "text_phone": _phone(row, "text_phone", faults),
        "text_status": text_status if row["text_phone"] else TextStatus.NONE,
    }


def _phone(row: dict[str, str], column: str, faults: _Faults) -> Any:
    if not row[column]:
        return None
    try:
        return parse_number(row[column])
    except PhoneError as error:
        faults.add(column, str(error).rstrip("."))
        return None


def _degrees(row: dict[str, str], column: str, limit: int, faults: _Faults) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError:
        faults.add(column, f"“{row[column]}” is no number: use degrees such as 32.80681")
        return None
    if abs(value) > limit:
        faults.add(column, f"{value} is out of range: it lies between -{limit} and {limit}")
    return value
