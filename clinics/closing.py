"""Closes and reopens a clinic or a location: who takes the patients in, what was saved out.

Nothing is deleted: a closed clinic keeps its pages, texts and people, and its hosts lead to the
neighbour (`closed_site`). Reopening takes exactly that back; the log tells of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinics.choices import ClinicStatus, LocationStatus
from clinics.edge.changes import bump
from clinics.edge.touching import of_group
from clinics.facts import FactsConflict, facts_of, save_facts
from clinics.models import ClinicFacts, ClinicPage, FranchisePage, LocationFacts, LocationPage
from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import FactsChange

CLOSE_CLINIC = "clinics.close"
REOPEN_CLINIC = "clinics.reopen"
CLOSE_LOCATION = "clinics.location.close"
REOPEN_LOCATION = "clinics.location.reopen"


@dataclass(frozen=True)
class LocationClosing:
    """How a location closes. `new_main` becomes the clinic's main location in its place."""

    status: str
    neighbour: LocationPage | None = None
    new_main: LocationPage | None = None


@transaction.atomic
def close_clinic(
    clinic: ClinicPage,
    neighbour: ClinicPage | None,
    *,
    user: AbstractUser | None,
    base_version: int,
) -> FactsChange | None:
    """From now on the clinic's hosts lead to the neighbour, or say that it has closed.

    Raises FactsConflict, and ValidationError for a clinic that is not open to patients, and for a
    neighbour that is not, is of another group, or leads back here.
    """
    facts = _clinic_unchanged(clinic, base_version)
    if facts.status != ClinicStatus.LIVE:
        raise ValidationError(_("Only a clinic that is open to patients can be closed."))
    if neighbour is not None and not is_open_to_patients(neighbour):
        message = _("%(clinic)s is not open to patients: choose another clinic.")
        raise ValidationError({"neighbour": message % {"clinic": neighbour.title}})
    change = save_facts(
        facts,
        {"status": ClinicStatus.CLOSED, "neighbour": neighbour},
        user=user,
        base_version=base_version,
    )
    name = neighbour.facts.name if neighbour else ""
    log(clinic, CLOSE_CLINIC, user=user, data={"neighbour": name})
    bump_group(clinic)
    return change


@transaction.atomic
def reopen_clinic(
    clinic: ClinicPage, *, user: AbstractUser | None, base_version: int
) -> FactsChange | None:
    """The clinic's hosts answer again with all that they had. Raises FactsConflict, and
    ValidationError for a clinic that has not closed.
    """
    facts = _clinic_unchanged(clinic, base_version)
    if facts.status != ClinicStatus.CLOSED:
        raise ValidationError(_("This clinic has not closed."))
    open_again = {"status": ClinicStatus.LIVE, "neighbour": None}
    change = save_facts(facts, open_again, user=user, base_version=base_version)
    log(clinic, REOPEN_CLINIC, user=user)
    bump_group(clinic)
    return change


@transaction.atomic
def close_location(
    place: LocationPage, closing: LocationClosing, *, user: AbstractUser | None, base_version: int
) -> FactsChange | None:
    """The location's page, buttons and data lead to its neighbour from now on.

    Raises FactsConflict, and ValidationError where the clinic would be without an open location, or
    without a main one.
    """
    facts = _unchanged(place, base_version)
    _one_at_a_time(facts.clinic)
    others = open_places_beside(facts)
    if closing.status == LocationStatus.CLOSED and not others.exists():
        message = _("This is the clinic's last open location: close the clinic instead.")
        raise ValidationError({"status": message})
    if closing.neighbour and not others.filter(page=closing.neighbour).exists():
        message = _("%(name)s is not open: choose another location, or none.")
        raise ValidationError({"neighbour": message % {"name": closing.neighbour.title}})
    if closing.status == LocationStatus.CLOSED and facts.is_primary:
        facts = _hand_over(facts, closing.new_main, user)
    change = save_facts(
        facts,
        {"status": closing.status, "neighbour": closing.neighbour},
        user=user,
        base_version=facts.version,
    )
    log(place, CLOSE_LOCATION, user=user, data={"status": closing.status})
    return change


@transaction.atomic
def reopen_location(
    place: LocationPage, *, user: AbstractUser | None, base_version: int
) -> FactsChange | None:
    """The location answers for itself again. Raises FactsConflict, and ValidationError for one that
    is not closed.
    """
    facts = _unchanged(place, base_version)
    if not facts.status.startswith("CLOSED"):
        raise ValidationError(_("This location has not closed."))
    open_again = {"status": LocationStatus.OPEN, "neighbour": None}
    change = save_facts(facts, open_again, user=user, base_version=base_version)
    log(place, REOPEN_LOCATION, user=user)
    return change


def is_open_to_patients(clinic: ClinicPage) -> bool:
    """Read afresh: what the page object knows may be old."""
    rows = ClinicFacts.objects.filter(clinic=clinic, clinic__live=True)
    return rows.filter(status=ClinicStatus.LIVE).exists()


def open_places_beside(facts: LocationFacts) -> QuerySet[LocationFacts]:
    """The clinic's other locations that patients can go to."""
    others = LocationFacts.objects.filter(clinic=facts.clinic_id, page__live=True)
    others = others.exclude(pk=facts.pk).exclude(status__startswith="CLOSED")
    return others.select_related("page").order_by("-is_primary", "page__path")


def bump_group(clinic: ClinicPage) -> None:
    """What the clinic's site and its group say of it is stale."""
    bump(f"c:{clinic.pk}", *of_group(clinic))


def _one_at_a_time(clinic: ClinicPage) -> None:
    """Two clinics that close into each other at once would both be refused nothing."""
    for pk in FranchisePage.objects.ancestor_of(clinic).values_list("pk", flat=True):
        lock_page(pk)


def _clinic_unchanged(clinic: ClinicPage, base_version: int) -> ClinicFacts:
    """The facts as they were seen; nobody else opens or closes a clinic of the group meanwhile."""
    _one_at_a_time(clinic)
    facts = ClinicFacts.objects.get(clinic=clinic)
    if facts.version != base_version:
        raise FactsConflict(facts)
    return facts


def _unchanged(place: LocationPage, base_version: int) -> LocationFacts:
    facts = LocationFacts.objects.select_related("clinic").get(page=place)
    if facts.version != base_version:
        raise FactsConflict(facts)
    return facts


def _hand_over(
    facts: LocationFacts, new_main: LocationPage | None, user: AbstractUser | None
) -> LocationFacts:
    """The facts as they are once another location is the main one."""
    row = open_places_beside(facts).filter(page=new_main).first() if new_main else None
    if row is None:
        message = _("Choose the location that becomes the main one.")
        raise ValidationError({"new_main": message})
    save_facts(row, {"is_primary": True}, user=user, base_version=row.version)
    again = facts_of(facts.page_id)
    return again if isinstance(again, LocationFacts) else facts
