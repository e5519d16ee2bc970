"""Founds a clinic: everything that a new one needs, in one transaction, not yet seen by patients.

Typed values in, the home page and the accounts that were made out. The wizard and the command
`create_clinic` both go through here; apps above this one add their part to `AFTER_FOUNDING`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from clinics.choices import ClinicStatus
from clinics.clinic import HoursInterval
from clinics.creating import NewClinic, create_clinic, create_location
from clinics.inviting import Invitation, NewMember, invite
from clinics.models import ClinicPage, FranchisePage, HostAlias, LocalPage, Service
from clinics.team.history import INVITED, record

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

# Each is given the new clinic, within the transaction.
AFTER_FOUNDING: list[Callable[[ClinicPage], object]] = []

_COPIED_FACTS = ("specialties", "infusion_minutes", "observation_minutes", "review_first")
_COPIED_TEXTS = ("title", "intro", "body", "show_in_menus", "in_footer", "template_version")


@dataclass(frozen=True)
class Founding:
    """What the wizard asks. `location` are columns of `LocationFacts`; `like` is copied from."""

    new: NewClinic
    location: Mapping[str, Any]
    hours: tuple[HoursInterval, ...] = ()
    services: tuple[Service, ...] = ()
    members: tuple[NewMember, ...] = ()
    like: ClinicPage | None = None


@dataclass(frozen=True)
class Founded:
    clinic: ClinicPage
    invitations: list[Invitation]


@transaction.atomic
def found_clinic(
    franchise: FranchisePage, founding: Founding, *, user: AbstractUser | None, port: int = 80
) -> Founded:
    """All of it or nothing. Raises ValidationError for facts that the database refuses."""
    clinic = create_clinic(franchise, founding.new, port=port)
    clinic.facts.status = ClinicStatus.PREPARING
    if founding.like:
        _copy(founding.like, clinic)
    clinic.facts.save()
    clinic.facts.services.set(founding.services)
    create_location(clinic, founding.location, founding.hours)
    for each in AFTER_FOUNDING:
        each(clinic)
    invitations = [invite(member, clinic, by=user) for member in founding.members]
    log(clinic, "wagtail.create", user=user, title=clinic.title)
    for member, invited in zip(founding.members, invitations, strict=True):
        record(INVITED, clinic.page_ptr, invited.user, by=user, role=member.role.value)
    return Founded(clinic, invitations)


def host_problem(host: str) -> str:
    """Why a new clinic cannot have this host name; "" when it can."""
    is_admins = host == settings.ADMIN_HOST
    if is_admins or any(m.objects.filter(hostname=host).exists() for m in (Site, HostAlias)):
        return _("%(host)s is in use: choose another host name.") % {"host": host}
    return ""


def _copy(source: ClinicPage, clinic: ClinicPage) -> None:
    """What says nothing of a place or a person: texts of pages, and how the clinic works."""
    for name in _COPIED_FACTS:
        setattr(clinic.facts, name, getattr(source.facts, name))
    pages = {page.slug: page for page in LocalPage.objects.child_of(source).live()}
    for page in LocalPage.objects.child_of(clinic):
        if original := pages.get(page.slug):
            for name in _COPIED_TEXTS:
                setattr(page, name, getattr(original, name))
            page.draft_title = page.title
            page.save_revision().publish()
