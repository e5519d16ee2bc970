"""Invites somebody to a clinic: an account without a password, a role, and a link to choose one.

The link is Django's token for setting a password: it works once, for PASSWORD_RESET_TIMEOUT.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from clinics.account_names import name_of
from clinics.choices import Role
from clinics.models import ClinicPage, Membership

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

STAFF_GROUP = "Staff"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NewMember:
    """Somebody who will work for the clinic."""

    email: str
    role: Role
    name: str = ""


@dataclass(frozen=True)
class Invitation:
    """`url` is "" for somebody who has an account already.

    Whoever invites somebody else's new colleague must not get the link that opens their account.
    """

    user: Any
    role: str
    url: str = ""


def invite(member: NewMember, clinic: ClinicPage, *, by: AbstractUser | None) -> Invitation:
    """The account, made where there is none for the address, and its role at the clinic.

    A mail with the link is sent once the transaction is through.
    """
    user, is_new = account_for(member)
    Membership.objects.get_or_create(user=user, role=member.role, page=clinic.page_ptr)
    url = welcome_url(user) if is_new else ""
    invitation = Invitation(user, str(Role(member.role).label), url)
    transaction.on_commit(lambda: send_invitation(user, member.role, [clinic.title], by=by))
    return invitation


def account_for(member: NewMember) -> tuple[Any, bool]:
    """The account of the address, and whether it was made just now. It may sign in to the admin."""
    users = get_user_model()._default_manager
    has_address = users.filter(email__iexact=member.email)
    user, is_new = has_address.order_by("is_superuser", "-is_active", "pk").first(), False
    if user is None:
        first, _space, last = member.name.strip().partition(" ")
        names = {"email": member.email, "first_name": first, "last_name": last}
        # Of two people who invite the same address at once, the second finds the first one's.
        user, is_new = users.get_or_create(username=_free_name(member.email), defaults=names)
    if is_new:
        user.set_unusable_password()
        user.save()
    user.groups.add(staff_group())
    return user, is_new


def _free_name(email: str) -> str:
    """The address as a user name; numbered where somebody with another address has it by now."""
    taken = get_user_model()._default_manager.exclude(email__iexact=email)
    # A user name has at most 150 characters.
    wished, number = email.lower()[:140], 1
    name = wished
    while taken.filter(username=name).exists():
        number += 1
        name = f"{wished}-{number}"
    return name


def welcome_url(user: Any) -> str:
    """Where the invited choose their password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("clinics_welcome", args=[uid, default_token_generator.make_token(user)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def staff_group() -> Group:
    """The one group of everybody who may sign in to the admin; rights come from memberships."""
    group, _created = Group.objects.get_or_create(name=STAFF_GROUP)
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(access)
    return group


def send_invitation(
    user: Any, role: Role | str, places: Sequence[str], *, by: AbstractUser | None
) -> bool:
    """False when the mail could not be sent: a mail server that is down stops nobody."""
    names = get_text_list(list(places), _("and"))
    words = {
        "user": user,
        "role": str(Role(role).label).lower(),
        "url": "" if user.has_usable_password() else welcome_url(user),
        "clinic": names,
        "by": name_of(by),
        "login_url": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}",
    }
    # A subject has one line, and a long list of clinics stands in the letter.
    place = places[0] if len(places) == 1 else _("%(count)s clinics") % {"count": len(places)}
    subject = " ".join((_("Your account for %(clinic)s") % {"clinic": place}).split())
    body = render_to_string("clinics/mail/invitation.txt", words)
    try:
        send_mail(subject, body, None, [user.email])
    except (SMTPException, OSError):
        logger.exception("The invitation for account %s was not sent.", user.pk)
        return False
    return True
