"""The undo of a whole import: exactly what was, and what somebody changed since stays."""

from __future__ import annotations

from clinics.bulk.undoing import start_undo, undo_rows
from clinics.facts import facts_of, save_facts
from clinics.models import BulkChange, LocationFacts, LocationPage
from clinics.phones import parse_number
from tests.clinics.bulk.sheets import checked, everything, new, run, states
from tests.factories import World


def undo(bulk: BulkChange, world: World) -> None:
    start_undo(bulk, world.franchise_admin)
    undo_rows.func(bulk.pk)
    bulk.refresh_from_db()


def test_an_undo_brings_everything_back(world: World) -> None:
    before, pages = everything(), set(LocationPage.objects.values_list("path", "title"))
    bulk = run(
        checked(
            world,
            new(),
            new(location="Allen", neighbour="Uptown"),
            {
                "id": str(world.plano.pk),
                "fax": "(214) 555-0161",
                "hours": "Mon 08:00-09:00",
                "special_hours": "2026-12-25 closed",
                "service_areas": "Allen; Frisco",
            },
            {"id": str(world.marina.pk), "status": "CLOSED_FOR_NOW", "latitude": "26.5"},
        )
    )
    assert states(bulk) == ["DONE"] * 4
    assert everything() != before

    undo(bulk, world)

    assert everything() == before
    assert set(LocationPage.objects.values_list("path", "title")) == pages
    assert bulk.state == "UNDONE"
    assert states(bulk) == ["UNDONE"] * 4


def test_what_somebody_changed_since_stays_and_is_named(world: World) -> None:
    bulk = run(
        checked(
            world,
            {"id": str(world.plano.pk), "fax": "(214) 555-0161"},
            {"id": str(world.marina.pk), "fax": "(214) 555-0162"},
            new(),
        )
    )
    plano, frisco = facts_of(world.plano.pk), LocationFacts.objects.get(name="Frisco")
    for facts in (plano, frisco):
        number = {"fax": parse_number("(214) 555-0163")}
        save_facts(facts, number, user=None, base_version=facts.version)

    undo(bulk, world)

    assert states(bulk) == ["KEPT", "UNDONE", "KEPT"]
    assert all(row.note for row in bulk.rows.filter(state="KEPT"))
    assert facts_of(world.plano.pk).fax.display == "(214) 555-0163"
    assert facts_of(world.marina.pk).fax is None
    assert LocationFacts.objects.filter(name="Frisco").exists()


def test_a_new_location_that_others_lean_on_stays(world: World) -> None:
    bulk = run(checked(world, new()))
    page = LocationPage.objects.get(slug="frisco")
    plano = facts_of(world.plano.pk)
    save_facts(plano, {"neighbour": page}, user=None, base_version=plano.version)
    undo(bulk, world)
    assert states(bulk) == ["KEPT"]
    assert "sends its patients" in bulk.rows.get().note


def test_what_was_waiting_is_never_begun(world: World) -> None:
    bulk = checked(world, new())
    BulkChange.objects.filter(pk=bulk.pk).update(state="RUNNING")
    undo(bulk, world)
    assert states(bulk) == ["UNDONE"]
    assert not LocationFacts.objects.filter(name="Frisco").exists()


def test_a_killed_undo_goes_on(world: World) -> None:
    """Undone rows are not undone again: a row says what became of it."""
    before = everything()
    bulk = run(checked(world, new(), {"id": str(world.plano.pk), "fax": "(214) 555-0161"}))
    start_undo(bulk, world.franchise_admin)
    undo_rows.func(bulk.pk)
    BulkChange.objects.filter(pk=bulk.pk).update(state="UNDOING")
    undo_rows.func(bulk.pk)
    assert everything() == before
