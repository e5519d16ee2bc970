"""The check of an import: what each row would do, and every fault by row, column and remedy."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinics.brand import normalise_brand
from clinics.clinic import Brand
from clinics.creating import NewClinic, create_clinic, create_franchise, create_location
from clinics.models import LocationPage
from clinics.phones import parse_number
from tests.clinics.bulk.sheets import NEW, checked, errors, everything, new, states
from tests.factories import World


def test_a_check_says_what_would_happen_and_does_nothing(world: World) -> None:
    before = everything()
    bulk = checked(
        world,
        new(),
        {"id": str(world.plano.pk), "fax": "214-555-0161"},
        {"id": str(world.marina.pk), "location": "Marina"},
        {},
    )
    rows = list(bulk.rows.all())
    assert [row.state for row in rows] == ["WAITING", "WAITING", "SAME", "SAME"]
    assert [row.is_new for row in rows] == [True, False, False, False]
    assert rows[1].before == {"fax": None}
    assert rows[1].after == {"fax": "+12145550161"}
    assert "Frisco" in rows[0].label
    assert "Hillside" in rows[0].label
    assert everything() == before


def test_a_location_is_known_by_its_names_too(world: World) -> None:
    bulk = checked(world, {"clinic": "HILLSIDE", "location": "uptown", "city": "Austin"})
    row = bulk.rows.get()
    assert row.page_id == world.uptown.pk
    assert row.after["city"] == "Austin"


FAULTS: list[tuple[dict[str, str], str, str]] = [
    ({"id": "999999"}, "id", "leave it blank"),
    ({"id": "12x"}, "id", "leave it blank"),
    (new(clinic=""), "clinic", "write the clinic's name"),
    (new(clinic="Nowhere"), "clinic", "add the clinic first"),
    (new(street=""), "street", "a new location needs it"),
    (new(city=""), "city", "a new location needs it"),
    (new(location=""), "location", "a new location needs it"),
    (new(main_phone=""), "main_phone", "a new location needs it"),
    (new(main_phone="call us"), "main_phone", "call us"),
    (new(main_phone="(214) 555-016"), "main_phone", "555-016"),
    (new(fax="1"), "fax", "1"),
    (new(state="ZZ"), "state", "use one of"),
    (new(zip="123456"), "zip", "Five digits"),
    (new(zip="AB"), "zip", "Five digits"),
    (new(latitude="91"), "latitude", "90"),
    (new(longitude="181"), "longitude", "out of range"),
    (new(timezone="Mars"), "timezone", "use one of"),
    (new(hours="Mon 09:00-08:00-07:00"), "hours", "times are written like"),
    (new(hours="Mon-Fri 08:00-17:00; Fri 09:00-12:00"), "hours", "overlaps"),
    (new(special_hours="Christmas"), "special_hours", "write a date"),
    (new(special_hours="2026-12-26 to 2026-12-25 closed"), "special_hours", "Swap the dates"),
    (new(status="Gone"), "status", "use one of"),
    (new(text_status="APPROVED"), "text_phone", "enter it"),
    (new(text_status="soon"), "text_status", "use one of"),
    (new(parking="Ring (214) 555-0100"), "parking", "Take the phone number out"),
    (new(neighbour="Marina"), "neighbour", "no other location of this clinic"),
    (new(location="x" * 81), "location", "80"),
    (new(campaign_numbers="ads 12"), "campaign_numbers", "12"),
    ({"clinic": "hillside", "location": "Plano", "neighbour": "Plano"}, "neighbour", "no other"),
    ({"clinic": "harbour", "location": "Marina", "state": "Floridaa"}, "state", "use one of"),
]


def test_thirty_faults_are_named_and_the_other_rows_pass(world: World) -> None:
    good = [new(location=f"Place {n}") for n in range(10)]
    rows = [fault[0] for fault in FAULTS]
    bulk = checked(world, *rows, *good)
    found = errors(bulk)
    assert len(FAULTS) == 30
    for number, (_cells, column, remedy) in enumerate(FAULTS, start=2):
        assert column in found[number], (number, found.get(number))
        assert remedy in found[number][column], found[number]
    assert states(bulk)[len(FAULTS) :] == ["WAITING"] * 10


def test_the_same_location_twice_is_a_fault_of_the_second_row(world: World) -> None:
    bulk = checked(
        world,
        {"id": str(world.plano.pk), "fax": "(214) 555-0161"},
        {"clinic": "hillside", "location": "Plano", "fax": "(214) 555-0162"},
        new(),
        new(location="FRISCO"),
    )
    assert states(bulk) == ["WAITING", "ERROR", "WAITING", "ERROR"]
    assert "twice" in errors(bulk)[3]["id"]
    assert "twice" in errors(bulk)[5]["location"]


def test_the_main_location_is_not_closed_by_a_file(world: World) -> None:
    bulk = checked(world, {"id": str(world.uptown.pk), "status": "CLOSED"})
    assert "another one the main location" in errors(bulk)[2]["status"]


def test_a_taken_name_is_refused(world: World) -> None:
    bulk = checked(world, {"id": str(world.plano.pk), "location": "Uptown"})
    assert "has that name" in errors(bulk)[2]["location"]


@pytest.mark.parametrize(("clears", "state"), [(False, "SAME"), (True, "WAITING")])
def test_blank_cells_clear_only_when_that_was_said(world: World, clears: bool, state: str) -> None:
    cells = {"id": str(world.uptown.pk), "service_areas": ""}
    assert world.uptown.facts.service_areas
    bulk = checked(world, cells, clears_blank=clears)
    assert states(bulk) == [state]


def other_franchise() -> LocationPage:
    """A location of somebody else's franchise."""
    franchise = create_franchise("Other Group")
    brand = Brand(*normalise_brand("#1f4d3a", "#f2a541"))
    facts = {"state": "TX", "time_zone": "America/Chicago"}
    clinic = create_clinic(franchise, NewClinic("Canary", "canary", "canary.test", brand, facts))
    number = parse_number("(214) 555-0199")
    words = {name: NEW[name] for name in ("street", "city", "state")}
    place = {"name": "Canary Place", "zip_code": "75204", "main_phone": number, **words}
    return create_location(clinic, place)


