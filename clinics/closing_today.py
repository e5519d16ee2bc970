"""Closes all locations of a clinic for today: their special hours get the day, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from clinics.clinic import SpecialInterval
from clinics.facts import save_facts
from clinics.facts_snapshot import facts_snapshot, restored_special_hours
from clinics.models import ClinicFacts, LocationFacts
from clinics.resolve import location_value
from clinics.special_days import today_at, with_special

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

REASON_LENGTH = 80


@transaction.atomic
def close_today(clinic: ClinicFacts, reason: str, *, user: AbstractUser | None) -> list[str]:
    """The names of the locations that were closed; "today" is each location's own.

    Special hours that stood for today alone are replaced. Raises ValidationError where a longer
    range of special hours has today in it.
    """
    closed = []
    places = LocationFacts.objects.select_for_update(of=("self",)).select_related("page")
    for place in places.filter(clinic=clinic.clinic_id).exclude(status="CLOSED").order_by("pk"):
        today = today_at(location_value(place))
        closed_now = SpecialInterval(today, today, label=reason[:REASON_LENGTH])
        rows = with_special(restored_special_hours(facts_snapshot(place)), [closed_now])
        if save_facts(place, {}, user=user, base_version=place.version, special_hours=rows):
            closed.append(place.name)
    return closed
