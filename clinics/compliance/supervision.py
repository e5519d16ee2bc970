"""Who supervises care at a location: a clinic's facts and a place in, the words for patients out.

Where the state asks for it (A-04), at every location that is not the director's primary practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clinics.compliance.rules import RuleKind, rules_for

if TYPE_CHECKING:
    from clinics.clinic import Clinic, Location


@dataclass(frozen=True)
class Supervision:
    """`director`, `license` and `board` as printed; `delegation` says who gives care."""

    director: str
    license: str
    board: str
    delegation: str


def supervision_at(clinic: Clinic, place: Location | None) -> Supervision | None:
    """The disclosure of a location's page; None where none is owed or nothing is known."""
    director = clinic.director
    if place is None or director is None or not director.delegation:
        return None
    if director.is_here is None or (director.is_here and place.is_primary):
        return None
    if not rules_for(place.address.state, RuleKind.SUPERVISION):
        return None
    return Supervision(director.name, director.license, director.board, director.delegation)
