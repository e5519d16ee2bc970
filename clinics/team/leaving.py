"""Ends somebody's work at places: what they hold goes to successors, then roles or the account end.

All of it in one transaction, or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinics.models import Membership
from clinics.team.changing import Refused, lock_member, refuse_last
from clinics.team.history import DEACTIVATED, HANDED_OVER, REMOVED, record
from clinics.team.holdings import Ground, Holding, hand_over, holdings, in_words, successors
from clinics.team.members import Member, is_all_of, is_last_leader, name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class Leaving:
    """`ends` are memberships that end; `deactivates` closes the account and keeps them instead.

    `successors` names a user for each place (by ids) at which something is handed over.
    """

    ends: frozenset[int] = frozenset()
    deactivates: bool = False
    successors: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Estate:
    """What is handed over at one place. `leaves_nobody`: its team has no one else to lead it."""

    ground: Ground
    holdings: list[Holding]
    successors: list[Any]
    leaves_nobody: bool

    @property
    def place(self) -> Page:
        return self.ground.place

    @property
    def needs_successor(self) -> bool:
        return bool(self.successors) and any(each.moves for each in self.holdings)


def estates(member: Member, ends: Collection[int]) -> list[Estate]:
    """One for each place of these memberships, so that a clinic comes before its franchise."""
    leaving = [m for m in member.memberships if m.pk in ends]
    staying = {m.page.path for m in member.memberships if m.pk not in ends}
    found: list[Estate] = []
    for place in sorted({m.page for m in leaving}, key=lambda page: (-page.depth, page.title)):
        if place.path in staying:  # another role there stays, and with it what they hold
            continue
        stays = tuple(sorted(path for path in staying if path.startswith(place.path)))
        done = tuple(e.place.path for e in found if e.place.path.startswith(place.path))
        ground = Ground(place, stays + done)
        last = any(is_last_leader(m) for m in leaving if m.page_id == place.pk)
        found.append(
            Estate(ground, holdings(member.user, ground), successors(member, ground), last)
        )
    return found


def may_close(actor: AbstractUser, member: Member) -> bool:
    """True when the actor may deactivate the account: nobody's own, and all of it within reach."""
    return member.state == member.state.ACTIVE and member.user != actor and is_all_of(member)


@transaction.atomic
def leave(actor: AbstractUser, member_id: int, leaving: Leaving, *, base: str) -> Member:
    """Raises as `clinics.team.changing` does."""
    actor, member = lock_member(actor, member_id, base)
    own = {m.pk for m in member.memberships}
    ends = own if leaving.deactivates else leaving.ends
    if not ends <= own:
        raise Http404
    if not ends:
        raise Refused(_("Nothing was chosen: choose where the work ends."))
    if leaving.deactivates and not may_close(actor, member):
        raise Refused(_("This account cannot be deactivated from here: remove the roles instead."))
    if member.user == actor:
        for membership in member.memberships:
            if membership.pk in ends:
                refuse_last(membership)
    for estate in estates(member, ends):
        _hand_over(actor, member, estate, leaving.successors.get(estate.place.pk))
    if leaving.deactivates:
        _close(actor, member)
    else:
        _end(actor, member, ends)
    return member


def _hand_over(
    actor: AbstractUser, member: Member, estate: Estate, successor_id: int | None
) -> None:
    successor = next((user for user in estate.successors if user.pk == successor_id), None)
    if successor is None and (successor_id is not None or estate.needs_successor):
        raise Refused(
            _("Choose who takes over at %(place)s: somebody of its team who may write there.")
            % {"place": estate.place.title}
        )
    found = hand_over(member.user, estate.ground, successor, by=actor)
    if successor is not None and any(each.moves for each in found):
        names = {"successor": name_of(successor), "things": in_words(found)}
        record(HANDED_OVER, estate.place, member.user, by=actor, **names)


def _end(actor: AbstractUser, member: Member, ends: Collection[int]) -> None:
    for membership in member.memberships:
        if membership.pk in ends:
            role = membership.role
            record(REMOVED, membership.page, member.user, by=actor, role=role)
            membership.delete()
    if member.is_waiting and not Membership.objects.filter(user=member.user).exists():
        # The link of the invitation is signed with the password: a new one makes it void.
        member.user.set_unusable_password()
        member.user.save(update_fields=["password"])


def _close(actor: AbstractUser, member: Member) -> None:
    member.user.is_active = False
    member.user.save(update_fields=["is_active"])
    for place in {m.page_id: m.page for m in member.memberships}.values():
        record(DEACTIVATED, place, member.user, by=actor)
