"""The columns: every fact survives the way into a file and back."""

from __future__ import annotations

from datetime import date

import pytest

from clinics.bulk.columns import COLUMNS, FACT_OF, RESOURCE, guess_columns
from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, facts_snapshot, save_facts
from clinics.facts_snapshot import HOURS, SPECIAL_HOURS
from clinics.facts_snapshot import facts_snapshot as snapshot_of
from clinics.models import LocationFacts
from clinics.phones import parse_number
from tests.factories import World


def test_a_location_goes_out_and_comes_back_the_same(world: World) -> None:
    facts = facts_of(world.uptown.pk)
    christmas = date(2026, 12, 25)
    save_facts(
        facts,
        {
            "parking": 'Behind the house; "two" hours free',
            "fax": parse_number("(214) 555-0146"),
            "campaign_numbers": ["ads (214) 555-0150", "mail (214) 555-0151"],
            "service_areas": ["Plano", "Allen"],
        },
        user=None,
        base_version=facts.version,
        special_hours=[SpecialInterval(christmas, christmas, label="Christmas")],
    )
    before = facts_snapshot(facts_of(world.uptown.pk))

    cells = RESOURCE.write(before)
    after, errors = RESOURCE.read(before, {name: str(cell) for name, cell in cells.items()})

    assert not errors
    assert after == before
    assert all(cells[name] for name in ("hours", "special_hours", "main_phone", "fax", "latitude"))


def test_every_fact_has_a_column_but_the_mark_of_the_main_location() -> None:
    """Which one is the main location is handed over on its own form."""
    facts = {*LocationFacts.FACT_FIELDS, HOURS, SPECIAL_HOURS}
    assert facts - set(FACT_OF.values()) == {"is_primary", "neighbour"}
    assert "neighbour" in COLUMNS


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("main_phone", "555", "555"),
        ("state", "Texass", "use one of AL"),
        ("status", "shut", "use one of OPEN"),
        ("latitude", "north", "use degrees"),
        ("latitude", "nan", "out of range"),
        ("hours", "whenever", "must start with days"),
        ("hours", "Mon 17:00-25:00", "write times as HH:MM"),
        ("special_hours", "2026-12-24 12:00-12:00", "opens and closes at the same time"),
        ("timezone", "Central time", "use one of America/New_York"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(
    world: World, column: str, text: str, reason: str
) -> None:
    now = snapshot_of(world.uptown.facts)
    after, errors = RESOURCE.read(now, {column: text})
    assert list(errors) == [column]
    assert reason in errors[column]
    assert after == now


def test_labels_are_understood(world: World) -> None:
    now = snapshot_of(world.uptown.facts)
    cells = {"state": "texas", "status": "closed for now", "timezone": "America/denver"}
    after, errors = RESOURCE.read(now, cells)
    assert not errors
    assert (after["state"], after["status"]) == ("TX", "CLOSED_FOR_NOW")
    assert after["time_zone"] == "America/Denver"


@pytest.mark.parametrize(("state", "code"), [("MA", "02139"), ("TX", "2139"), ("", "2139")])
def test_zeros_come_back_only_where_codes_have_them(world: World, state: str, code: str) -> None:
    """Four digits in Texas are a slip of the finger, and no code of New Jersey."""
    after, _errors = RESOURCE.read(snapshot_of(world.uptown.facts), {"state": state, "zip": "2139"})
    assert after["zip_code"] == code


def test_headers_of_other_programs_are_recognised() -> None:
    headers = ["Business", "Location Name", "Address line 1", "Postal code", "Primary phone", "Foo"]
    assert guess_columns(headers) == {
        "clinic": 0,
        "location": 1,
        "street": 2,
        "zip": 3,
        "main_phone": 4,
    }
    assert guess_columns(list(COLUMNS)) == {name: n for n, name in enumerate(COLUMNS)}
