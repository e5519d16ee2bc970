"""Several locations at once: the merged view, the plan, services, and a change for a while."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from clinics.bulk.choosing import Choice
from clinics.bulk.due import run_due
from clinics.bulk.edit_planning import Edit, merged, plan_edit
from clinics.bulk.running import run_rows
from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, save_facts
from clinics.models import BulkChange, LocationFacts, Service
from clinics.phones import parse_number
from tests.clinics.bulk.sheets import everything, run, states
from tests.clock import set_time
from tests.factories import World

CHRISTMAS = date(2026, 12, 25)


def planned(world: World, edit: Edit) -> BulkChange:
    places = Choice().among([world.franchise])
    return plan_edit(world.franchise, places, edit, world.franchise_admin)


def test_values_that_differ_are_various(world: World) -> None:
    """Row 49: one value, or how many have which."""
    for page in (world.uptown, world.plano):
        facts = facts_of(page.pk)
        number = {"fax": parse_number("(214) 555-0161")}
        save_facts(facts, number, user=None, base_version=facts.version)
    values = merged(Choice().among([world.franchise]))
    assert values["status"].text == "Open"
    assert not values["status"].is_various
    assert values["fax"].is_various
    assert values["fax"].values[0] == ("(214) 555-0161", 2)
    assert values["fax"].text == ""


def test_only_what_was_filled_in_changes(world: World) -> None:
    before = everything()
    closed = SpecialInterval(CHRISTMAS, CHRISTMAS, label="Christmas")
    bulk = run(planned(world, Edit("Christmas", {"fax": "214-555-0161"}, special=(closed,))))
    assert states(bulk) == ["DONE"] * len(before)
    for name, facts in everything().items():
        changed = {key for key in facts if facts[key] != before[name][key]}
        assert changed == {"fax", "special_hours"}


def test_a_day_takes_the_place_of_the_same_day(world: World) -> None:
    early = SpecialInterval(CHRISTMAS, CHRISTMAS, "08:00", "10:00", "Early")
    run(planned(world, Edit("Early", special=(early,))))
    run(planned(world, Edit("Closed", special=(SpecialInterval(CHRISTMAS, CHRISTMAS),))))
    rows = world.uptown.facts.special_hours.filter(first_date=CHRISTMAS)
    assert [row.opens for row in rows] == [""]


def test_days_that_overlap_are_an_error_of_that_location(world: World) -> None:
    plano = facts_of(world.plano.pk)
    week = SpecialInterval(CHRISTMAS, CHRISTMAS + timedelta(days=6), label="Works")
    save_facts(plano, {}, user=None, base_version=plano.version, special_hours=[week])
    bulk = planned(world, Edit("Closed", special=(SpecialInterval(CHRISTMAS, CHRISTMAS),)))
    wrong = bulk.rows.get(state="ERROR")
    assert wrong.page_id == world.plano.pk
    assert "share a day" in wrong.errors[0][1]


def test_clearing_and_services(world: World) -> None:
    service = Service.objects.get(slug="nerve-blocks")
    offering = [world.hillside.facts.services.filter(pk=service.pk).exists()]
    bulk = run(
        planned(
            world,
            Edit("Less", cleared=("parking", "fax"), removed_services=("nerve-blocks",)),
        )
    )
    assert set(states(bulk)) <= {"DONE", "SAME"}
    assert offering == [True]
    assert not world.hillside.facts.services.filter(pk=service.pk).exists()
    run(planned(world, Edit("More", added_services=("nerve-blocks",))))
    assert world.hillside.facts.services.filter(pk=service.pk).exists()


def test_a_change_for_a_while_begins_and_ends_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 51: at midnight of each location; what it was comes back by itself."""
    before = everything()
    LocationFacts.objects.filter(page=world.marina.pk).update(time_zone="Pacific/Honolulu")
    first, last = date(2027, 6, 1), date(2027, 8, 31)
    edit = Edit("Summer hours", {"hours": "Mon-Fri 07:00-15:00"}, first_day=first, last_day=last)
    bulk = run(planned(world, edit))
    assert bulk.state == "PLANNED"
    assert set(states(bulk)) == {"WAITING"}

    work_at(
        datetime(2027, 6, 1, 6, 0, tzinfo=UTC), bulk, monkeypatch
    )  # midnight in Texas, not in Hawaii
    assert bulk.rows.get(page=world.plano).state == "DONE"
    assert bulk.rows.get(page=world.marina).state == "WAITING"
    work_at(datetime(2027, 6, 1, 10, 0, tzinfo=UTC), bulk, monkeypatch)
    assert set(states(bulk)) == {"DONE"}

    run_due(datetime(2027, 8, 31, 23, 0, tzinfo=UTC))
    assert set(states(bulk)) == {"DONE"}
    run_due(datetime(2027, 9, 1, 10, 0, tzinfo=UTC))
    assert set(states(bulk)) == {"UNDONE"}
    LocationFacts.objects.filter(page=world.marina.pk).update(
        time_zone=before["marina"]["time_zone"]
    )
    assert everything() == before
    assert "Ended as planned" in bulk.rows.first().note


def work_at(moment: datetime, bulk: BulkChange, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the clock's command and a worker do at that time."""
    set_time(monkeypatch, moment.isoformat())
    run_due(moment)
    run_rows.func(bulk.pk)
