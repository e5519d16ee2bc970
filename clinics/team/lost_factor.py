"""Somebody has lost the phone with their second factor: who helps them, and how.

Signing in belongs to the site, which says here how a factor is found and taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from clinics.roles.reach import franchises_run_by
from clinics.team.changing import Refused, lock_member
from clinics.team.history import FACTOR_RESET, record
from clinics.team.members import Member, is_all_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class SecondFactor:
    """`is_set_up` takes a user; `forget` takes the user and, as `by`, whoever takes it away."""

    is_set_up: Callable[[Any], bool]
    forget: Callable[..., bool]


_SITES: list[SecondFactor] = []


def register_second_factor(factor: SecondFactor) -> None:
    """For the site, once at start-up."""
    _SITES[:] = [factor]


def may_reset_factor(actor: AbstractUser, member: Member) -> bool:
    """A franchise admin, for somebody of their own franchise alone who has a factor.

    Nobody resets their own here: that is done with a recovery code, or by a colleague who has
    made sure whom they are talking to.
    """
    return (
        member.user != actor
        and franchises_run_by(actor).exists()
        and is_all_of(member)
        and any(site.is_set_up(member.user) for site in _SITES)
    )


@transaction.atomic
def reset_factor(actor: AbstractUser, member_id: int, *, base: str) -> Member:
    """Take the factor away: every session of theirs ends, and they hear of it by mail."""
    actor, member = lock_member(actor, member_id, base)
    if not may_reset_factor(actor, member):
        raise Refused(_("There is no second factor that you may reset: look at the account again."))
    for site in _SITES:
        site.forget(member.user, by=actor)
    for place in {m.page_id: m.page for m in member.memberships}.values():
        record(FACTOR_RESET, place, member.user, by=actor)
    return member
