"""Whether a person may stand for a medical text: a person and a day in, the reason against it out.

A license is verified in exactly one wording: name, state, number and end. Whatever of these changes
afterwards is not verified any more, whoever changed it and by whatever way.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinics.models import Person
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

LOG_VERIFIED = "clinics.person.license_verified"


def credential_problem(person: Person, day: date) -> str:
    """Why the person may not review on this day, and what to do about it; "" when they may."""
    words = {"name": person.name}
    if not person.is_reviewer:
        return _("%(name)s is not named as a reviewer: tick “reviews articles”.") % words
    if not person.license_number:
        text = _("No license of %(name)s is on record: enter state, number and end, and verify it.")
        return text % words
    if not person.is_license_verified:
        text = _(
            "The license of %(name)s is not verified, or was changed since: somebody who runs the "
            "franchise looks it up and verifies it."
        )
        return text % words
    end = person.license_end_date
    if end is None or end < day:
        when = date_format(end, "DATE_FORMAT") if end else _("an unknown day")
        text = _("The license of %(name)s ended on %(end)s: enter the renewed one and verify it.")
        return text % {**words, "end": when}
    return ""


def shown_license(person: Person, day: date) -> str:
    """The license as patients read it: verified and not over, else ""."""
    end = person.license_end_date
    holds = person.is_license_verified and end is not None and day <= end
    return person.license_words if holds else ""


def license_ends_at(person: Person) -> datetime | None:
    """The moment from which the license is not shown any more."""
    end = person.license_end_date
    if end is None or not person.is_license_verified:
        return None
    return timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))


def may_verify(user: AbstractUser, person: Person) -> bool:
    """True for whoever runs the franchise of the person's clinic; nobody verifies their own."""
    if person.account_id and person.account_id == user.pk:
        return False
    if user.is_active and user.is_superuser:
        return True
    return person.clinic is not None and right_at(user, "clinics", person.clinic) == YES


@transaction.atomic
def verify_license(person: Person, *, account: AbstractUser | None, user: AbstractUser) -> Person:
    """Note that the user has looked the license up, and under which account the person works.

    Raises PermissionDenied, and ValidationError for a license that is incomplete or an account
    that is somebody else's.
    """
    row = Person.objects.select_for_update().select_related(None).get(pk=person.pk)
    if not may_verify(user, row) or (account is not None and account.pk == user.pk):
        raise PermissionDenied
    if not (row.license_state and row.license_number and row.license_end_date):
        raise ValidationError(_("Enter state, number and end of the license first."))
    if account is not None and Person.objects.filter(account=account).exclude(pk=row.pk).exists():
        raise ValidationError(_("This account belongs to another person: choose the right one."))
    row.verified_license = row.license_key
    row.verified_at, row.verified_by_id = timezone.now(), user.pk
    row.account_id = account.pk if account else None
    row.save()
    log(row, LOG_VERIFIED, user=user, data={"license": row.license_words})
    return row


def person_of(user: AbstractUser) -> Person | None:
    """Who the user is as a person of the group."""
    return Person.objects.filter(account=user.pk).first()
