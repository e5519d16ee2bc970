from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageLogEntry

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.facts import (
    FactsConflict,
    changed_names,
    facts_of,
    facts_snapshot,
    save_facts,
    undo_change,
)
from clinics.hours import parse_hours
from clinics.models import FactsChange, LocationFacts, PurgeOutbox, Service
from clinics.phones import parse_number
from tests.changes import newest_change, written_tags
from tests.factories import World

NEW_NUMBER = parse_number("(214) 555-0199")
THANKSGIVING = SpecialInterval(date(2026, 11, 26), date(2026, 11, 27), label="Thanksgiving")


def change_main_number(world: World, number: Any = NEW_NUMBER) -> FactsChange | None:
    facts = facts_of(world.uptown.pk)
    return save_facts(
        facts, {"main_phone": number}, user=world.franchise_admin, base_version=facts.version
    )


def test_save_facts_saves_at_once_and_counts_the_version_up(world: World) -> None:
    change = change_main_number(world)

    facts = facts_of(world.uptown.pk)
    assert facts.main_phone == NEW_NUMBER
    assert facts.version == 2
    assert change is not None
    assert (change.page_id, change.version) == (world.uptown.pk, 2)
    assert change.changed_by == world.franchise_admin


def test_save_facts_logs_what_was_before_and_after(world: World) -> None:
    change = change_main_number(world)

    assert change is not None
    assert changed_names(change) == ("main_phone",)
    assert change.before["main_phone"] == "+12145550142"
    assert change.after["main_phone"] == "+12145550199"


def test_facts_snapshot_is_plain_json_of_every_fact_and_the_hours(world: World) -> None:
    location = facts_of(world.plano.pk)
    save_facts(location, {}, user=None, base_version=1, special_hours=[THANKSGIVING])

    snapshot = facts_snapshot(facts_of(world.plano.pk))

    assert set(snapshot) == {*LocationFacts.FACT_FIELDS, "hours", "special_hours"}
    assert snapshot["service_areas"] == ["Plano", "Frisco"]
    assert snapshot["text_phone"] is None
    assert snapshot["hours"][0] == {
        "weekday": 0,
        "opens": "09:00",
        "closes": "17:00",
        "by_appointment": False,
    }
    assert snapshot["special_hours"] == [
        {
            "first_date": "2026-11-26",
            "last_date": "2026-11-27",
            "opens": "",
            "closes": "",
            "label": "Thanksgiving",
        }
    ]


def test_save_facts_writes_nothing_when_nothing_differs(world: World) -> None:
    facts = facts_of(world.hillside.pk)
    before = newest_change()

    change = save_facts(
        facts,
        {"name": facts.name, "services": list(facts.services.all())},
        user=world.franchise_admin,
        base_version=1,
    )

    assert change is None
    assert not FactsChange.objects.exists()
    assert facts_of(world.hillside.pk).version == 1
    assert newest_change() == before


def test_save_facts_refuses_a_change_that_was_made_on_an_older_version(world: World) -> None:
    change_main_number(world)

    with pytest.raises(FactsConflict) as conflict:
        save_facts(
            facts_of(world.uptown.pk), {"city": "Austin"}, user=world.superuser, base_version=1
        )

    assert conflict.value.current.version == 2
    assert conflict.value.current.main_phone == NEW_NUMBER
    assert facts_of(world.uptown.pk).city == "Dallas"


def test_save_facts_refuses_what_is_no_fact(world: World) -> None:
    facts = facts_of(world.uptown.pk)

    with pytest.raises(ValueError, match="version"):
        save_facts(facts, {"version": 7}, user=world.superuser, base_version=1)


def test_save_facts_names_the_field_that_is_wrong(world: World) -> None:
    facts = facts_of(world.hillside.pk)

    with pytest.raises(ValidationError) as error:
        save_facts(facts, {"booking_url": "http://x.test/"}, user=None, base_version=1)

    assert error.value.message_dict == {"booking_url": ["Use an address that starts with https://"]}
    assert facts_of(world.hillside.pk).booking_url == ""


def test_save_facts_replaces_hours_and_refuses_overlaps(world: World) -> None:
    facts = facts_of(world.plano.pk)
    new = [HoursInterval(0, "10:00", "14:00"), HoursInterval(5, by_appointment=True)]

    save_facts(facts, {}, user=None, base_version=1, hours=new)
    with pytest.raises(ValidationError, match="overlaps"):
        overlap = parse_hours("Mon 08:00-12:00,11:00-13:00")
        save_facts(facts, {}, user=None, base_version=2, hours=overlap)

    rows = facts_snapshot(facts_of(world.plano.pk))["hours"]
    assert [HoursInterval(**row) for row in rows] == new


