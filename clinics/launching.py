"""What a clinic needs before patients see it: a registry of checks, and the launch itself.

A clinic in; for each check whether it holds, what to do and where. All that are a must hold before
the clinic's host answers; for a clinic that is live already the same list is a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Site

from clinics.brand import normalise_brand
from clinics.choices import ClinicStatus, LocationStatus, Role, TextStatus
from clinics.models import ClinicFacts, ClinicPage, LocationFacts, Membership
from clinics.phones import rings_nowhere

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


@dataclass(frozen=True)
class Check:
    """One line of the checklist. `remedy` and `url` say what to do and where.

    `law` names what asks for it, "" for what patients need anyway. What is no must is advice: the
    clinic goes live without.
    """

    label: str
    holds: bool
    remedy: str = ""
    url: str = ""
    law: str = ""
    is_must: bool = True

    @property
    def is_in_the_way(self) -> bool:
        return self.is_must and not self.holds


type Checker = Callable[[ClinicPage], Check]

CHECKS: list[Checker] = []
# What checks read and takes longer than a request: for commands, which find it out beforehand.
PREPARATIONS: list[Callable[[ClinicPage], object]] = []
LAUNCH_ACTION = "clinics.launch"


class NotReady(Exception):
    """A clinic cannot go live while a check fails. `checks` are those."""

    def __init__(self, checks: Iterable[Check]) -> None:
        self.checks = list(checks)
        super().__init__("; ".join(check.remedy for check in self.checks))


def register_check(checker: Checker) -> Checker:
    """A decorator. The list is shown in the order in which checks were registered."""
    CHECKS.append(checker)
    return checker


def prepare(clinic: ClinicPage) -> None:
    """Find out what the checks read, however long it takes."""
    for each in PREPARATIONS:
        each(clinic)


def checklist(clinic: ClinicPage) -> list[Check]:
    """Every check as it is now."""
    return [checker(clinic) for checker in CHECKS]


@transaction.atomic
def launch(clinic: ClinicPage, *, user: AbstractUser | None) -> None:
    """From now on the clinic's host answers. Raises NotReady, and changes nothing then.

    A clinic that has closed is opened again by `clinics.closing`, which puts its neighbour back.
    """
    facts = ClinicFacts.objects.select_for_update().get(clinic=clinic)
    failing = [check for check in checklist(clinic) if check.is_in_the_way]
    if failing:
        raise NotReady(failing)
    if facts.status == ClinicStatus.PREPARING:
        facts.status = ClinicStatus.LIVE
        facts.save(update_fields=["status"])
        log(clinic, LAUNCH_ACTION, user=user)


# The checks of this app


@register_check
def has_host(clinic: ClinicPage) -> Check:
    site = Site.objects.filter(root_page=clinic).first()
    label = _("Host name: %(host)s") % {"host": site.hostname if site else _("none")}
    remedy = _("The clinic has no host name: ask for one.")
    return Check(label, site is not None, remedy, reverse("my_clinic:manage", args=[clinic.pk]))


@register_check
def has_main_location(clinic: ClinicPage) -> Check:
    main = _open_locations(clinic).filter(is_primary=True).first()
    return _fact_check(
        clinic,
        _("Main location with address and number"),
        main is not None,
        _("Mark one location as the main one, or add one."),
    )


@register_check
def has_hours(clinic: ClinicPage) -> Check:
    without = _open_locations(clinic).filter(opening_hours=None, special_hours=None)
    names = ", ".join(without.values_list("name", flat=True))
    remedy = _("Enter the opening hours of %(names)s.") % {"names": names}
    url = reverse("my_clinic:hours", args=[clinic.pk])
    return Check(_("Opening hours of every location"), not names, remedy, url)


@register_check
def has_real_numbers(clinic: ClinicPage) -> Check:
    """B-12: 555-0100 to 555-0199 are reserved for fiction."""
    places = _open_locations(clinic)
    unreal = [
        number.display
        for place in places
        for number in (getattr(place, name) for name in place.PHONE_FIELDS)
        if number and rings_nowhere(number)
    ]
    remedy = _("%(numbers)s ring nowhere: enter the clinic's own.") % {"numbers": ", ".join(unreal)}
    return _fact_check(clinic, _("Numbers that ring at the clinic"), not unreal, remedy)


@register_check
def has_text_registration(clinic: ClinicPage) -> Check:
    """X-05: a text button only for a number that the carriers have approved."""
    waiting = _open_locations(clinic).exclude(text_phone=None)
    waiting = waiting.exclude(text_status=TextStatus.APPROVED)
    names = ", ".join(place.name for place in waiting if place.text_phone)
    remedy = _(
        "The carriers have not approved the text number of %(names)s: wait, or take it out."
    ) % {"names": names}
    return _fact_check(clinic, _("Text numbers are approved"), not names, remedy)


@register_check
def has_services(clinic: ClinicPage) -> Check:
    remedy = _("Choose at least one: articles about the others are not offered.")
    return _fact_check(clinic, _("Services"), clinic.facts.services.exists(), remedy)


@register_check
def has_readable_brand(clinic: ClinicPage) -> Check:
    """W-06."""
    try:
        normalise_brand(clinic.brand_primary, clinic.brand_accent)
    except ValidationError as error:
        remedy = " ".join(error.messages)
    else:
        remedy = ""
    url = reverse("wagtailadmin_pages:edit", args=[clinic.pk]) + "#tab-brand"
    return Check(_("Colours that everybody can read"), not remedy, remedy, url)


@register_check
def has_publisher(clinic: ClinicPage) -> Check:
    members = Membership.objects.filter(
        page=clinic.page_ptr, role=Role.CLINIC_PUBLISHER, user__is_active=True
    )
    remedy = _("Invite a clinic publisher: nobody could correct anything on this site.")
    url = reverse("my_clinic:team", args=[clinic.pk])
    return Check(_("Somebody who looks after the site"), members.exists(), remedy, url)


def _open_locations(clinic: ClinicPage) -> QuerySet[LocationFacts]:
    facts = LocationFacts.objects.filter(clinic=clinic, page__live=True)
    return facts.exclude(status=LocationStatus.CLOSED)


def _fact_check(clinic: ClinicPage, label: str, holds: bool, remedy: str) -> Check:
    return Check(label, holds, remedy, reverse("my_clinic:contact", args=[clinic.pk]))
