"""Steps of the proof that a killed import loses nothing, each a process of its own.

`python -m tests.clinics.bulk.killed_import STEP`, with settings whose database it may fill; prints
one line of JSON. Steps: prepare (ROWS in the environment), work, undo, look.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from hashlib import sha256
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """A world, and an import of ROWS good rows and the thirty faults, checked and begun."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup

    from clinics.bulk.running import begin  # noqa: PLC0415 - as above
    from tests.clinics.bulk.sheets import checked, errors, new  # noqa: PLC0415 - as above
    from tests.clinics.bulk.test_planning import FAULTS  # noqa: PLC0415 - as above
    from tests.factories import build_world  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    world = build_world()
    before = _state()
    count = int(os.environ["ROWS"])
    good: list[dict[str, str]] = [new(location=f"Place {n:04}") for n in range(count - 3)]
    old = [
        {"id": str(page.pk), "fax": "(214) 555-0161", "hours": "Mon 08:00-09:00"}
        for page in (world.uptown, world.plano, world.marina)
    ]
    # Two faults are about locations that the good rows change already.
    bulk = checked(world, *good, *old, *(fault for fault, _column, _remedy in FAULTS))
    named = errors(bulk)
    begin(bulk, world.franchise_admin)
    found = [
        column in named.get(number, {}) and remedy in named[number][column]
        for number, (_cells, column, remedy) in enumerate(FAULTS, start=count + 2)
    ]
    return {"before": before, "named": sum(found), "errors": len(named)}


def work() -> dict[str, Any]:
    """What a worker does until nothing is left."""
    from clinics.bulk.running import run_rows  # noqa: PLC0415 - after django.setup
    from clinics.models import BulkChange  # noqa: PLC0415 - as above

    while (bulk := BulkChange.objects.get()).state == "RUNNING":
        run_rows.func(bulk.pk)
    return look()


def undo() -> dict[str, Any]:
    """Taking it back, until nothing is left."""
    from clinics.bulk.undoing import start_undo, undo_rows  # noqa: PLC0415 - after django.setup
    from clinics.models import BulkChange  # noqa: PLC0415 - as above

    bulk = BulkChange.objects.select_related("made_by").get()
    if bulk.state == "DONE":
        start_undo(bulk, bulk.made_by)
    while (bulk := BulkChange.objects.get()).state == "UNDOING":
        undo_rows.func(bulk.pk)
    return look()


def look() -> dict[str, Any]:
    """Rows by state, and whatever is half: a row that says done without its location, or one
    without its page, facts, hours or revision.
    """
    from clinics.models import BulkChange, BulkRow, LocationFacts, LocationPage  # noqa: PLC0415

    made = BulkRow.objects.filter(is_new=True, state="DONE")
    places = LocationFacts.objects.filter(name__startswith="Place")
    half = [facts.name for facts in places if facts.opening_hours.count() != 5]
    half += [page.title for page in LocationPage.objects.filter(facts=None)]
    half += [page.title for page in LocationPage.objects.filter(latest_revision=None)]
    return {
        "state": BulkChange.objects.get().state,
        "rows": Counter(BulkRow.objects.values_list("state", flat=True)),
        "made": made.count(),
        "places": places.count(),
        "half": half,
        "now": _state(),
    }


def _state() -> str:
    from tests.clinics.bulk.sheets import everything  # noqa: PLC0415 - after django.setup

    return sha256(json.dumps(everything(), sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    django.setup()
    steps = {"prepare": prepare, "work": work, "undo": undo, "look": look}
    print(json.dumps(steps[sys.argv[1]]()))
