"""Who gives which role where: a user in, the places, roles and memberships of their reach out.

Every screen and every write of a team gets its rows from here, so that what is out of reach is as
missing as what is not there. Superusers belong to no team: nobody acts on them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page

from clinics.choices import Role
from clinics.models import ClinicPage, Membership
from clinics.roles.policy import memberships_of
from clinics.roles.rights import NO, PROPOSE, YES
from clinics.roles.table import PAGE_TYPE_FOR_ROLE, ROLE_TABLE
from clinics.tree_paths import NOWHERE, below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# Whoever has one of these looks after a team.
LEADING_ROLES = frozenset(role for role, rights in ROLE_TABLE.items() if rights.grants)
_STRENGTH = {NO: 0, PROPOSE: 1, YES: 2}
_GRADED = ("hours", "phones", "brand", "people", "clinics", "review")


def leads_team(user: AbstractUser) -> bool:
    """True for whoever gives roles somewhere."""
    return _leads_all(user) or any(m.role in LEADING_ROLES for m in memberships_of(user))


def leads_team_at(user: AbstractUser, place: Page) -> bool:
    """The same for one page. Reads no pages."""
    return _leads_all(user) or any(
        m.role in LEADING_ROLES and place.path.startswith(m.page.path) for m in memberships_of(user)
    )


def leads_several_places(user: AbstractUser) -> bool:
    """True when one list of everybody says more than the tab of a clinic. Reads no pages."""
    leading = [m for m in memberships_of(user) if m.role in LEADING_ROLES]
    is_above = any(m.role == Role.FRANCHISE_ADMIN for m in leading)
    return _leads_all(user) or is_above or len({m.page_id for m in leading}) > 1


def places_led_by(user: AbstractUser) -> QuerySet[Page]:
    """The pages at which the user gives roles, the ones above first."""
    types = {ROLE_TABLE[role].page_type for role in _given(user)}
    kinds = ContentType.objects.get_for_models(*map(apps.get_model, types)).values()
    return Page.objects.filter(_led(user), content_type__in=kinds).order_by("depth", "title", "pk")


def clinics_led_by(user: AbstractUser) -> QuerySet[ClinicPage]:
    """The clinics whose team the user looks after."""
    return ClinicPage.objects.filter(_led(user), facts__isnull=False)


def roles_given_at(user: AbstractUser, place: Page) -> list[Role]:
    """What the user may give to others at this page, in the order of the list of roles."""
    label = place.specific_class._meta.label
    given = _given(user, place.path)
    return [role for role in Role if role in given and PAGE_TYPE_FOR_ROLE[role] == label]


def roles_given_by(user: AbstractUser) -> list[Role]:
    """What the user may give anywhere."""
    given = _given(user)
    return [role for role in Role if role in given]


def memberships_led_by(user: AbstractUser) -> QuerySet[Membership]:
    """The memberships that the user sees, changes and ends."""
    found = Membership.objects.exclude(user__is_superuser=True)
    if _leads_all(user):
        return found
    within = NOWHERE
    for membership in memberships_of(user):
        if grants := ROLE_TABLE[Role(membership.role)].grants:
            within |= Q(page__path__startswith=membership.page.path, role__in=grants)
    return found.filter(within)


def is_no_more_than(role: Role, other: Role) -> bool:
    """True when `role` has no right that `other` lacks."""
    one, two = ROLE_TABLE[role], ROLE_TABLE[other]
    return (
        has_no_more_say(role, other)
        and one.change <= two.change
        and one.publish <= two.publish
        and one.images <= two.images
        and one.lock <= two.lock
    )


def has_no_more_say(role: Role, other: Role) -> bool:
    """The same for facts and for giving roles, which is what nobody can pass on without it."""
    one, two = ROLE_TABLE[role], ROLE_TABLE[other]
    return one.grants <= two.grants and all(
        _STRENGTH[getattr(one, name)] <= _STRENGTH[getattr(two, name)] for name in _GRADED
    )


def _leads_all(user: AbstractUser) -> bool:
    return user.is_active and user.is_superuser


def _given(user: AbstractUser, path: str = "") -> set[Role]:
    """The roles that the user gives; at `path`, or anywhere."""
    if _leads_all(user):
        return set(Role)
    return {
        role
        for membership in memberships_of(user)
        if not path or path.startswith(membership.page.path)
        for role in ROLE_TABLE[Role(membership.role)].grants
    }


def _led(user: AbstractUser) -> Q:
    if _leads_all(user):
        return Q()
    return below(m.page.path for m in memberships_of(user) if m.role in LEADING_ROLES)
