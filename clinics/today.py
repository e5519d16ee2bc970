"""What to do today: a user in, short sentences by part of their work out, the most urgent first.

A registry, as that of the checklist in `clinics.launching`: apps above this one add their items
with `register_today`. Every reader makes a fixed number of queries, and reads nothing beyond its
scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clinics.choices import Role
from clinics.models import ClinicPage, FranchisePage
from clinics.roles.policy import memberships_of
from clinics.roles.rights import YES
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

# Whoever works at more clinics than this finds the others in the list of their clinics.
MOST_CLINICS = 3
MOST_NAMES = 3


class Part(StrEnum):
    """Whose work an item is: a clinic's, a franchise's or the library's."""

    CLINIC = "CLINIC"
    FRANCHISE = "FRANCHISE"
    LIBRARY = "LIBRARY"


class Urgency(IntEnum):
    """PATIENTS meet something wrong or missing; a DEADLINE runs; somebody WAITS; LATER will do."""

    PATIENTS = 1
    DEADLINE = 2
    WAITS = 3
    LATER = 4


@dataclass(frozen=True)
class TodayItem:
    """One sentence with its count, and where it is done. `names` are the first few it is about."""

    words: str
    url: str
    urgency: Urgency = Urgency.WAITS
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """One part of a user's work. `clinic` is there for a clinic's, `clinics` are a franchise's."""

    user: AbstractUser
    part: Part
    heading: str
    clinic: ClinicPage | None = None
    clinics: QuerySet[ClinicPage] | None = None


@dataclass(frozen=True)
class TodayPart:
    """What waits in one part; nothing when `items` is empty."""

    heading: str
    items: tuple[TodayItem, ...]


type Reader = Callable[[Scope], Iterable[TodayItem]]

READERS: dict[Part, list[Reader]] = {part: [] for part in Part}


def register_today(part: Part) -> Callable[[Reader], Reader]:
    """A decorator. Of items that are as urgent the one that was registered first comes first."""

    def register(reader: Reader) -> Reader:
        READERS[part].append(reader)
        return reader

    return register


def today_of(user: AbstractUser) -> list[TodayPart]:
    """The parts of everybody's roles, a clinic's first; none for whoever has no role."""
    return [TodayPart(scope.heading, _items(scope)) for scope in _scopes(user)]


def first_names(clinics: QuerySet[ClinicPage]) -> tuple[str, ...]:
    """The first few by name."""
    names = clinics.order_by("facts__name").values_list("facts__name", flat=True)
    return tuple(names[:MOST_NAMES])


def _items(scope: Scope) -> tuple[TodayItem, ...]:
    items = [item for reader in READERS[scope.part] for item in reader(scope)]
    return tuple(sorted(items, key=lambda item: item.urgency))


def _scopes(user: AbstractUser) -> list[Scope]:
    if user.is_active and user.is_superuser:
        everything = ClinicPage.objects.filter(facts__isnull=False)
        return [
            Scope(user, Part.FRANCHISE, _("All clinics"), clinics=everything),
            Scope(user, Part.LIBRARY, _("Library")),
        ]
    rights = [(m.page, ROLE_TABLE[Role(m.role)]) for m in memberships_of(user)]
    types = ClinicPage._meta.label, FranchisePage._meta.label
    own = {page.pk for page, role in rights if role.page_type == types[0]}
    clinics = ClinicPage.objects.filter(pk__in=own, facts__isnull=False).order_by("facts__name")
    scopes = [
        Scope(user, Part.CLINIC, clinic.facts.name, clinic=clinic)
        for clinic in (clinics.select_related("facts")[:MOST_CLINICS] if own else ())
    ]
    franchises = {page.pk: page for page, role in rights if role.clinics == YES}
    for page in franchises.values():
        below = ClinicPage.objects.filter(path__startswith=page.path, facts__isnull=False)
        scopes.append(Scope(user, Part.FRANCHISE, page.title, clinics=below))
    if any(role.page_type not in types for _page, role in rights):
        scopes.append(Scope(user, Part.LIBRARY, _("Library")))
    return scopes
