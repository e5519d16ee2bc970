"""Which numbers another clinic has in its record: numbers in, those that are not only ours out."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from clinics.campaigns import campaigns_of
from clinics.choices import LocationStatus
from clinics.models import LocationFacts
from clinics.phones import Number

if TYPE_CHECKING:
    from clinics.clinic import Clinic


def recorded_elsewhere(digits: Collection[str], clinic: Clinic | None) -> frozenset[str]:
    """Those of these numbers (E.164) that a clinic other than this one has; one query.

    `clinic` None asks for those that any clinic has.
    """
    wanted = {each for each in digits if each.startswith("+1")}
    if not wanted:
        return frozenset()
    rows = _with_any_of(wanted)
    if clinic is not None:
        rows = rows.exclude(clinic_id=clinic.page_id)
    found = set()
    for facts in rows.only(*LocationFacts.PHONE_FIELDS, "campaign_numbers"):
        numbers: list[Number | None] = [getattr(facts, name) for name in facts.PHONE_FIELDS]
        numbers += campaigns_of(facts.campaign_numbers).values()
        found |= {number.e164 for number in numbers if number}
    return frozenset(found & wanted)


def _with_any_of(wanted: Collection[str]) -> QuerySet[LocationFacts]:
    is_one = Q(pk__in=[])
    for digits in wanted:
        for name in LocationFacts.PHONE_FIELDS:
            is_one |= Q(**{f"{name}__startswith": digits})
        is_one |= Q(campaigns__contains=Number(digits).display)
    rows = LocationFacts.objects.alias(campaigns=Cast("campaign_numbers", TextField()))
    return rows.filter(is_one).exclude(status=LocationStatus.CLOSED)
