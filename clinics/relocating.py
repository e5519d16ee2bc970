"""Moves a location: a new address, position, zone and numbers, and perhaps word to patients.

Typed facts in, one change of the location and one of the clinic's notice out, or neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinics.facts import save_facts
from clinics.models import ClinicFacts, LocationFacts, LocationPage
from clinics.open_words import current_time

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import FactsChange

MOVE_LOCATION = "clinics.location.move"
MOVED_FACTS = (
    *("street", "city", "state", "zip_code", "latitude", "longitude", "time_zone"),
    *("parking", "service_areas", "main_phone", "new_patients_phone", "text_phone"),
    *("text_status", "fax"),
)


@dataclass(frozen=True)
class MoveNotice:
    """What every page of the clinic says of the move. `replaces`: instead of what it says now."""

    text: str
    until: datetime | None = None
    replaces: bool = False


@transaction.atomic
def move_location(
    place: LocationPage,
    changes: Mapping[str, Any],
    notice: MoveNotice | None,
    *,
    user: AbstractUser | None,
    base_version: int,
) -> FactsChange | None:
    """Raises FactsConflict, and ValidationError: also for a notice where another one is shown."""
    facts = LocationFacts.objects.select_related("clinic").get(page=place)
    before = [facts.street, facts.city, facts.state, facts.zip_code]
    change = save_facts(facts, changes, user=user, base_version=base_version)
    if notice:
        clinic = ClinicFacts.objects.select_for_update().get(clinic=facts.clinic_id)
        if (shown := notice_shown(clinic)) and not notice.replaces:
            message = _("Patients read “%(notice)s” now: say that it may be replaced.")
            raise ValidationError({"replaces": message % {"notice": shown}})
        words = {"notice": notice.text, "notice_until": notice.until}
        save_facts(clinic, words, user=user, base_version=clinic.version)
    if change:
        log(place, MOVE_LOCATION, user=user, data={"before": before})
    return change


def notice_shown(facts: ClinicFacts) -> str:
    """The notice that patients read now; "" when there is none, or its time is over."""
    is_over = facts.notice_until is not None and facts.notice_until <= current_time()
    return "" if is_over else facts.notice
