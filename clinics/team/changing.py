"""Changes of a team: an actor, a member and what the form was opened on in, a changed row out.

Rights are asked again under a lock, in the transaction that writes: what was allowed when the form
was opened may have ended since. Raises Http404 out of reach, `Refused` with reason and remedy, and
`TeamConflict` when somebody else changed the member meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from clinics.choices import Role
from clinics.models import Membership
from clinics.team.granting import is_no_more_than, roles_given_at
from clinics.team.history import CHANGED, INVITED_AGAIN, REACTIVATED, record
from clinics.team.members import Member, find_member, is_all_of, is_last_leader

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class Refused(Exception):
    """A rule forbids it. The text says why, and what to do instead."""


class TeamConflict(Exception):
    """Somebody else changed the member since the form was opened; nothing was written."""

    def __init__(self, member: Member) -> None:
        self.member = member
        super().__init__(member.name)


def lock_member(actor: AbstractUser, member_id: int, base: str) -> tuple[Any, Member]:
    """The actor and the member as they are now, which nobody else changes in this transaction.

    Users first and by number, then the memberships of the member's places: of two leaders who end
    each other's role, or both their own, the second finds the first one gone.
    """
    users = get_user_model()._default_manager.select_for_update(no_key=True)
    rows = {user.pk: user for user in users.filter(pk__in={actor.pk, member_id}).order_by("pk")}
    pages = Membership.objects.filter(user=member_id).values("page")
    list(Membership.objects.select_for_update().filter(page__in=pages).order_by("pk"))
    now = rows.get(actor.pk)
    if now is None or not now.is_active:
        raise Http404
    member = find_member(now, member_id)
    if member.base != base:
        raise TeamConflict(member)
    return now, member


@transaction.atomic
def change_role(
    actor: AbstractUser, member_id: int, membership_id: int, role: Role, *, base: str
) -> Member:
    """Gives another role at the same place."""
    actor, member = lock_member(actor, member_id, base)
    membership = next((m for m in member.memberships if m.pk == membership_id), None)
    if membership is None:
        raise Http404
    before = Role(membership.role)
    if role == before:
        return member
    _refuse_more_than_own(actor, member, membership, role)
    if Membership.objects.filter(user=member.user, page=membership.page, role=role).exists():
        membership.delete()
    else:
        membership.role = role
        membership.save(update_fields=["role"])
    record(
        CHANGED,
        membership.page,
        member.user,
        by=actor,
        role=role.value,
        before=before.value,
    )
    return member


def _refuse_more_than_own(
    actor: AbstractUser, member: Member, membership: Membership, role: Role
) -> None:
    if role not in roles_given_at(actor, membership.page):
        raise Refused(
            _("You cannot give this role: ask somebody who has more rights than you to do it.")
        )
    if member.user != actor:
        return
    if not is_no_more_than(role, Role(membership.role)):
        raise Refused(_("Nobody gives more rights to themselves: ask a colleague to do it."))
    refuse_last(membership)


def refuse_last(membership: Membership) -> None:
    """Nobody walks away from a team that has no one else to look after it."""
    if is_last_leader(membership):
        raise Refused(
            _(
                "You are the only one who looks after the team of %(place)s. Give somebody else"
                " the role of %(role)s first; an invitation counts once it is accepted."
            )
            % {
                "place": membership.page.title,
                "role": membership.get_role_display().lower(),
            }
        )


@transaction.atomic
def reactivate(actor: AbstractUser, member_id: int, *, base: str) -> Member:
    """Lets a deactivated account sign in again, with the roles that it had."""
    actor, member = lock_member(actor, member_id, base)
    if not member.is_deactivated:
        raise TeamConflict(member)
    if not is_all_of(member):
        raise Refused(_("This account is not yours alone: ask whoever runs the installation."))
    member.user.is_active = True
    member.user.save(update_fields=["is_active"])
    for place in {m.page_id: m.page for m in member.memberships}.values():
        record(REACTIVATED, place, member.user, by=actor)
    return member


@transaction.atomic
def renew_invitation(actor: AbstractUser, member_id: int, *, base: str) -> Member:
    """Makes every link void that was sent before. The new one is the caller's to send, afterwards.

    The link is signed with the password, and a new unusable one is another one.
    """
    actor, member = lock_member(actor, member_id, base)
    if not member.is_waiting:
        raise TeamConflict(member)
    member.user.set_unusable_password()
    member.user.save(update_fields=["password"])
    for place in {m.page_id: m.page for m in member.memberships}.values():
        record(INVITED_AGAIN, place, member.user, by=actor)
    return member