def test_save_facts_refuses_special_hours_that_end_before_they_start(world: World) -> None:
    facts = facts_of(world.plano.pk)
    backwards = SpecialInterval(date(2026, 12, 25), date(2026, 12, 24))

    with pytest.raises(ValidationError, match="ends before it starts"):
        save_facts(facts, {}, user=None, base_version=1, special_hours=[backwards])


def test_save_facts_sets_services(world: World) -> None:
    facts = facts_of(world.harbour.pk)

    change = save_facts(
        facts, {"services": Service.objects.all()}, user=world.franchise_admin, base_version=1
    )

    assert change is not None
    assert change.before["services"] == ["ketamine-infusion"]
    assert change.after["services"] == ["ketamine-infusion", "nerve-blocks"]


def test_save_facts_makes_only_that_clinic_stale_and_says_so_once(world: World) -> None:
    before = PurgeOutbox.objects.count()

    with written_tags() as tags:
        change_main_number(world)

    assert tags == {f"c{world.hillside.pk}"}
    assert PurgeOutbox.objects.count() == before + 1


def test_save_facts_is_told_in_words_in_the_history_of_the_page(world: World) -> None:
    change_main_number(world)

    entry = PageLogEntry.objects.get(action="clinics.facts.change")
    assert entry.page_id == world.uptown.pk
    assert entry.user == world.franchise_admin
    assert str(entry.message) == "Changed facts: Main number"


def test_save_facts_hands_the_mark_of_the_main_location_over(world: World) -> None:
    save_facts(
        facts_of(world.plano.pk),
        {"is_primary": True},
        user=world.franchise_admin,
        base_version=1,
    )

    main = LocationFacts.objects.filter(clinic=world.hillside, is_primary=True)
    assert [facts.name for facts in main] == ["Plano"]
    assert FactsChange.objects.filter(page=world.uptown, changed_by=world.franchise_admin).exists()


def test_save_facts_keeps_a_main_location(world: World) -> None:
    with pytest.raises(ValidationError, match="make another one the main location"):
        save_facts(facts_of(world.uptown.pk), {"is_primary": False}, user=None, base_version=1)


def test_undo_change_restores_what_was_before_as_a_new_change(world: World) -> None:
    facts = facts_of(world.uptown.pk)
    change = save_facts(
        facts,
        {"main_phone": NEW_NUMBER, "text_phone": None, "text_status": "NONE"},
        user=world.franchise_admin,
        base_version=1,
        hours=parse_hours("Mon 10:00-11:00"),
        special_hours=[THANKSGIVING],
    )
    assert change is not None

    undone = undo_change(change, user=world.superuser, base_version=2)

    assert undone is not None
    assert (undone.version, undone.before, undone.after) == (3, change.after, change.before)
    assert facts_snapshot(facts_of(world.uptown.pk)) == change.before
    assert FactsChange.objects.filter(page=world.uptown).count() == 2


def test_undo_change_leaves_alone_what_was_changed_since(world: World) -> None:
    change = change_main_number(world)
    save_facts(facts_of(world.uptown.pk), {"city": "Austin"}, user=world.superuser, base_version=2)
    assert change is not None

    undo_change(change, user=world.superuser, base_version=3)

    facts = facts_of(world.uptown.pk)
    assert (facts.city, facts.main_phone.display) == ("Austin", "(214) 555-0142")


def test_undo_change_refuses_to_bring_back_what_another_change_replaced(world: World) -> None:
    change = change_main_number(world)
    change_main_number(world, parse_number("(214) 555-0177"))
    assert change is not None

    with pytest.raises(FactsConflict):
        undo_change(change, user=world.superuser, base_version=3)

    assert facts_of(world.uptown.pk).main_phone.display == "(214) 555-0177"


def test_undo_change_refuses_an_old_version(world: World) -> None:
    change = change_main_number(world)
    assert change is not None

    with pytest.raises(FactsConflict):
        undo_change(change, user=world.superuser, base_version=1)


def test_undo_change_restores_services_that_still_exist(world: World) -> None:
    change = save_facts(facts_of(world.hillside.pk), {"services": []}, user=None, base_version=1)
    Service.objects.get(slug="nerve-blocks").delete()
    assert change is not None

    undone = undo_change(change, user=None, base_version=2)

    assert undone is not None
    assert undone.after["services"] == ["ketamine-infusion"]


def test_publishing_an_old_draft_of_a_page_leaves_its_facts_alone(world: World) -> None:
    """Architecture 1.3: facts are not drafted."""
    old_draft = world.uptown.save_revision()
    change_main_number(world)

    old_draft.publish()

    assert facts_of(world.uptown.pk).main_phone == NEW_NUMBER
