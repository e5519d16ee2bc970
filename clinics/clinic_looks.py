"""Clinics that somebody of the franchise should look at: querysets in and out, by a word.

The word stands in the address of the list of clinics, so that a count on the front page leads to
the very clinics that were counted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.choices import ClinicStatus, LocationStatus, Role
from clinics.models import ClinicPage, LocationFacts, Membership, SpecialHours


def preparing(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """Not open to patients yet."""
    return clinics.filter(facts__status=ClinicStatus.PREPARING)


def unattended(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """In service, and without anybody who may publish there."""
    people = Membership.objects.filter(
        page=OuterRef("page_ptr"), role=Role.CLINIC_PUBLISHER, user__is_active=True
    )
    return clinics.filter(~Exists(people), facts__status=ClinicStatus.LIVE)


def undecided_on(clinics: QuerySet[ClinicPage], day: date) -> QuerySet[ClinicPage]:
    """In service, with an open location that has said nothing about this day (H-05)."""
    said = SpecialHours.objects.filter(
        location=OuterRef("pk"), first_date__lte=day, last_date__gte=day
    )
    silent = LocationFacts.objects.filter(~Exists(said), status=LocationStatus.OPEN)
    silent = silent.filter(clinic=OuterRef("pk"), page__live=True)
    return clinics.filter(Exists(silent), facts__status=ClinicStatus.LIVE)


LOOKS: dict[str, tuple[Callable[[QuerySet[ClinicPage]], QuerySet[ClinicPage]], str | Promise]] = {
    "preparing": (preparing, _("Not open to patients yet")),
    "unattended": (unattended, _("Nobody may publish there")),
}


def looked_at(
    clinics: QuerySet[ClinicPage], look: str, day: str
) -> tuple[QuerySet[ClinicPage], str | Promise]:
    """The clinics that ?look= and ?day= keep, with what they have in common; all of them and "" for
    anything that is not asked for here."""
    if look in LOOKS:
        keep, words = LOOKS[look]
        return keep(clinics), words
    if look == "holiday":
        try:
            return undecided_on(clinics, date.fromisoformat(day)), _("Hours of a holiday to set")
        except ValueError:
            pass
    return clinics, ""
