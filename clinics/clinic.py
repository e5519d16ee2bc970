"""What the rest of the product knows about a clinic: plain frozen values, no database.

`resolve.py` makes a `Clinic` from rows; merge, tokens, calls to action, templates and structured
data read it. The hub is a `Clinic` too (`is_hub`), so that no code needs a "no clinic" case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinics.phones import Number


@dataclass(frozen=True)
class Brand:
    """`primary` and `accent` are #rrggbb.

    `typeface` is a key of `clinics.theme_css.TYPEFACES`, `layout` one of `clinics.layouts.LAYOUTS`.
    """

    primary: str = "#0b4f6c"
    accent: str = "#f2a541"
    typeface: str = "sans"
    layout: str = "split"


@dataclass(frozen=True)
class Address:
    street: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True)
class HoursInterval:
    """One row of weekly hours. 0 is Monday; `opens` and `closes` are "HH:MM", up to "24:00"."""

    weekday: int
    opens: str = ""
    closes: str = ""
    by_appointment: bool = False


@dataclass(frozen=True)
class SpecialInterval:
    """One row of dated hours, which replace the weekly ones. Without times the days are closed.

    Rows of the very same dates stand together: a morning and an afternoon.
    """

    first_date: date
    last_date: date
    opens: str = ""
    closes: str = ""
    label: str = ""


@dataclass(frozen=True)
class Location:
    """One place of a clinic, with every number that may be shown for it.

    `campaigns` are numbers for visitors of advertisements; `neighbour_id` the page of the location
    that takes its patients while this one is closed.
    """

    page_id: int
    name: str
    slug: str
    path: str
    address: Address
    time_zone: str
    latitude: float | None = None
    longitude: float | None = None
    parking: str = ""
    service_areas: tuple[str, ...] = ()
    main: Number | None = None
    new_patients: Number | None = None
    text: Number | None = None
    fax: Number | None = None
    text_approved: bool = False
    is_primary: bool = False
    status: str = "OPEN"
    hours: tuple[HoursInterval, ...] = ()
    special_hours: tuple[SpecialInterval, ...] = ()
    campaigns: Mapping[str, Number] = field(default_factory=dict, hash=False)
    neighbour_id: int | None = None


@dataclass(frozen=True)
class Director:
    """Who answers for the care. `is_here` says whether the main location is their own practice."""

    name: str
    license: str = ""
    board: str = ""
    is_here: bool | None = None
    delegation: str = ""


@dataclass(frozen=True)
class Clinic:
    """A clinic's site (or the hub's) as one value.

    `origin` is scheme, host and port without a final slash; `tree_path` and `url_path` are those of
    the home page in the page tree. `locations` starts with the primary one; `neighbours` are those
    that take the patients of closed ones, by the ids of their pages.
    `facts` holds protocol facts by token name without the "clinic." prefix. `notice` is what every
    page says on top until `notice_until`. `index_policy` is an `IndexPolicy`, the group's where the
    clinic has none; `campaign` the one that the visitor came from, if it has a number here.
    `took_over` are the home pages of the clinics that closed into this one.
    `group_id` is the page of the group, 0 without one.
    `specialties` are values of `Specialty`; `hub_name` and `hub_origin` belong to the group's own
    site and are "" where it has none. `seal_url` leads to what LegitScript says of this very host.
    """

    page_id: int
    name: str
    slug: str
    origin: str
    tree_path: str = ""
    url_path: str = "/"
    legal_name: str = ""
    state: str = ""
    state_name: str = ""
    time_zone: str = "America/Chicago"
    booking_url: str = ""
    is_hub: bool = False
    group_id: int = 0
    brand: Brand = Brand()
    locations: tuple[Location, ...] = ()
    neighbours: Mapping[int, int] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    specialties: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    text_disclosure: str = ""
    notice: str = ""
    notice_until: datetime | None = None
    index_policy: str = "COMPUTED"
    campaign: str = ""
    took_over: frozenset[int] = frozenset()
    director: Director | None = None
    seal_url: str = ""
    hub_name: str = ""
    hub_origin: str = ""

    @property
    def primary(self) -> Location | None:
        """The location whose numbers and towns stand for the whole clinic."""
        return self.locations[0] if self.locations else None

    def taking_over(self, place: Location | None) -> Location | None:
        """The neighbour that a closed location named, if this clinic has it; else None."""
        if place is None or not place.status.startswith("CLOSED"):
            return None
        wanted = self.neighbours.get(place.page_id, place.neighbour_id)
        return next((each for each in self.locations if each.page_id == wanted), None)


def neighbours_among(places: Iterable[Location]) -> dict[int, int]:
    """Where the patients of each closed location are seen in the end, by the ids of their pages.

    A neighbour that closes later leads on to its own; a circle leads nowhere.
    """
    by_id = {place.page_id: place for place in places}
    found = {}
    for place in by_id.values():
        seen, step = set(), place
        while step.status.startswith("CLOSED") and step.page_id not in seen:
            seen.add(step.page_id)
            following = by_id.get(step.neighbour_id or 0)
            if following is None:
                break
            step = following
        if step is not place and step.page_id not in seen:
            found[place.page_id] = step.page_id
    return found
