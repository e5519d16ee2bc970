"""A clinic near a patient: a ZIP code or a town comes in, places by distance go out.

Everything is looked up in this process, from the coordinates that come with the package `zipcodes`:
nothing that a patient types leaves the server, and the browser is never asked for a position.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from statistics import fmean

import zipcodes
from django.utils.translation import gettext as _
from localflavor.us.us_states import STATES_NORMALIZED

EARTH_MILES = 3958.8  # mean radius, IUGG
MOST_CHOICES = 8
LONGEST_QUERY = 60

_ZIP = re.compile(r"^\s*(\d{5})(?:-\d{4})?\s*$")
_PARTS = re.compile(r"[^\s,.]+")
_FULL = {"st": "saint", "ft": "fort", "mt": "mount"}
_DIGITS = re.compile(r"^[\s\d-]+$")


@dataclass(frozen=True)
class Point:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Candidate:
    """A location as the locator knows it. `towns` are its own and those that it serves."""

    id: int
    point: Point | None
    zip_code: str
    state: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """A location and its distance; None where its coordinates or those of the town are unknown."""

    id: int
    miles: float | None


@dataclass(frozen=True)
class Answer:
    """`label` is what was understood; `choices` are towns of that name in several states.

    `problem` says what is wrong with what was typed, and what to type instead.
    """

    near: tuple[Near, ...] = ()
    label: str = ""
    choices: tuple[str, ...] = ()
    problem: str = ""


def find_near(query: str, places: Sequence[Candidate]) -> Answer:
    """The places for what was typed, the nearest first; those that serve the town before others."""
    typed = " ".join(query[:LONGEST_QUERY].split())
    if _DIGITS.match(typed):
        return _near_zip(typed, places)
    town, state = _town_and_state(typed)
    serving = [place for place in places if _serves(place, town, state)]
    points = _points_of_town(town, state)
    if not state and len(points) > 1:
        known = {place.state for place in places}
        here = {code for code in points if code in known}
        if serving:
            points = {code: points[code] for code in {s.state for s in serving} & points.keys()}
        elif len(here) == 1:
            points = {code: points[code] for code in here}
        else:
            names = sorted(here or points)[:MOST_CHOICES]
            return Answer(choices=tuple(f"{town.title()}, {code}" for code in names))
    if not points and not serving:
        problem = _(
            "We do not know “%(town)s”. Type a ZIP code, or the town and its state, such as "
            "Plano, TX."
        )
        return Answer(problem=problem % {"town": typed})
    label = f"{town.title()}, {next(iter(points))}" if len(points) == 1 else town.title()
    return Answer(_by_distance(places, next(iter(points.values()), None), serving), label)


def miles_between(a: Point, b: Point) -> float:
    """The way of a bird, by the haversine formula (Sinnott, Sky and Telescope 68, 1984)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat, half_long = (lat_b - lat_a) / 2, radians(b.longitude - a.longitude) / 2
    root = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_long) ** 2
    return 2 * EARTH_MILES * asin(sqrt(min(1.0, root)))


def distance_words(miles: float | None) -> str:
    """ "3 miles away"; "" when it is not known."""
    if miles is None:
        return ""
    if miles < 1:
        return _("less than a mile away")
    rounded = round(miles)
    return (
        _("1 mile away") if rounded == 1 else _("%(miles)s miles away") % {"miles": f"{rounded:,}"}
    )


def _near_zip(typed: str, places: Sequence[Candidate]) -> Answer:
    match = _ZIP.match(typed)
    rows = zipcodes.matching(match[1]) if match else []
    if not match or not rows:
        return Answer(
            problem=_("“%(zip)s” is no ZIP code. Check its five digits, or type a town.")
            % {"zip": typed}
        )
    serving = [place for place in places if place.zip_code[:5] == match[1]]
    label = f"{match[1]} ({rows[0]['city']}, {rows[0]['state']})"
    return Answer(_by_distance(places, _point(rows), serving), label)


def _town_and_state(typed: str) -> tuple[str, str]:
    """ "Plano, TX", "Plano tx" and "plano texas" as ("plano", "TX"); the state may be ""."""
    words = [_FULL.get(word, word) for word in _PARTS.findall(typed.casefold())]
    for count in (2, 1):
        code = STATES_NORMALIZED.get(" ".join(words[-count:]))
        if code and len(words) > count:
            return " ".join(words[:-count]), code
    return " ".join(words), ""


def _points_of_town(town: str, state: str) -> dict[str, Point]:
    """The middle of every town of that name, by state."""
    rows = zipcodes.filter_by(city=town.title(), **({"state": state} if state else {}))
    by_state: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_state.setdefault(row["state"], []).append(row)
    return {code: _point(found) for code, found in by_state.items()}


def _serves(place: Candidate, town: str, state: str) -> bool:
    is_there = town in {name.casefold() for name in place.towns}
    return bool(town) and is_there and state in ("", place.state)


def _by_distance(
    places: Iterable[Candidate], origin: Point | None, serving: Sequence[Candidate]
) -> tuple[Near, ...]:
    near = [
        Near(place.id, miles_between(origin, place.point) if origin and place.point else None)
        for place in places
        if origin is not None or place in serving
    ]
    first = {place.id for place in serving}
    return tuple(
        sorted(
            near,
            key=lambda each: (
                each.id not in first,
                each.miles is None,
                each.miles or 0.0,
            ),
        )
    )


def _point(rows: Iterable[dict[str, str]]) -> Point:
    rows = list(rows)
    return Point(fmean(float(r["lat"]) for r in rows), fmean(float(r["long"]) for r in rows))
