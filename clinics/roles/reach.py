"""What a user reaches: user in, clinics, locations, changes and people out, as querysets.

Admin views get their objects only from here, so that a foreign object is as missing as no object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from clinics.choices import Role
from clinics.models import (
    BulkChange,
    ClinicPage,
    FactsChange,
    FactsSuggestion,
    FranchisePage,
    LocationPage,
    Person,
)
from clinics.roles.policy import memberships_of
from clinics.roles.rights import YES
from clinics.roles.table import ROLE_TABLE
from clinics.tree_paths import below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# The roles that belong to a clinic or to the franchise above it.
_PLACES = frozenset({"clinics.ClinicPage", "clinics.FranchisePage"})


def clinics_of(user: AbstractUser) -> QuerySet[ClinicPage]:
    """The clinics of the user's memberships; every clinic for a superuser."""
    return ClinicPage.objects.filter(_reach(user, "path"), facts__isnull=False)


def locations_of(user: AbstractUser) -> QuerySet[LocationPage]:
    """The locations of those clinics."""
    return LocationPage.objects.filter(_reach(user, "path"), facts__isnull=False)


def changes_of(user: AbstractUser) -> QuerySet[FactsChange]:
    """The log of those clinics and locations."""
    return FactsChange.objects.filter(_reach(user, "page__path"))


def suggestions_of(user: AbstractUser) -> QuerySet[FactsSuggestion]:
    """The suggestions for those clinics and locations."""
    return FactsSuggestion.objects.filter(_reach(user, "page__path"))


def suggestions_decided_by(user: AbstractUser) -> QuerySet[FactsSuggestion]:
    """Those about which the user decides: the role says yes to the facts that they change."""
    return FactsSuggestion.objects.filter(_reach(user, "page__path", right="phones"))


def decides_suggestions(user: AbstractUser) -> bool:
    """True when some role of the user decides about suggestions. Reads no pages."""
    return (user.is_active and user.is_superuser) or bool(_paths(user, right="phones"))


def people_of(user: AbstractUser) -> QuerySet[Person]:
    """The people whom the user may change: those of the clinics where the role says so."""
    return Person.objects.filter(_reach(user, "clinic__path", right="people"))


def clinics_with_people_of(user: AbstractUser) -> QuerySet[ClinicPage]:
    """The clinics whose people the user may change."""
    return ClinicPage.objects.filter(_reach(user, "path", right="people"))


def people_offered_to(user: AbstractUser) -> QuerySet[Person]:
    """Whom the user may name as author or reviewer: people of their clinics, and the group's own.

    The library may name anybody: its authors see patients somewhere.
    """
    roles = {ROLE_TABLE[Role(m.role)].page_type for m in memberships_of(user)}
    if roles - _PLACES:
        return Person.objects.all()
    return Person.objects.filter(_reach(user, "clinic__path") | Q(clinic=None))


def franchises_run_by(user: AbstractUser) -> QuerySet[FranchisePage]:
    """The franchises in which the user founds, opens and closes clinics."""
    return FranchisePage.objects.filter(_reach(user, "path", right="clinics")).order_by("path")


def bulk_changes_of(user: AbstractUser) -> QuerySet[BulkChange]:
    """The imports and changes of several locations in the user's franchises."""
    return BulkChange.objects.filter(_reach(user, "franchise__path", right="clinics"))


def has_clinics(user: AbstractUser) -> bool:
    """True when a membership (or being superuser) belongs to clinics. Reads no pages."""
    return (user.is_active and user.is_superuser) or bool(_paths(user))


def _reach(user: AbstractUser, field: str, right: str = "") -> Q:
    if user.is_active and user.is_superuser:
        return Q()
    return below(_paths(user, right), field)


def _paths(user: AbstractUser, right: str = "") -> list[str]:
    rights = [(m.page.path, ROLE_TABLE[Role(m.role)]) for m in memberships_of(user)]
    return [
        path
        for path, role in rights
        if role.page_type in _PLACES and (not right or getattr(role, right) == YES)
    ]
