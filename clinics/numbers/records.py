"""Clinics whose recorded numbers somebody should look at: querysets in and out, no page is read.

The same questions as `clinics.numbers.table` asks of one clinic, for lists and counts of many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.choices import LocationStatus, TextStatus
from clinics.models import ClinicPage, LocationFacts
from clinics.phones import fiction_is_allowed
from clinics.rows import asked_for

if TYPE_CHECKING:
    from collections.abc import Callable

# 555-0100 to 555-0199 of any area code, as it is stored.
_FICTION = r"^\+1[0-9]{3}55501"


def _places() -> QuerySet[LocationFacts]:
    return LocationFacts.objects.exclude(status=LocationStatus.CLOSED)


def _having(clinics: QuerySet[ClinicPage], places: QuerySet[LocationFacts]) -> QuerySet[ClinicPage]:
    return clinics.filter(Exists(places.filter(clinic=OuterRef("pk"))))


def without_number(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """Without a main number at one of their locations, or without a location."""
    missing = Exists(_places().filter(clinic=OuterRef("pk"), main_phone=""))
    return clinics.filter(missing | ~Exists(_places().filter(clinic=OuterRef("pk"))))


def with_unapproved_text(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """With a number for texts that the carriers have not approved (X-05)."""
    waiting = _places().exclude(text_phone="").exclude(text_status=TextStatus.APPROVED)
    return _having(clinics, waiting)


def with_fiction(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """With a number that rings nowhere; nobody where the installation allows them (B-12)."""
    if fiction_is_allowed():
        return clinics.none()
    is_fiction = Q(pk__in=[])
    for name in LocationFacts.PHONE_FIELDS:
        is_fiction |= Q(**{f"{name}__regex": _FICTION})
    return _having(clinics, _places().filter(is_fiction))


def with_shared_number(clinics: QuerySet[ClinicPage]) -> QuerySet[ClinicPage]:
    """With a number that another of these clinics has as well, for whatever use."""
    # Compared here: no database joins four columns with four columns quickly without an index.
    numbers = [Substr(name, 1, len("+12145550142")) for name in LocationFacts.PHONE_FIELDS]
    rows = _places().filter(clinic__in=clinics.values("pk")).values_list("clinic_id", *numbers)
    owners: dict[str, set[int]] = {}
    for clinic, *found in rows:
        for digits in filter(None, found):
            owners.setdefault(digits, set()).add(clinic)
    shared = {pk for those in owners.values() if len(those) > 1 for pk in those}
    return clinics.filter(pk__in=asked_for(shared))


# By the word in the address of a list, with what the list says of itself.
LOOKS: dict[str, tuple[Callable[[QuerySet[ClinicPage]], QuerySet[ClinicPage]], str | Promise]] = {
    "missing": (without_number, _("A location has no main number, or there is no location")),
    "fiction": (with_fiction, _("A number of fiction, which rings nowhere")),
    "shared": (with_shared_number, _("A number that another clinic has as well")),
    "unapproved": (with_unapproved_text, _("A number for texts that is not approved")),
}
