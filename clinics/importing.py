"""A franchise's table of clinics and locations: rows of text in, clinics and locations out.

One row is one location; the rows of one clinic share its slug. Nothing of a clinic may be written
while one of its rows has a fault.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clinics.clinic import HoursInterval
from clinics.creating import NewClinic
from clinics.importing_row import RowFaults, hours_of, location_of, new_clinic, services_of

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
# What the rows of one clinic have to agree on.
_OF_THE_CLINIC = ("clinic", "host", "legal_name")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*")
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
    first_row: dict[str, str] = field(default_factory=dict)


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
            f"{path}: the columns {', '.join(missing)} are missing. The first line names them."
        )
    try:
        for row in reader:
            yield reader.line_num, {key: (row[key] or "").strip() for key in row if key}
    except csv.Error as error:
        raise ClinicsFileError(f"{path}, line {reader.line_num}: no CSV ({error}).") from error


def _add_row(clinic: ClinicRows, number: int, row: dict[str, str]) -> None:
    row["host"] = row["host"].lower()
    faults = RowFaults(number, clinic.errors)
    for name in REQUIRED:
        if not row[name]:
            faults.add(name, "is empty: fill it in")
    _check_clinic(clinic, row, faults)
    new = new_clinic(row, faults)
    services = services_of(row, faults)
    location = location_of(row, faults)
    hours = hours_of(row, faults)
    if faults.columns:
        return
    clinic.new = clinic.new or new
    clinic.services = tuple(dict.fromkeys((*clinic.services, *services)))
    clinic.locations.append((location, hours))


def _check_clinic(clinic: ClinicRows, row: dict[str, str], faults: RowFaults) -> None:
    if row["slug"] and not _SLUG.fullmatch(row["slug"]):
        faults.add("slug", f"“{row['slug']}” is no slug: use small letters, digits and hyphens")
    if row["host"] and not _HOST.fullmatch(row["host"]):
        faults.add("host", f"“{row['host']}” is no host name: leave out https:// and the port")
    first = clinic.first_row = clinic.first_row or row
    for name in _OF_THE_CLINIC:
        if row[name] != first[name]:
            faults.add(name, f"“{row[name]}” differs from “{first[name]}” above: use one of them")
    if any(row["location"] == facts["name"] for facts, _hours in clinic.locations):
        faults.add("location", f"“{row['location']}” is there twice: give each a name of its own")
