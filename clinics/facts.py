"""The only writer of facts: what a person typed in, the row of the log that says so out.

Refuse, write, log and tell what is stale, in one transaction. Facts are never drafted, nothing of
the log is ever deleted, and nobody's change is overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinics.account_names import name_of
from clinics.choices import LocationStatus
from clinics.clinic import HoursInterval, SpecialInterval
from clinics.compliance.gate import refuse_new_services
from clinics.creating import set_hours, set_special_hours
from clinics.edge.changes import bump
from clinics.facts_snapshot import (
    HOURS,
    SERVICES,
    SPECIAL_HOURS,
    Facts,
    Snapshot,
    facts_snapshot,
    restored_facts,
    restored_hours,
    restored_special_hours,
    snapshot_with,
)
from clinics.hours_check import check_special, check_week
from clinics.models import ClinicFacts, FactsChange, LocationFacts
from clinics.suggesting.overtaking import overtake

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

__all__ = [
    "LOG_ACTION",
    "FactsConflict",
    "changed_names",
    "facts_of",
    "facts_snapshot",
    "locked_facts",
    "save_facts",
    "snapshot_at",
    "undo_change",
]

LOG_ACTION = "clinics.facts.change"
_ORDER = dict.fromkeys([*LocationFacts.FACT_FIELDS, *ClinicFacts.FACT_FIELDS, HOURS, SPECIAL_HOURS])


class FactsConflict(Exception):
    """Somebody saved these facts in the meantime. `current` is what is saved now."""

    def __init__(self, current: Facts) -> None:
        super().__init__(f"{current} is at version {current.version}")
        self.current = current


@transaction.atomic
def save_facts(
    facts: Facts,
    changes: Mapping[str, Any],
    *,
    user: AbstractUser | None,
    base_version: int,
    hours: Iterable[HoursInterval] | None = None,
    special_hours: Iterable[SpecialInterval] | None = None,
    suggested_by: AbstractUser | None = None,
) -> FactsChange | None:
    """Save what differs; None when nothing does. `hours` and `special_hours` replace all of theirs.

    `base_version` is the version that the editor saw: FactsConflict when it is not the one that is
    saved. Raises ValidationError. `facts` itself is left alone: read it again afterwards. The log
    names `suggested_by` beside `user`, who approved it.
    """
    current = locked_facts(facts)
    if current.version != base_version:
        raise FactsConflict(current)
    keep_main_location_open(current, changes)
    _keep_a_main_location(current, changes, user)
    if isinstance(current, ClinicFacts) and SERVICES in changes:
        refuse_new_services(current, changes[SERVICES])
    return _write(
        current,
        changes,
        user,
        _listed(hours),
        _listed(special_hours),
        suggested_by=suggested_by,
    )


@transaction.atomic
def undo_change(
    change: FactsChange, *, user: AbstractUser | None, base_version: int
) -> FactsChange | None:
    """Put back what this change changed, as a new change; None when there is nothing to put back.

    What other changes did stays. FactsConflict when one of the same facts was changed again since:
    an undo must not bring an old number back unseen.
    """
    facts = facts_of(change.page_id)
    names = changed_names(change)
    now = facts_snapshot(facts)
    if any(now.get(name) != change.after[name] for name in names):
        raise FactsConflict(facts)
    before = change.before
    return save_facts(
        facts,
        restored_facts(facts, {name: before[name] for name in names}),
        user=user,
        base_version=base_version,
        hours=restored_hours(before) if HOURS in names else None,
        special_hours=restored_special_hours(before) if SPECIAL_HOURS in names else None,
    )


def changed_names(change: FactsChange) -> tuple[str, ...]:
    """The facts that a change changed. PostgreSQL keeps no order of keys: ours is the form's."""
    before, after = change.before, change.after
    return tuple(name for name in _ORDER if name in after and before.get(name) != after[name])


def facts_of(page_id: int) -> Facts:
    """The facts of a clinic's home page or of a location's page."""
    location = LocationFacts.objects.filter(page_id=page_id).first()
    return location or ClinicFacts.objects.get(clinic_id=page_id)