def test_another_franchise_is_as_missing_as_none(world: World) -> None:
    """Rule 3: the same answer for its id as for an id that nobody has; nothing of it is named."""
    theirs = other_franchise()
    bulk = checked(
        world,
        {"id": str(theirs.pk), "fax": "(214) 555-0161"},
        {"id": "999999", "fax": "(214) 555-0161"},
        new(clinic="Canary"),
        new(neighbour=str(theirs.pk)),
    )
    found = errors(bulk)
    assert found[2]["id"].replace(str(theirs.pk), "999999") == found[3]["id"]
    assert "no clinic of yours" in found[4]["clinic"]
    assert "no other location" in found[5]["neighbour"]
    assert not bulk.rows.filter(page=theirs.pk).exists()


def test_rows_that_the_user_may_not_change_say_so(world: World) -> None:
    """Row 101: the right is checked row by row. A publisher sets hours and not numbers."""
    plano = str(world.plano.pk)
    bulk = checked(
        world,
        {"id": plano, "hours": "Mon 08:00-09:00"},
        {"id": str(world.marina.pk), "hours": "Mon 08:00-09:00"},
        new(),
        user=world.hillside_publisher,
    )
    assert states(bulk) == ["WAITING", "ERROR", "ERROR"]
    assert "You may not" in errors(bulk)[3]["clinic"]
    phones = checked(world, {"id": plano, "fax": "(214) 555-0161"}, user=world.hillside_publisher)
    assert "You may not" in errors(phones)[2]["clinic"]


def test_nothing_is_read_row_by_row(world: World) -> None:
    def queries(count: int) -> int:
        rows: list[Any] = [new(location=f"Place {n}") for n in range(count)]
        rows.append({"id": str(world.plano.pk), "fax": "(214) 555-0161"})
        with CaptureQueriesContext(connection) as found:
            bulk = checked(world, *rows)
        assert states(bulk).count("WAITING") == count + 1
        return len(found)

    # What is written goes in batches, as large as the database takes them.
    assert queries(60) - queries(20) <= 4
