"""One row of the table of clinics: text in, checked values out, each fault by column and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from clinics.brand import normalise_brand
from clinics.choices import TextStatus
from clinics.clinic import Brand, HoursInterval
from clinics.creating import NewClinic
from clinics.hours import parse_hours
from clinics.hours_check import check_week
from clinics.models import ClinicFacts, LocationFacts, Service
from clinics.phones import PhoneError, parse_number

# Columns that are named otherwise in the database.
_COLUMN_OF = {"name": "location", "zip_code": "zip", "time_zone": "timezone"}


@dataclass
class RowFaults:
    """The faults of the row at line `number`: the first one of each column goes to `messages`."""

    number: int
    messages: list[str]
    columns: set[str] = field(default_factory=set)

    def add(self, column: str, message: str) -> None:
        if column not in self.columns:
            self.columns.add(column)
            self.messages.append(f"line {self.number}, {column}: {message}.")

    def add_invalid(self, row: models.Model, names: Iterable[str], columns: dict[str, str]) -> None:
        """What the database would refuse in these fields of a row that is not saved."""
        others = {each.name for each in row._meta.fields} - set(names)
        try:
            row.clean_fields(exclude=others)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add(columns.get(name, name), " ".join(messages).rstrip("."))


def new_clinic(row: dict[str, str], faults: RowFaults) -> NewClinic:
    facts = {
        "legal_name": row["legal_name"],
        "state": row["state"],
        "time_zone": row["timezone"] or "America/Chicago",
    }
    brand = _brand(row, faults)
    names = ["name", *facts]
    columns = {**_COLUMN_OF, "name": "clinic"}
    faults.add_invalid(ClinicFacts(name=row["clinic"], **facts), names, columns)
    return NewClinic(
        name=row["clinic"], slug=row["slug"], host=row["host"], brand=brand, facts=facts
    )


def _brand(row: dict[str, str], faults: RowFaults) -> Brand:
    try:
        return Brand(*normalise_brand(row["brand_primary"], row["brand_accent"]))
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            faults.add(f"brand_{name}", " ".join(messages).rstrip("."))
        return Brand()


def services_of(row: dict[str, str], faults: RowFaults) -> tuple[str, ...]:
    """Slugs of services; the first table of an installation brings its services along."""
    slugs = tuple(filter(None, (part.strip() for part in row["services"].split(";"))))
    known = list(Service.objects.order_by("slug").values_list("slug", flat=True))
    for slug in slugs:
        if known and slug not in known:
            faults.add("services", f"“{slug}” is not a service: use one of {', '.join(known)}")
    return slugs


def hours_of(row: dict[str, str], faults: RowFaults) -> tuple[HoursInterval, ...]:
    try:
        hours = parse_hours(row["hours"])
        check_week(hours)
    except ValidationError as error:
        faults.add("hours", " ".join(error.messages).rstrip("."))
        return ()
    return hours


def location_of(row: dict[str, str], faults: RowFaults) -> dict[str, Any]:
    """Columns of `LocationFacts`; the registration of the text number only where a row has it."""
    facts: dict[str, Any] = {
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
    }
    if not row["text_phone"]:
        facts["text_status"] = TextStatus.NONE
    elif row.get("text_status"):
        facts["text_status"] = row["text_status"].upper()
    faults.add_invalid(LocationFacts(**facts), facts, _COLUMN_OF)
    return facts


def _phone(row: dict[str, str], column: str, faults: RowFaults) -> Any:
    if not row[column]:
        return None
    try:
        return parse_number(row[column])
    except PhoneError as error:
        faults.add(column, str(error).rstrip("."))
        return None


def _degrees(row: dict[str, str], column: str, limit: int, faults: RowFaults) -> float | None:
    if not row[column]:
        return None
    try:
        value = float(row[column])
    except ValueError:
        faults.add(column, f"“{row[column]}” is no number: use degrees such as 32.80681")
        return None
    if not abs(value) <= limit:  # also "nan", which is a float
        faults.add(column, f"{value} is out of range: it lies between -{limit} and {limit}")
    return value
