"""A change of several locations: one set of values in, a planned row for each location out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clinics.bulk.columns import COLUMN_OF, RESOURCE
from clinics.bulk.known import check_facts, check_right
from clinics.choices import BulkKind, BulkState, RowState
from clinics.clinic import SpecialInterval
from clinics.facts_snapshot import (
    SERVICES,
    SPECIAL_HOURS,
    Snapshot,
    facts_snapshot,
    restored_special_hours,
    special_rows,
)
from clinics.hours_check import check_special
from clinics.models import BulkChange, BulkRow, ClinicPage, FranchisePage, LocationFacts
from clinics.special_days import with_special

if TYPE_CHECKING:
    from django.db.models import QuerySet

# What one form changes at several locations: an address or a name is never the same for two.
EDITED = (
    "status",
    "main_phone",
    "new_patients_phone",
    "text_phone",
    "fax",
    "timezone",
    "parking",
    "hours",
)
CLEARABLE = ("new_patients_phone", "text_phone", "fax", "parking")


@dataclass(frozen=True)
class Edit:
    """`cells` by column, as text; `cleared` columns become blank.

    `special` is added to the special hours of each location, in the place of rows of the same days.
    Services are slugs. `first_day` and `last_day`, both included, are each location's own.
    """

    title: str
    cells: Mapping[str, str] = field(default_factory=dict)
    cleared: tuple[str, ...] = ()
    special: tuple[SpecialInterval, ...] = ()
    added_services: tuple[str, ...] = ()
    removed_services: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Merged:
    """What several locations have in a column: one value, or how many have which."""

    column: str
    values: list[tuple[str, int]]

    @property
    def is_various(self) -> bool:
        return len(self.values) > 1

    @property
    def text(self) -> str:
        return "" if self.is_various or not self.values else self.values[0][0]


def merged(places: QuerySet[LocationFacts]) -> dict[str, Merged]:
    """The values of the edited columns over all locations, the most frequent first."""
    counts: dict[str, Counter[str]] = {column: Counter() for column in EDITED}
    for facts in places.prefetch_related("opening_hours", "special_hours").iterator(500):
        cells = RESOURCE.write(facts_snapshot(facts))
        cells |= {"status": facts.get_status_display(), "timezone": facts.get_time_zone_display()}
        for column, counter in counts.items():
            counter[str(cells[column])] += 1
    return {column: Merged(column, counter.most_common()) for column, counter in counts.items()}


@transaction.atomic
def plan_edit(
    franchise: FranchisePage, places: QuerySet[LocationFacts], edit: Edit, user: Any
) -> BulkChange:
    """Write down what the edit would do at each location and, for services, at each clinic."""
    bulk = BulkChange.objects.create(
        franchise=franchise,
        kind=BulkKind.EDIT,
        title=edit.title[:160],
        made_by=user,
        state=BulkState.CHECKED,
    )
    found = list(places.prefetch_related("opening_hours", "special_hours"))
    rows = list(_location_rows(found, edit, user)) if _is_about_locations(edit) else []
    if edit.added_services or edit.removed_services:
        rows += _clinic_rows({facts.clinic_id for facts in found}, edit, user)
    for number, row in enumerate(rows, start=1):
        row.bulk, row.number = bulk, number
    BulkRow.objects.bulk_create(rows, batch_size=200)
    return bulk


def _is_about_locations(edit: Edit) -> bool:
    return bool(edit.cells or edit.cleared or edit.special)


def _location_rows(found: Iterable[LocationFacts], edit: Edit, user: Any) -> Iterator[BulkRow]:
    for facts in found:
        now = facts_snapshot(facts)
        errors: dict[str, str] = {}
        wanted = _wanted(now, edit, errors)
        changed = [name for name in now if wanted[name] != now[name]]
        check_facts(wanted, changed, errors)
        row = _row(f"{facts.clinic.facts.name} · {facts.name}", now, wanted, changed)
        row.page_id, row.clinic_id = facts.page_id, facts.clinic_id
        _plan_times(row, edit, facts.time_zone)
        yield _judged(row, facts.clinic, user, errors)


def _wanted(now: Snapshot, edit: Edit, errors: dict[str, str]) -> Snapshot:
    cells = {**dict.fromkeys(edit.cleared, ""), **edit.cells}
    wanted, unread = RESOURCE.read(now, cells)
    errors |= unread
    if edit.special:
        rows = with_special(restored_special_hours(now), edit.special)
        try:
            check_special(rows)
        except ValidationError as error:
            errors[COLUMN_OF[SPECIAL_HOURS]] = " ".join(error.messages)
        wanted[SPECIAL_HOURS] = special_rows(rows)
    return wanted


def _clinic_rows(clinic_ids: Iterable[int], edit: Edit, user: Any) -> Iterator[BulkRow]:
    clinics = ClinicPage.objects.filter(pk__in=clinic_ids).select_related("facts")
    for clinic in clinics.prefetch_related("facts__services").order_by("facts__name"):
        now = {SERVICES: sorted(service.slug for service in clinic.facts.services.all())}
        kept = {*now[SERVICES], *edit.added_services} - {*edit.removed_services}
        wanted = {SERVICES: sorted(kept)}
        row = _row(clinic.facts.name, now, wanted, [SERVICES] if wanted != now else [])
        row.page_id, row.clinic_id = clinic.pk, clinic.pk
        _plan_times(row, edit, clinic.facts.time_zone)
        yield _judged(row, clinic, user, {})


def _row(label: str, now: Snapshot, wanted: Snapshot, changed: list[str]) -> BulkRow:
    return BulkRow(
        label=label[:240],
        before={name: now[name] for name in changed},
        after={name: wanted[name] for name in changed},
    )


def _judged(row: BulkRow, clinic: ClinicPage, user: Any, errors: dict[str, str]) -> BulkRow:
    check_right(row, clinic, user, errors)
    row.errors = [[column, message] for column, message in errors.items()]
    row.state = RowState.WAITING if row.after else RowState.SAME
    if errors:
        row.state = RowState.ERROR
    return row


def _plan_times(row: BulkRow, edit: Edit, zone: str) -> None:
    """From midnight of the first day until midnight after the last one, in the place's own zone."""
    if edit.first_day:
        row.starts_at = _midnight(edit.first_day, zone)
    if edit.last_day:
        row.ends_at = _midnight(edit.last_day + timedelta(days=1), zone)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


def edit_title(count: int) -> str:
    """What a change is called when nobody names it."""
    return _("Change of %(count)d locations") % {"count": count}
