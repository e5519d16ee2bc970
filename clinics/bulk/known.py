"""What is saved now, read once for a whole bulk change, and what saving would refuse of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.bulk.columns import CLINIC, COLUMN_OF, FACT_OF
from clinics.facts_rights import rights_for
from clinics.facts_snapshot import HOURS, SPECIAL_HOURS, Snapshot, blank_snapshot, facts_snapshot
from clinics.models import BulkRow, ClinicPage, FranchisePage, LocationFacts
from clinics.roles.rights import YES, right_at

EMPTY = blank_snapshot()
# Which location is the main one is decided when it is made.
MADE = [name for name in EMPTY if name != "is_primary"]
_PLAIN = frozenset(FACT_OF.values()) - {HOURS, SPECIAL_HOURS}


@dataclass
class Place:
    """A location as it is saved now."""

    facts: LocationFacts
    snapshot: Snapshot


@dataclass
class Franchise:
    """Everything that a row can name, read once."""

    places: dict[int, Place]
    clinics: dict[int, ClinicPage]
    names: dict[str, list[ClinicPage]]
    seen: set[int] = field(default_factory=set)
    new_names: set[tuple[int, str]] = field(default_factory=set)

    @classmethod
    def of(cls, franchise: FranchisePage) -> Franchise:
        rows = LocationFacts.objects.filter(clinic__path__startswith=franchise.path)
        rows = rows.select_related("page", "clinic__facts")
        places = {
            facts.page_id: Place(facts, facts_snapshot(facts))
            for facts in rows.prefetch_related("opening_hours", "special_hours")
        }
        clinics = ClinicPage.objects.descendant_of(franchise).filter(facts__isnull=False)
        found = list(clinics.select_related("facts"))
        names: dict[str, list[ClinicPage]] = {}
        for clinic in found:
            for name in {clinic.slug.casefold(), clinic.facts.name.casefold()}:
                names.setdefault(name, []).append(clinic)
        return cls(places, {clinic.pk: clinic for clinic in found}, names)

    def __post_init__(self) -> None:
        self.places_of: dict[int, list[Place]] = {}
        self.by_name: dict[tuple[int, str], Place] = {}
        for place in self.places.values():
            clinic = place.facts.clinic_id
            self.places_of.setdefault(clinic, []).append(place)
            self.by_name[clinic, place.facts.name.casefold()] = place

    def named(self, clinic_id: int, name: str) -> Place | None:
        """A location of a clinic by its name."""
        return self.by_name.get((clinic_id, name.casefold()))


def check_facts(wanted: Snapshot, changed: Iterable[str], errors: dict[str, str]) -> None:
    """What saving would refuse. Only changed facts are checked, as saving does."""
    names = {name for name in changed if name in _PLAIN and COLUMN_OF[name] not in errors}
    facts = LocationFacts()
    for column in LocationFacts._meta.concrete_fields:
        if column.name in _PLAIN:
            setattr(facts, column.name, column.to_python(wanted[column.name]))
    faults: dict[str, list[str]] = {}
    for check in (lambda: facts.clean_fields(exclude=_others(names)), facts.clean):
        try:
            check()
        except ValidationError as error:
            faults |= error.message_dict
    wanted["campaign_numbers"] = facts.campaign_numbers
    for name, messages in faults.items():
        errors.setdefault(COLUMN_OF.get(name, name), " ".join(messages))


def check_right(row: BulkRow, clinic: ClinicPage, user: Any, errors: dict[str, str]) -> None:
    """Whether the user may do what the row plans; the run asks again."""
    rights = {"clinics"} if row.is_new else rights_for(row.after)
    if not all(right_at(user, right, clinic) == YES for right in rights):
        errors[CLINIC] = _("You may not change these facts of this clinic: ask a franchise admin.")


def _others(names: Iterable[str]) -> set[str]:
    return {column.name for column in LocationFacts._meta.fields} - set(names)
