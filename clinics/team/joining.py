"""Brings somebody into a team: an address, a role and places in, an account with that role out.

The link to a new account goes to its address only, never to the screen: whoever could read it would
be that person, also at clinics which invite them later.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinics.choices import MemberState, Role
from clinics.inviting import NewMember, account_for, send_invitation
from clinics.models import Membership
from clinics.team.changing import Refused
from clinics.team.granting import memberships_led_by, places_led_by, roles_given_at
from clinics.team.history import INVITED, record
from clinics.team.members import Member, name_of, state_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class Joined:
    """`is_waiting`: the account is to be opened with the link of the letter."""

    user: Any
    role: Role
    places: tuple[Page, ...]
    is_waiting: bool


@transaction.atomic
def join_team(actor: AbstractUser, new: NewMember, place_ids: Collection[int]) -> Joined:
    """All of the places or none. Raises `Refused`, and Http404 for a place out of reach.

    The letter is the caller's to send (`send_letter`), once the transaction is through.
    """
    users = get_user_model()._default_manager.select_for_update(no_key=True)
    now = users.filter(pk=actor.pk, is_active=True).first()
    places = tuple(places_led_by(now).filter(pk__in=place_ids)) if now else ()
    if now is None or not places or len(places) != len(set(place_ids)):
        raise Http404
    for place in places:
        _refuse_role(now, new.role, place)
    _refuse_account(now, new.email)
    user, is_new = account_for(new)
    if not is_new:
        # Of two who invite one person at once, the second finds them in the team.
        list(users.filter(pk=user.pk))
        _refuse_member(now, user, places)
        _complete(user, new.name)
    for place in places:
        Membership.objects.create(user=user, role=new.role, page=place)
        record(INVITED, place, user, by=now, role=new.role.value)
    return Joined(user, new.role, places, state_of(user) == MemberState.WAITING)


def send_letter(joined: Joined, *, by: AbstractUser) -> bool:
    """False when the mail could not be sent."""
    return send_invitation(
        joined.user, joined.role, [place.title for place in joined.places], by=by
    )


def send_letter_again(member: Member, *, by: AbstractUser) -> bool:
    """The same for somebody whose invitation was renewed."""
    places = list(dict.fromkeys(m.page.title for m in member.memberships))
    return send_invitation(member.user, member.memberships[0].role, places, by=by)


def _refuse_role(actor: AbstractUser, role: Role, place: Page) -> None:
    given = roles_given_at(actor, place)
    if role not in given:
        labels = get_text_list([str(each.label).lower() for each in given], _("or"))
        raise Refused(
            _("At %(place)s you can invite as %(roles)s: choose another role or another place.")
            % {"place": place.title, "roles": labels}
        )


def _refuse_account(actor: AbstractUser, email: str) -> None:
    """The same words for every reason that lies beyond the actor's reach."""
    if email.lower() == actor.email.lower():
        raise Refused(_("This is your own address: ask a colleague to give you another role."))
    accounts = get_user_model()._default_manager.filter(email__iexact=email)
    closed = [user for user in accounts if not user.is_active or user.is_superuser]
    if not closed or any(user.is_active and not user.is_superuser for user in accounts):
        return
    if memberships_led_by(actor).filter(user__in=closed).exists():
        raise Refused(
            _("%(name)s is in your team, with a deactivated account: reactivate it on their page.")
            % {"name": name_of(closed[0])}
        )
    raise Refused(_("This address cannot be invited here: ask whoever runs the installation."))


def _refuse_member(actor: AbstractUser, user: Any, places: tuple[Page, ...]) -> None:
    taken = memberships_led_by(actor).filter(user=user, page__in=places).select_related("page")
    if not taken:
        return
    words = [
        _("%(place)s as %(role)s")
        % {"place": row.page.title, "role": row.get_role_display().lower()}
        for row in taken
    ]
    raise Refused(
        _("%(name)s belongs to %(places)s already: change the role on their page.")
        % {"name": name_of(user), "places": get_text_list(words, _("and"))}
    )


def _complete(user: Any, name: str) -> None:
    """Somebody who was invited without a name, or whose invitation was withdrawn, gets this one."""
    if state_of(user) == MemberState.WAITING and not user.get_full_name():
        user.first_name, _space, user.last_name = name.strip().partition(" ")
        user.save(update_fields=["first_name", "last_name"])
