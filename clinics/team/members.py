"""The list of a team, and one member of it: what the reader may see of whom.

A member is an account together with those of its memberships that the reader looks after; what
else the account belongs to is read nowhere here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.http import Http404

from clinics.choices import MemberState, Role
from clinics.models import Membership
from clinics.roles.policy import memberships_of
from clinics.team.granting import LEADING_ROLES, memberships_led_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# Nobody has signed in with the account, and nobody can before they choose a password.
_WAITING = Q(
    user__is_active=True,
    user__last_login=None,
    user__password__startswith=UNUSABLE_PASSWORD_PREFIX,
)
_IN_STATE = {
    MemberState.WAITING: _WAITING,
    MemberState.ACTIVE: Q(user__is_active=True) & ~_WAITING,
    MemberState.DEACTIVATED: Q(user__is_active=False),
}


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; "" and None narrow nothing. `place` is the id of a page."""

    words: str = ""
    place: int | None = None
    role: str = ""
    state: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody of a team. `memberships` are in the reader's reach, and there is at least one."""

    user: Any
    memberships: tuple[Membership, ...]

    @property
    def name(self) -> str:
        return name_of(self.user)

    @property
    def state(self) -> MemberState:
        return state_of(self.user)

    @property
    def is_waiting(self) -> bool:
        return self.state == MemberState.WAITING

    @property
    def is_deactivated(self) -> bool:
        return self.state == MemberState.DEACTIVATED

    @cached_property
    def base(self) -> str:
        """What a form was opened on: another text means that somebody changed it meanwhile."""
        roles = sorted(f"{m.pk}.{m.page_id}.{m.role}" for m in self.memberships)
        return " ".join([self.state.value, *roles])


def memberships_listed(user: AbstractUser, wanted: Wanted) -> QuerySet[Membership]:
    """One row for each role in reach, by name; people who have not told theirs come by address."""
    found = memberships_led_by(user).select_related("user", "page")
    for word in wanted.words.split():
        found = found.filter(
            Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(user__email__icontains=word)
        )
    if wanted.place is not None:
        found = found.filter(page=wanted.place)
    if wanted.role:
        found = found.filter(role=wanted.role)
    if wanted.state:
        found = found.filter(_IN_STATE[MemberState(wanted.state)])
    return found.order_by("user__last_name", "user__first_name", "user__email", "page__title", "pk")


def find_member(user: AbstractUser, member_id: int) -> Member:
    """Raises Http404 for whoever is in no team of the user's, as for an id of nobody."""
    rows = memberships_led_by(user).filter(user=member_id).select_related("user", "page")
    memberships = tuple(rows.order_by("page__depth", "page__title", "pk"))
    if not memberships:
        raise Http404
    return Member(memberships[0].user, memberships)


def is_all_of(member: Member) -> bool:
    """True when the account has no membership beyond the member's, so that it can be closed."""
    return Membership.objects.filter(user=member.user).count() == len(member.memberships)


def is_last_leader(membership: Membership) -> bool:
    """True when nobody else who can sign in looks after the team of this place itself."""
    if membership.role not in LEADING_ROLES:
        return False
    others = Membership.objects.filter(page=membership.page_id, role__in=LEADING_ROLES)
    others = others.exclude(user=membership.user_id).filter(_IN_STATE[MemberState.ACTIVE])
    return not others.exists()


def state_of(user: AbstractUser) -> MemberState:
    if not user.is_active:
        return MemberState.DEACTIVATED
    is_waiting = user.last_login is None and not user.has_usable_password()
    return MemberState.WAITING if is_waiting else MemberState.ACTIVE


def name_of(user: AbstractUser) -> str:
    return user.get_full_name() or user.email or user.get_username()


def strongest_role(memberships: tuple[Membership, ...]) -> Role:
    """The one that leads, where there are several."""
    roles = [Role(m.role) for m in memberships]
    return next((role for role in roles if role in LEADING_ROLES), roles[0])


def fresh(user: AbstractUser) -> AbstractUser:
    """The user as the database has them now: rights that ended meanwhile are gone."""
    row = type(user)._default_manager.get(pk=user.pk)
    memberships_of(row)
    return row
