"""All facts of a clinic or a location as one plain value, and back: for the log, undo and merging.

Phones are stored text, services slugs, dates ISO text, so that a snapshot is JSON. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Model

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.hours import order_of
from clinics.models import ClinicFacts, LocationFacts, Service
from clinics.phones import Number

type Facts = ClinicFacts | LocationFacts
type Snapshot = dict[str, Any]

HOURS = "hours"
SPECIAL_HOURS = "special_hours"
SERVICES = "services"


def facts_snapshot(facts: Facts) -> Snapshot:
    """All facts as JSON values: phones as stored text, services by slug, dates as ISO text."""
    snapshot = {
        name: _stored(getattr(facts, name)) for name in facts.FACT_FIELDS if name != SERVICES
    }
    if isinstance(facts, ClinicFacts):
        return snapshot | {SERVICES: sorted(service.slug for service in facts.services.all())}
    hours = [
        HoursInterval(row.weekday, row.opens, row.closes, row.by_appointment)
        for row in facts.opening_hours.all()
    ]
    special = [
        SpecialInterval(row.first_date, row.last_date, row.opens, row.closes, row.label)
        for row in facts.special_hours.all()
    ]
    return snapshot | {HOURS: hours_rows(hours), SPECIAL_HOURS: special_rows(special)}


def blank_snapshot() -> Snapshot:
    """What a location has before anything is entered: the defaults of its columns, and no hours."""
    columns: Iterable[Any] = map(LocationFacts._meta.get_field, LocationFacts.FACT_FIELDS)
    blank = {column.name: _stored(column.to_python(column.get_default())) for column in columns}
    return blank | {HOURS: [], SPECIAL_HOURS: []}


def snapshot_with(
    facts: Facts,
    changes: Mapping[str, Any],
    hours: Iterable[HoursInterval] | None = None,
    special_hours: Iterable[SpecialInterval] | None = None,
) -> Snapshot:
    """What the snapshot would be with these changes. Writes nothing."""
    snapshot = facts_snapshot(facts)
    snapshot |= {name: _stored(value) for name, value in changes.items() if name != SERVICES}
    if SERVICES in changes:
        snapshot[SERVICES] = sorted(service.slug for service in changes[SERVICES])
    if hours is not None:
        snapshot[HOURS] = hours_rows(hours)
    if special_hours is not None:
        snapshot[SPECIAL_HOURS] = special_rows(special_hours)
    return snapshot


def restored_facts(facts: Facts, snapshot: Snapshot) -> dict[str, Any]:
    """The facts of a snapshot as `save_facts` takes them. A service that is gone is left out."""
    fields = {field.name: field for field in facts._meta.concrete_fields}
    values = {
        name: _restored(fields[name], stored)
        for name, stored in snapshot.items()
        if name in facts.FACT_FIELDS and name != SERVICES
    }
    if SERVICES in snapshot:
        values[SERVICES] = list(Service.objects.filter(slug__in=snapshot[SERVICES]))
    return values


def restored_hours(snapshot: Snapshot) -> list[HoursInterval]:
    return [HoursInterval(**row) for row in snapshot[HOURS]]


def restored_special_hours(snapshot: Snapshot) -> list[SpecialInterval]:
    return [
        SpecialInterval(
            date.fromisoformat(row["first_date"]),
            date.fromisoformat(row["last_date"]),
            row["opens"],
            row["closes"],
            row["label"],
        )
        for row in snapshot[SPECIAL_HOURS]
    ]


def _restored(field: Any, stored: Any) -> Any:
    """A page or person that is gone by now is None."""
    if field.is_relation:
        return field.related_model.objects.filter(pk=stored).first()
    return field.to_python(stored)


def _stored(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.stored if isinstance(value, Number) else value


def hours_rows(hours: Iterable[HoursInterval]) -> list[dict[str, Any]]:
    return [asdict(row) for row in sorted(hours, key=order_of)]


def special_rows(rows: Iterable[SpecialInterval]) -> list[dict[str, str]]:
    ordered = sorted(rows, key=lambda row: (row.first_date, row.last_date, row.opens))
    return [
        asdict(row)
        | {"first_date": row.first_date.isoformat(), "last_date": row.last_date.isoformat()}
        for row in ordered
    ]