def locked_facts(facts: Facts) -> Facts:
    """The facts as they are saved now; until the transaction ends nobody else saves them."""
    return type(facts)._default_manager.select_for_update().get(pk=facts.pk)


def snapshot_at(facts: Facts, version: int) -> Snapshot:
    """What was saved at an older version, by the log; empty when the log does not know."""
    change = FactsChange.objects.filter(page_id=facts.page.pk, version=version + 1).first()
    return change.before if change else {}


def _write(
    current: Facts,
    changes: Mapping[str, Any],
    user: AbstractUser | None,
    hours: list[HoursInterval] | None = None,
    special_hours: list[SpecialInterval] | None = None,
    *,
    suggested_by: AbstractUser | None = None,
) -> FactsChange | None:
    before = facts_snapshot(current)
    _assign(current, changes)
    check_week(hours or ())
    check_special(special_hours or ())
    services = {SERVICES: list(changes[SERVICES])} if SERVICES in changes else {}
    after = snapshot_with(current, services, hours, special_hours)
    if after == before:
        return None
    current.version += 1
    current.save()
    if services and isinstance(current, ClinicFacts):
        current.services.set(services[SERVICES])
    if hours is not None:
        set_hours(_location(current), hours)
    if special_hours is not None:
        set_special_hours(_location(current), special_hours)
    return _record(current, user, before, after, suggested_by=suggested_by)


def _assign(current: Facts, changes: Mapping[str, Any]) -> None:
    """Only the changed fields are checked: an older rule must not block a new number."""
    unknown = set(changes) - set(current.FACT_FIELDS)
    if unknown:
        raise ValueError(f"Not facts: {', '.join(sorted(unknown))}")
    for name, value in changes.items():
        if name != SERVICES:
            setattr(current, name, value)
    if changes:
        names = {field.name for field in current._meta.fields}
        current.full_clean(exclude=names - set(changes))


def _record(
    current: Facts,
    user: AbstractUser | None,
    before: Snapshot,
    after: Snapshot,
    *,
    suggested_by: AbstractUser | None,
) -> FactsChange:
    change = FactsChange.objects.create(
        page_id=current.page.pk,
        version=current.version,
        changed_by=user,
        suggested_by=suggested_by,
        before=before,
        after=after,
    )
    data: dict[str, Any] = {"facts": list(changed_names(change)), "version": change.version}
    if suggested_by:
        data["suggested_by"] = name_of(suggested_by)
    log(current.page, LOG_ACTION, user=user, data=data)
    overtake(change)
    bump(f"c:{current.clinic_id}")
    return change


def _keep_a_main_location(
    current: Facts, changes: Mapping[str, Any], user: AbstractUser | None
) -> None:
    """A clinic has one main location at any time: the mark is handed over, never taken away."""
    if not isinstance(current, LocationFacts) or "is_primary" not in changes:
        return
    if current.is_primary and not changes["is_primary"]:
        message = _("A clinic needs a main location: make another one the main location instead.")
        raise ValidationError({"is_primary": message})
    if changes["is_primary"] and not current.is_primary:
        for other in LocationFacts.objects.select_for_update().filter(
            clinic_id=current.clinic_id, is_primary=True
        ):
            _write(other, {"is_primary": False}, user)


def keep_main_location_open(current: Facts, changes: Mapping[str, Any]) -> None:
    """What stands for the whole clinic is not closed for good, and so never its last location."""
    if not isinstance(current, LocationFacts):
        return
    status = changes.get("status", current.status)
    is_main = changes.get("is_primary", current.is_primary)
    was = (current.status, current.is_primary)
    if status == LocationStatus.CLOSED and is_main and was != (status, is_main):
        message = _("The main location stays open: make another one the main location first.")
        raise ValidationError({"status": message})


def _location(facts: Facts) -> LocationFacts:
    if not isinstance(facts, LocationFacts):
        raise ValueError("Only a location has hours.")
    return facts


def _listed[T](rows: Iterable[T] | None) -> list[T] | None:
    return None if rows is None else list(rows)
