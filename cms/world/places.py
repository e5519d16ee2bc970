"""Invented clinics in real towns: a number comes in, name, address and brand of its clinic go out.

The same number is always the same clinic. All phone numbers are of fiction (555-01xx).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from clinics.choices import TextStatus
from clinics.clinic import Brand
from clinics.creating import NewClinic
from clinics.hours import parse_hours
from clinics.phones import Number

WEEK = parse_hours("Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment")
LOCATION = "Main office"

_FIRST = (
    "Amber Aspen Birch Blue Bright Cedar Clear Copper Coral Crescent Crystal Eagle East Elm Fair "
    "Falcon Fern Golden Granite Green Harbor Hazel Heron Hickory High Indigo Iron Ivy Juniper "
    "Laurel Lone Maple Meadow North Oak Olive Pine Quiet Red River"
).split()
_SECOND = (
    "Arbor Bay Bend Bluff Bridge Brook Canyon Cliff Cove Creek Crest Dale Field Ford Forest Gate "
    "Glen Grove Haven Heights Hill Hollow Island Junction Knoll Lake Landing Ledge Mesa Mill "
    "Orchard Park Pass Point Pond Prairie Ridge Rock Shore Spring"
).split()
_KINDS = (
    "Pain Clinic",
    "Infusion Center",
    "Pain Center",
    "Pain and Wellness",
    "Ketamine Clinic",
    "Pain Institute",
    "Spine and Pain",
)
_STREETS = "Elm St|Market Row|Lake Rd|College Ave|Mill Ln|Station Way|Garden Blvd".split("|")
# Colours that pass the checks of contrast.
_BRANDS = (
    Brand("#0b4f6c", "#f2a541", "sans", "split"),
    Brand("#7a1f3d", "#8fc1b5", "serif", "journal"),
    Brand("#1f5f3f", "#f2a541", "sans", "split"),
    Brand("#3d2f7a", "#8fc1b5", "serif", "journal"),
)


@dataclass(frozen=True)
class Town:
    name: str
    state: str
    zip_code: str
    latitude: float
    longitude: float
    time_zone: str
    area_code: str
    neighbour: str


_EAST, _CENTRAL, _WEST = "America/New_York", "America/Chicago", "America/Los_Angeles"
TOWNS = (
    Town("Dallas", "TX", "75204", 32.8, -96.79, _CENTRAL, "214", "Richardson"),
    Town("Plano", "TX", "75024", 33.08, -96.8, _CENTRAL, "972", "Frisco"),
    Town("Houston", "TX", "77006", 29.74, -95.39, _CENTRAL, "713", "Pasadena"),
    Town("Austin", "TX", "78704", 30.24, -97.76, _CENTRAL, "512", "Round Rock"),
    Town("San Antonio", "TX", "78212", 29.46, -98.49, _CENTRAL, "210", "New Braunfels"),
    Town("Delray Beach", "FL", "33483", 26.46, -80.07, _EAST, "561", "Boynton Beach"),
    Town("Tampa", "FL", "33606", 27.93, -82.47, _EAST, "813", "Brandon"),
    Town("Orlando", "FL", "32803", 28.55, -81.35, _EAST, "407", "Winter Park"),
    Town("Atlanta", "GA", "30309", 33.79, -84.38, _EAST, "404", "Decatur"),
    Town("Charlotte", "NC", "28203", 35.21, -80.85, _EAST, "704", "Concord"),
    Town("Nashville", "TN", "37203", 36.15, -86.79, _CENTRAL, "615", "Franklin"),
    Town("Chicago", "IL", "60614", 41.92, -87.65, _CENTRAL, "312", "Evanston"),
    Town("Columbus", "OH", "43215", 39.97, -83.0, _EAST, "614", "Dublin"),
    Town("Philadelphia", "PA", "19103", 39.95, -75.17, _EAST, "215", "Abington"),
    Town("Boston", "MA", "02116", 42.35, -71.08, _EAST, "617", "Quincy"),
    Town("Denver", "CO", "80206", 39.73, -104.95, "America/Denver", "303", "Aurora"),
    Town("Phoenix", "AZ", "85016", 33.5, -112.03, "America/Phoenix", "602", "Tempe"),
    Town("San Diego", "CA", "92103", 32.75, -117.17, _WEST, "619", "La Mesa"),
    Town("Portland", "OR", "97209", 45.53, -122.68, _WEST, "503", "Beaverton"),
    Town("Seattle", "WA", "98109", 47.63, -122.35, _WEST, "206", "Kirkland"),
)


@dataclass(frozen=True)
class WorldClinic:
    """The clinic of a number, from 1; `domain` is what its host ends with."""

    number: int
    domain: str = "localhost"

    @property
    def name(self) -> str:
        rest, first = divmod(self.number, len(_FIRST))
        rest, second = divmod(rest, len(_SECOND))
        rest, kind = divmod(rest, len(_KINDS))
        name = f"{_FIRST[first]} {_SECOND[(second + first) % len(_SECOND)]} {_KINDS[kind]}"
        return f"{name} {rest + 1}" if rest else name

    @property
    def slug(self) -> str:
        return f"clinic-{self.number:05}"

    @property
    def host(self) -> str:
        return f"{self.slug}.{self.domain}"

    @cached_property
    def town(self) -> Town:
        return TOWNS[self.number % len(TOWNS)]

    @property
    def street(self) -> str:
        return f"{100 + self.number} {_STREETS[self.number % len(_STREETS)]}"

    @property
    def brand(self) -> Brand:
        return _BRANDS[self.number % len(_BRANDS)]

    @property
    def infusion_minutes(self) -> int:
        return 40 + 5 * (self.number % 5)

    def phone(self, offset: int) -> Number:
        """The main number is 0, the one for texts is 1."""
        line = 100 + (2 * (self.number // len(TOWNS)) + offset) % 100
        return Number(f"+1{self.town.area_code}5550{line}")

    def new(self) -> NewClinic:
        """For the product's own functions."""
        facts = {
            "legal_name": f"{self.name} PLLC",
            "state": self.town.state,
            "time_zone": self.town.time_zone,
            "infusion_minutes": self.infusion_minutes,
        }
        return NewClinic(self.name, self.slug, self.host, self.brand, facts)

    def location(self) -> dict[str, Any]:
        """Columns of `LocationFacts`."""
        town = self.town
        return {
            "name": LOCATION,
            "street": self.street,
            "city": town.name,
            "state": town.state,
            "zip_code": town.zip_code,
            "latitude": town.latitude,
            "longitude": town.longitude,
            "time_zone": town.time_zone,
            "service_areas": [town.name, town.neighbour],
            "main_phone": self.phone(0),
            "text_phone": self.phone(1),
            "text_status": TextStatus.APPROVED,
        }

    def values(self) -> dict[str, Any]:
        """What differs from clinic to clinic, by the name of the column; JSON as its text."""
        columns = {
            name: value
            for name, value in self.location().items()
            if name not in ("name", "text_status", "service_areas", "main_phone", "text_phone")
        }
        return columns | {
            "name": self.name,
            "slug": self.slug,
            "infusion_minutes": self.infusion_minutes,
            "main_phone": self.phone(0).e164,
            "text_phone": self.phone(1).e164,
            "#service_areas": json.dumps([self.town.name, self.town.neighbour]),
            **{f"brand_{name}": getattr(self.brand, name) for name in _BRAND_COLUMNS},
        }


_BRAND_COLUMNS = ("primary", "accent", "typeface", "layout")
VARIED_COLUMNS = tuple(
    name.removeprefix("#") for name in WorldClinic(0).values() if name not in ("name", "slug")
)
