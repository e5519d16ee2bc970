"""Sections that hold until a day: which of them are shown now, and which soon turn false (C-10).

The day begins at midnight where the clinic is. A page that shows such a section ends with it, so
that nothing has to be published for it to go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clinics import open_words
from clinics.edge.shown import shows_until

if TYPE_CHECKING:
    from articles.merge import MergedSection
    from clinics.clinic import Clinic


@dataclass(frozen=True)
class Expiring:
    """A stored section that is out of date from `day` on; `stays` says that it is shown then."""

    type: str
    day: date
    stays: bool


def in_date(sections: Iterable[MergedSection], clinic: Clinic) -> tuple[MergedSection, ...]:
    """The sections that are shown now; a page is told when the first of them goes."""
    shown = []
    for section in sections:
        end = _end(section.type, section.content.value, clinic)
        if end is None or end > open_words.current_time():
            shows_until(end)
            shown.append(section)
    return tuple(shown)


def expiring_in(raw: str) -> Iterator[Expiring]:
    """Every section of a stored stream that has a day, however deep it stands."""
    return _found(json.loads(raw or "[]"))


def _end(type_: str, value: Mapping[str, Any], clinic: Clinic) -> datetime | None:
    day = value.get("expires")
    if day is None or _stays(type_, value):
        return None
    return datetime.combine(day, time.min, ZoneInfo(clinic.time_zone))


def _stays(type_: str, value: Mapping[str, Any]) -> bool:
    """An offer never outlives its end."""
    return bool(value.get("stays")) and type_ != "offer"


def _found(value: Any) -> Iterator[Expiring]:
    if isinstance(value, list):
        for each in value:
            yield from _found(each)
    elif isinstance(value, dict):
        inner = value.get("value")
        if "type" in value and isinstance(inner, dict) and inner.get("expires"):
            day = date.fromisoformat(inner["expires"])
            yield Expiring(value["type"], day, _stays(value["type"], inner))
        for each in value.values():
            yield from _found(each)
