"""A run: one row, one transaction, one line of the journal; and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from clinics.bulk import running
from clinics.bulk.running import do_row, run_row, run_rows, start
from clinics.facts import facts_of, save_facts
from clinics.models import BulkChange, FactsChange, LocationFacts, LocationPage, Membership
from clinics.phones import parse_number
from tests.clinics.bulk.sheets import checked, new, run, states
from tests.factories import World

HOURS = "Mon-Fri 08:00-17:00"


def test_what_was_planned_is_done_and_logged(world: World) -> None:
    bulk = checked(
        world,
        new(special_hours="2026-12-25 closed Christmas", text_phone="214 555 0162"),
        {"id": str(world.plano.pk), "fax": "(214) 555-0161", "hours": HOURS},
        new(location="Nowhere", zip="1-2"),
    )
    run(bulk)
    assert states(bulk) == ["DONE", "DONE", "ERROR"]
    assert bulk.state == "DONE"
    made = LocationFacts.objects.get(name="Frisco")
    assert made.page.live
    assert made.page.url_path.endswith("/hillside/locations/frisco/")
    assert made.special_hours.get().label == "Christmas"
    assert made.opening_hours.count() == 5
    assert not made.is_primary
    change = bulk.rows.get(number=3).change
    assert change == FactsChange.objects.filter(page=world.plano).first()
    assert change.changed_by == world.franchise_admin
    assert str(facts_of(world.plano.pk).fax) == str(parse_number("(214) 555-0161"))


def test_a_fact_that_somebody_changed_since_is_left_alone(world: World) -> None:
    """No acknowledged edit is overwritten: the row says so and what to do."""
    plano = facts_of(world.plano.pk)
    bulk = checked(
        world,
        {"id": str(world.plano.pk), "fax": "(214) 555-0161"},
        {"id": str(world.uptown.pk), "fax": "(214) 555-0162"},
    )
    save_facts(plano, {"fax": parse_number("(214) 555-0163")}, user=None, base_version=1)
    uptown = facts_of(world.uptown.pk)
    save_facts(uptown, {"city": "Austin"}, user=None, base_version=uptown.version)

    run(bulk)

    assert states(bulk) == ["FAILED", "DONE"]
    assert "check again" in bulk.rows.get(number=2).note
    assert facts_of(world.plano.pk).fax.display == "(214) 555-0163"
    now = facts_of(world.uptown.pk)
    assert (now.city, now.fax.display) == ("Austin", "(214) 555-0162")


def test_rights_are_asked_again_for_every_row(world: World) -> None:
    """Rule 17: a right that ended after the check ends the run's too."""
    bulk = checked(world, {"id": str(world.plano.pk), "fax": "(214) 555-0161"}, new())
    Membership.objects.filter(user=world.franchise_admin).delete()
    run(bulk)
    assert states(bulk) == ["FAILED", "FAILED"]
    assert "may not change it any more" in bulk.rows.first().note
    assert not LocationPage.objects.filter(slug="frisco").exists()


def test_a_name_that_was_taken_since_is_not_made_twice(world: World) -> None:
    first, second = checked(world, new()), checked(world, new())
    run(first)
    run(second)
    assert states(second) == ["FAILED"]
    assert LocationFacts.objects.filter(name="Frisco").count() == 1


class KilledError(BaseException):
    """As a signal would: no handler of ours sees it."""


def test_a_killed_run_leaves_whole_rows_and_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulk = checked(world, *(new(location=f"Place {n}") for n in range(4)))
    real, calls = running.log, []

    def killed(page: Any, *args: Any, **kwargs: Any) -> Any:
        calls.append(page)
        if len(calls) == 3:
            raise KilledError
        return real(page, *args, **kwargs)

    start(bulk)
    monkeypatch.setattr(running, "log", killed)
    with pytest.raises(KilledError):
        run_rows.func(bulk.pk)
    monkeypatch.setattr(running, "log", real)
    bulk.refresh_from_db()
    assert bulk.state == "RUNNING"
    assert states(bulk) == ["DONE", "DONE", "WAITING", "WAITING"]
    assert LocationFacts.objects.filter(name__startswith="Place").count() == 2

    run(bulk)

    assert states(bulk) == ["DONE"] * 4
    assert LocationFacts.objects.filter(name__startswith="Place").count() == 4


def test_a_row_is_done_once_whoever_asks(world: World) -> None:
    bulk = checked(world, new())
    run(bulk)
    do_row(bulk.rows.get().pk, run_row)
    run_rows.func(bulk.pk)
    assert LocationFacts.objects.filter(name="Frisco").count() == 1
    assert states(bulk) == ["DONE"]


def test_a_long_change_lets_other_tasks_in_between(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "ROWS_A_TASK", 2)
    bulk = checked(world, *(new(location=f"Place {n}") for n in range(5)))
    start(bulk)
    run_rows.func(bulk.pk)
    assert states(bulk).count("DONE") == 2
    assert BulkChange.objects.get(pk=bulk.pk).state == "RUNNING"
    run(bulk)
    assert states(bulk) == ["DONE"] * 5
