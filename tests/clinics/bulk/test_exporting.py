"""Files that go out: what an import reads again, and what Google takes (L-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinics.admin.bulk.locations import addresses
from clinics.bulk.choosing import Choice
from clinics.bulk.columns import COLUMNS
from clinics.bulk.exporting import GOOGLE_COLUMNS, export_rows, google_rows, store_code
from clinics.clinic import HoursInterval, SpecialInterval
from clinics.facts import facts_of, save_facts
from clinics.models import ClinicFacts
from tests.clinics.bulk.sheets import checked, new, run, states
from tests.factories import World

TODAY = date(2026, 12, 24)


def rows(world: World) -> Any:
    return Choice().among([world.franchise])


def test_an_export_comes_back_without_a_change(world: World) -> None:
    out = [{name: str(cell) for name, cell in row.items()} for row in export_rows(rows(world))]
    assert list(out[0]) != []
    assert set(out[0]) == set(COLUMNS)
    assert set(states(checked(world, *out))) == {"SAME"}


def test_google_gets_the_record_and_nothing_else(world: World) -> None:
    facts = facts_of(world.uptown.pk)
    save_facts(
        facts,
        {},
        user=None,
        base_version=facts.version,
        hours=[
            HoursInterval(0, "08:00", "12:00"),
            HoursInterval(0, "13:00", "17:00"),
            HoursInterval(5, by_appointment=True),
        ],
        special_hours=[
            SpecialInterval(date(2026, 12, 20), date(2026, 12, 25), label="Works"),
            SpecialInterval(date(2026, 12, 31), date(2026, 12, 31), "08:00", "12:00"),
            SpecialInterval(date(2026, 1, 1), date(2026, 1, 1)),
        ],
    )
    places = rows(world)
    found = {row["Store code"]: row for row in google_rows(places, addresses(places), TODAY)}
    row = found[store_code(facts)]
    assert tuple(row) == GOOGLE_COLUMNS
    name = ClinicFacts.objects.get(clinic=world.hillside).name
    assert row["Business name"] == name
    assert row["Monday hours"] == "08:00-12:00, 13:00-17:00"
    assert row["Saturday hours"] == row["Sunday hours"] == "x"
    assert row["Special hours"] == "2026-12-24: x, 2026-12-25: x, 2026-12-31: 08:00-12:00"
    assert row["Website"].endswith("//hillside.test/locations/uptown/")
    assert row["Primary phone"] == facts.main_phone.display


def test_google_is_told_nothing_of_what_is_closed_for_good(world: World) -> None:
    facts = facts_of(world.plano.pk)
    save_facts(facts, {"status": "CLOSED"}, user=None, base_version=facts.version)
    places = rows(world)
    codes = [row["Store code"] for row in google_rows(places, {}, TODAY)]
    assert store_code(facts) not in codes
    assert len(codes) == places.count() - 1


def test_queries_do_not_grow_with_the_locations(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            list(export_rows(rows(world)))
        return len(found)

    queries()  # fills the caches of content types
    few = queries()
    run(checked(world, *(new(location=f"Place {n}") for n in range(5))))
    assert queries() == few
