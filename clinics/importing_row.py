"""One row of the table of clinics: text in, checked values out, each fault by column and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from clinics.brand import normalise_brand
from clinics.bulk.columns import FACT_OF, RESOURCE
from clinics.bulk.known import EMPTY, check_facts
from clinics.choices import TextStatus
from clinics.clinic import Brand, HoursInterval
from clinics.creating import NewClinic
from clinics.facts_snapshot import HOURS, restored_facts, restored_hours
from clinics.models import ClinicFacts, LocationFacts, Service

# What every row of a location says, blank or not.
_LOCATION = (
    "name",
    "street",
    "city",
    "state",
    "zip_code",
    "latitude",
    "longitude",
    "time_zone",
    "service_areas",
    "main_phone",
    "text_phone",
)


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
    columns = {"name": "clinic", "time_zone": "timezone"}
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
    wanted, errors = RESOURCE.read(EMPTY, {HOURS: row[HOURS]})
    _add_all(errors, faults)
    return tuple(restored_hours(wanted))


def location_of(row: dict[str, str], faults: RowFaults) -> dict[str, Any]:
    """Columns of `LocationFacts`; the registration of the text number only where a row has it."""
    cells = {column: row[column] for column in FACT_OF if row.get(column) and column != HOURS}
    wanted, errors = RESOURCE.read(EMPTY, cells)
    check_facts(wanted, [FACT_OF[column] for column in cells], errors)
    _add_all(errors, faults)
    given = {name: wanted[name] for name in _LOCATION}
    if not row["text_phone"]:
        given["text_status"] = TextStatus.NONE
    elif row.get("text_status"):
        given["text_status"] = wanted["text_status"]
    return restored_facts(LocationFacts(), given)


def _add_all(errors: dict[str, str], faults: RowFaults) -> None:
    for column, message in errors.items():
        faults.add(column, message.rstrip("."))
