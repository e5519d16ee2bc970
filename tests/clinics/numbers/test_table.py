"""My numbers: sources, verdicts, and nothing of another clinic."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinics.choices import TextStatus
from clinics.models import LocationFacts
from clinics.numbers.shown import Kind, Spot
from clinics.numbers.table import NumberRow, NumberTable, Verdict, number_table
from clinics.phones import parse_number
from tests.articles.crowd import add_clinics, add_locations
from tests.articles.factories import make_article, text
from tests.clinics.numbers.test_pages import busy, plant
from tests.factories import World

__all__ = ["busy"]

UPTOWN, PLANO, HARBOUR = "+12145550142", "+19725550144", "+15615550168"


def rows_of(home: Any) -> dict[str, NumberRow]:
    return {row.digits: row for row in number_table(home).rows}


def verdicts(table: NumberTable) -> dict[str, str]:
    return {row.digits: row.verdict for row in table.rows}


def test_every_number_has_its_kinds_and_its_source(busy: World) -> None:
    rows = rows_of(busy.hillside)

    assert {
        digits: ([*row.kinds], [source.words for source in row.sources])
        for digits, row in rows.items()
    } == {
        UPTOWN: ([Kind.CALL], ["Main number, Uptown"]),
        PLANO: ([Kind.CALL], ["Main number, Plano"]),
        "+12145550143": ([Kind.TEXT], ["Number for texts, Uptown"]),
        "+12145550145": ([Kind.CALL], ["Number for new patients, Uptown"]),
        "+12145550146": ([Kind.FAX], ["Fax, Uptown"]),
        "911": ([Kind.EMERGENCY], ["Emergency line, the same for everybody"]),
        "988": ([Kind.CRISIS], ["988 Suicide & Crisis Lifeline, on pages about mood and crisis"]),
    }


def test_a_number_on_every_page_is_one_row_with_all_its_places(busy: World) -> None:
    table = number_table(busy.hillside)

    row = next(row for row in table.rows if row.digits == UPTOWN)
    assert row.page_count == table.page_count
    assert {(place.page.path, place.spot) for place in row.places} >= {
        ("/", Spot.HEADER),
        ("/about/", Spot.PANEL),
        ("/conditions/shingles-condition/", Spot.BUTTON),
        ("", Spot.FOOTER),
    }


def test_a_button_in_an_article_names_its_section(busy: World) -> None:
    value = {"action": "call", "heading": "Ask Dr. Hill", "message": "", "role": "local"}
    make_article("named", text("n"), {"type": "cta", "id": "0" * 8, "value": value})

    row = rows_of(busy.hillside)[UPTOWN]

    assert ("/conditions/named/", "Ask Dr. Hill") in {
        (place.page.path, place.words) for place in row.places if place.spot == Spot.BUTTON
    }


def test_numbers_of_the_record_are_right_where_fiction_is_allowed(busy: World) -> None:
    assert set(verdicts(number_table(busy.hillside)).values()) == {Verdict.RIGHT}


def test_numbers_of_fiction_are_open_elsewhere(busy: World, settings: Any) -> None:
    """B-12."""
    settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = False

    found = verdicts(number_table(busy.hillside))

    assert found.pop("911") == found.pop("988") == Verdict.RIGHT
    assert set(found.values()) == {Verdict.OPEN}


def test_typed_numbers_are_wrong_and_say_why(busy: World) -> None:
    plant(busy)

    rows = rows_of(busy.hillside)

    wrong = {digits: row for digits, row in rows.items() if row.verdict == Verdict.WRONG}
    assert set(wrong) == {"+13035550111", "+13035550112", "+13035550113", "+13035550114", HARBOUR}
    assert wrong[HARBOUR].reason.startswith("Another clinic's number, typed into a text")
    assert wrong["+13035550113"].reason.startswith("Typed by hand, and in no record")
    assert [place.page.path for place in wrong["+13035550113"].places] == ["/about/"]


def test_own_number_typed_into_a_text_is_wrong_too(busy: World) -> None:
    """It stays when the record changes."""
    LocationFacts.objects.filter(page=busy.uptown).update(parking="Ring (214) 555-0142.")

    row = rows_of(busy.hillside)[UPTOWN]

    assert (row.verdict, row.reason[:5]) == (Verdict.WRONG, "Yours")


@pytest.mark.parametrize("column", ["main_phone", "text_phone", "fax"])
def test_number_in_two_records_is_open_at_both(busy: World, column: str) -> None:
    LocationFacts.objects.filter(page=busy.plano).update(**{column: parse_number(HARBOUR)})

    rows = [rows_of(busy.hillside)[HARBOUR], rows_of(busy.harbour)[HARBOUR]]

    assert [row.verdict for row in rows] == [Verdict.OPEN, Verdict.OPEN]
    assert "Harbour" not in rows[0].reason


def test_campaign_of_another_clinic_counts_as_its_record(busy: World) -> None:
    LocationFacts.objects.filter(page=busy.marina).update(campaign_numbers=["ads (303) 555-0113"])
    plant(busy)

    reason = rows_of(busy.hillside)["+13035550113"].reason

    assert reason.startswith("Another clinic's number")


def test_campaign_has_the_pages_that_its_visitors_see(busy: World) -> None:
    LocationFacts.objects.filter(page=busy.uptown).update(campaign_numbers=["ads (214) 555-0150"])

    row = rows_of(busy.hillside)["+12145550150"]

    assert [source.words for source in row.sources] == ["Campaign “ads”, Uptown"]
    assert "/about/" in {place.page.path for place in row.places}
    assert Spot.FOOTER not in {place.spot for place in row.places}


def test_what_waits_for_the_carriers_or_lacks_is_open(busy: World) -> None:
    """X-05: the text number is on no page until it is approved."""
    LocationFacts.objects.filter(page=busy.uptown).update(text_status=TextStatus.PENDING)
    LocationFacts.objects.filter(page=busy.plano).update(main_phone="")

    found = [row for row in number_table(busy.hillside).rows if row.verdict == Verdict.OPEN]

    assert [(row.digits, row.places) for row in found] == [("", ()), ("+12145550143", ())]


def test_queries_do_not_grow_with_clinics_or_campaigns(busy: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            number_table(busy.hillside)
        return len(found)

    queries()
    before = queries()
    add_locations(add_clinics(busy, 5))
    lines = ["ads (214) 555-0150", "bus (214) 555-0151"]
    LocationFacts.objects.filter(page=busy.uptown).update(campaign_numbers=lines)

    assert queries() == before
