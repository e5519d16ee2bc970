"""The columns of a spreadsheet of locations: one table for import, export and the mapping screen.

Facts are read and written as snapshots (`clinics.facts_snapshot`), so that a row of a file, the log
and what is saved can be compared.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import Resource

from clinics.bulk.cells import (
    ChoiceCell,
    DegreesCell,
    HoursCell,
    ListCell,
    PhoneCell,
    SpecialHoursCell,
    TextCell,
    ZipCell,
)
from clinics.choices import TIME_ZONES, LocationStatus, TextStatus, state_choices
from clinics.facts_snapshot import Snapshot

# Which location a row is about; these are no facts.
ID, CLINIC, NEIGHBOUR = "id", "clinic", "neighbour"
# What makes no location without.
REQUIRED = ("location", "street", "city", "state", "zip", "main_phone")

# What other programs call these columns, in small letters and without signs.
_SYNONYMS = {
    ID: ("location id", "page id"),
    CLINIC: ("clinic name", "business", "brand", "practice"),
    "location": ("name", "location name", "branch", "office"),
    NEIGHBOUR: ("takes its patients", "closed to"),
    "street": ("address", "address line 1", "street address", "address1"),
    "city": ("town", "locality"),
    "state": ("administrative area", "province", "region"),
    "zip": ("zip code", "postal code", "postcode", "zipcode"),
    "latitude": ("lat",),
    "longitude": ("lng", "lon", "long"),
    "timezone": ("time zone", "tz"),
    "parking": ("parking and entrance", "directions"),
    "service_areas": ("towns", "towns served", "areas served"),
    "main_phone": ("phone", "primary phone", "telephone", "main number", "phone number"),
    "new_patients_phone": ("new patients", "number for new patients"),
    "text_phone": ("text", "sms", "text number", "sms number"),
    "text_status": ("text registration",),
    "fax": ("fax number",),
    "campaign_numbers": ("campaigns", "tracking numbers"),
    "hours": ("opening hours", "business hours"),
    "special_hours": ("holiday hours", "closures", "special days"),
}


class LocationResource(Resource):
    """A location's facts as cells. Its instances are namespaces with a snapshot's names."""

    location = Field("name", "location", TextCell())
    status = Field("status", "status", ChoiceCell(LocationStatus.choices))
    street = Field("street", "street", TextCell())
    city = Field("city", "city", TextCell())
    state = Field("state", "state", ChoiceCell(state_choices()))
    zip = Field("zip_code", "zip", ZipCell())
    latitude = Field("latitude", "latitude", DegreesCell())
    longitude = Field("longitude", "longitude", DegreesCell())
    timezone = Field("time_zone", "timezone", ChoiceCell(TIME_ZONES))
    parking = Field("parking", "parking", TextCell())
    service_areas = Field("service_areas", "service_areas", ListCell())
    main_phone = Field("main_phone", "main_phone", PhoneCell())
    new_patients_phone = Field("new_patients_phone", "new_patients_phone", PhoneCell())
    text_phone = Field("text_phone", "text_phone", PhoneCell())
    text_status = Field("text_status", "text_status", ChoiceCell(TextStatus.choices))
    fax = Field("fax", "fax", PhoneCell())
    campaign_numbers = Field("campaign_numbers", "campaign_numbers", ListCell())
    hours = Field("hours", "hours", HoursCell())
    special_hours = Field("special_hours", "special_hours", SpecialHoursCell())

    def read(self, snapshot: Snapshot, cells: dict[str, Any]) -> tuple[Snapshot, dict[str, str]]:
        """The snapshot with the cells in it, and by column what is wrong with a cell."""
        instance = SimpleNamespace(**snapshot)
        errors: dict[str, str] = {}
        for field in self.get_import_fields():
            try:
                self.import_field(field, instance, cells)
            except ValidationError as error:
                errors[field.column_name] = " ".join(error.messages)
        return vars(instance), errors

    def write(self, snapshot: Snapshot) -> dict[str, Any]:
        """The cells of a snapshot, by column."""
        instance = SimpleNamespace(**snapshot)
        return {field.column_name: field.export(instance) for field in self.fields.values()}


RESOURCE = LocationResource()
FACT_OF: dict[str, str] = {field.column_name: field.attribute for field in RESOURCE.fields.values()}
COLUMN_OF: dict[str, str] = {fact: column for column, fact in FACT_OF.items()} | {
    "neighbour": NEIGHBOUR
}
COLUMNS: tuple[str, ...] = (
    ID,
    CLINIC,
    "location",
    "status",
    NEIGHBOUR,
    *(column for column in FACT_OF if column not in {"location", "status"}),
)


def guess_columns(headers: list[str]) -> dict[str, int]:
    """Which header of a file is which of our columns, as far as its name tells: column → number."""
    plain = [" ".join(header.lower().replace("_", " ").split()) for header in headers]
    found: dict[str, int] = {}
    for column in COLUMNS:
        names = (column.replace("_", " "), *_SYNONYMS.get(column, ()))
        number = next((plain.index(name) for name in names if name in plain), None)
        if number is not None and number not in found.values():
            found[column] = number
    return found
