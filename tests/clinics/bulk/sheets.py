"""Spreadsheets for tests: rows by column in, an import that is checked out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from clinics.bulk.columns import guess_columns
from clinics.bulk.planning import plan_import
from clinics.bulk.running import run_rows, start
from clinics.facts import facts_snapshot
from clinics.models import BulkChange, BulkRow, LocationFacts, LocationPage
from tests.factories import World

NEW = {
    "clinic": "hillside",
    "location": "Frisco",
    "street": "7 Main Street",
    "city": "Frisco",
    "state": "TX",
    "zip": "75034",
    "main_phone": "(214) 555-0160",
    "hours": "Mon-Fri 08:00-17:00",
}


def new(**cells: str) -> dict[str, str]:
    return {**NEW, **cells}


def checked(world: World, *rows: dict[str, str], user: Any = None, **options: Any) -> BulkChange:
    """An import of these rows, planned by the franchise admin."""
    headers = list(dict.fromkeys(name for row in rows for name in row))
    user = user or world.franchise_admin
    bulk = BulkChange.objects.create(
        franchise=world.franchise,
        title="locations.csv",
        made_by=user,
        headers=headers,
        columns=guess_columns(headers),
        **options,
    )
    BulkRow.objects.bulk_create(
        BulkRow(bulk=bulk, number=n, cells=[row.get(name, "") for name in headers])
        for n, row in enumerate(rows, start=2)
    )
    plan_import(bulk, user)
    bulk.refresh_from_db()
    return bulk


def run(bulk: BulkChange) -> BulkChange:
    """Everything that is due, as a worker does it: until no task asks for another."""
    start(bulk)
    for _more in range(100):
        run_rows.func(bulk.pk)
        bulk.refresh_from_db()
        if bulk.state != "RUNNING":
            return bulk
    raise AssertionError("It never ends.")


def errors(bulk: BulkChange) -> dict[int, dict[str, str]]:
    return {row.number: dict(row.errors) for row in bulk.rows.all() if row.errors}


def states(bulk: BulkChange) -> list[str]:
    return list(bulk.rows.values_list("state", flat=True))


def everything() -> dict[str, Any]:
    """All facts of all locations, by page: what an undo must bring back."""
    return {
        page.slug: facts_snapshot(LocationFacts.objects.get(page=page))
        for page in LocationPage.objects.all()
    }


def csv_file(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()
