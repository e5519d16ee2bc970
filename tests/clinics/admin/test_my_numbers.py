"""My numbers: who sees it, what it says, the spreadsheet, and the list of a franchise."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.choices import ClinicStatus, TextStatus
from clinics.models import ClinicFacts, LocationFacts, Person
from clinics.phones import parse_number
from tests.articles.crowd import add_clinics, add_locations
from tests.articles.factories import make_article, text
from tests.clinics.numbers.test_pages import busy, plant
from tests.factories import World
from tests.reading import page_of, words_of

__all__ = ["busy"]

type SignIn = Callable[[Any], Client]


def address(home: Any, query: str = "") -> str:
    return reverse("my_numbers:list", args=[home.pk]) + query


def numbers_on(html: str) -> list[str]:
    return [each.get_text() for each in page_of(html).select(".number-digits")]


def row_of(html: str, number: str) -> BeautifulSoup:
    rows = page_of(html).select(".number")
    return next(row for row in rows if row.select_one(".number-digits").get_text() == number)


@pytest.mark.parametrize("name", ["hillside_editor", "hillside_publisher", "franchise_admin"])
def test_people_of_the_clinic_see_its_numbers_and_no_others(
    busy: World, client_for: SignIn, name: str
) -> None:
    html = client_for(getattr(busy, name)).get(address(busy.hillside)).text

    assert set(numbers_on(html)) == {
        "(214) 555-0142", "(214) 555-0143", "(214) 555-0145", "(214) 555-0146", "(972) 555-0144",
        "911", "988",
    }  # fmt: skip
    assert "555-0168" not in html and "Harbour" not in html
    assert "Every number that your patients see is right." in html


@pytest.mark.parametrize(
    "name", ["harbour_publisher", "library_editor", "library_publisher", "outsider"]
)
def test_numbers_are_not_there_for_strangers(busy: World, client_for: SignIn, name: str) -> None:
    client = client_for(getattr(busy, name))
    urls = [address(busy.hillside, query) for query in ("", "?export=csv", "?verdict=WRONG")]

    assert [client.get(url).status_code for url in urls] == [404] * 3
    assert client.get(reverse("my_numbers:list", args=[987654])).status_code == 404


def test_numbers_are_only_read(busy: World, client_for: SignIn) -> None:
    assert client_for(busy.hillside_publisher).post(address(busy.hillside)).status_code == 405


def test_places_lead_to_the_page_and_to_its_editor(busy: World, client_for: SignIn) -> None:
    plant(busy)
    html = client_for(busy.hillside_publisher).get(address(busy.hillside)).text

    row = row_of(html, "(303) 555-0113")

    about = busy.hillside.get_children().get(slug="about")
    assert [link["href"] for link in row.select(".number-page a")] == [
        "http://hillside.test/about/",
        reverse("wagtailadmin_pages:edit", args=[about.pk]),
    ]
    assert "typed by hand" in words_of(row)


def test_a_text_of_the_record_leads_to_the_record(busy: World, client_for: SignIn) -> None:
    plant(busy)
    html = client_for(busy.franchise_admin).get(address(busy.hillside)).text

    editors = {
        number: {link["href"] for link in row_of(html, number).select(".number-edit")}
        for number in ("(303) 555-0111", "(303) 555-0112")
    }

    ada = Person.objects.get(slug="ada-hill")
    assert editors == {
        "(303) 555-0111": {
            reverse("my_clinic:edit_location", args=[busy.plano.pk]),
            reverse("my_clinic:edit_notice", args=[busy.hillside.pk]),
        },
        "(303) 555-0112": {reverse("people:edit", args=[ada.pk])},
    }


def test_what_is_on_every_page_is_said_in_one_line(busy: World, client_for: SignIn) -> None:
    html = client_for(busy.hillside_publisher).get(address(busy.hillside)).text

    spots = [words_of(spot) for spot in row_of(html, "(214) 555-0142").select(".number-spot")]

    assert "Footer every page" in spots
    assert "Contact bar on a phone every page, but for Plano" in spots
    assert "Data that search engines read every page that has it" in spots


def test_franchise_admin_is_led_to_the_record_and_to_no_page_that_is_not_theirs(
    busy: World, client_for: SignIn
) -> None:
    plant(busy)
    html = client_for(busy.franchise_admin).get(address(busy.hillside)).text

    record = row_of(html, "(214) 555-0142").select_one(".number-sources a")
    typed = row_of(html, "(303) 555-0113")

    assert record["href"] == reverse("my_clinic:edit_location", args=[busy.uptown.pk])
    assert typed.select(".number-edit") == []


def test_editor_is_led_to_the_tab_that_says_who_may(busy: World, client_for: SignIn) -> None:
    html = client_for(busy.hillside_editor).get(address(busy.hillside)).text

    link = row_of(html, "(972) 555-0144").select_one(".number-sources a")

    contact = reverse("my_clinic:contact", args=[busy.hillside.pk])
    assert link["href"] == f"{contact}#location-{busy.plano.pk}"


def test_verdict_keeps_its_rows(busy: World, client_for: SignIn) -> None:
    plant(busy)
    client = client_for(busy.hillside_publisher)

    wrong = numbers_on(client.get(address(busy.hillside, "?verdict=WRONG")).text)
    all_of_them = numbers_on(client.get(address(busy.hillside, "?verdict=nonsense")).text)

    assert (len(wrong), len(all_of_them)) == (5, 12)
    assert all_of_them[:5] == wrong


def test_clinic_that_is_not_open_has_no_links_to_pages(busy: World, client_for: SignIn) -> None:
    ClinicFacts.objects.filter(clinic=busy.hillside).update(status=ClinicStatus.PREPARING)

    html = client_for(busy.hillside_publisher).get(address(busy.hillside)).text

    assert "http://hillside.test" not in html and "(214) 555-0142" in numbers_on(html)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_spreadsheet_has_a_line_for_each_place(busy: World, client_for: SignIn, form: str) -> None:
    response = client_for(busy.hillside_editor).get(address(busy.hillside, f"?export={form}"))
    content = b"".join(response.streaming_content) if response.streaming else response.content

    assert f"numbers-hillside.{form}" in response["Content-Disposition"]
    if form == "csv":
        lines = list(csv.DictReader(StringIO(content.decode())))
        first = next(line for line in lines if line["Number"] == "(972) 555-0144")
        assert first["Source"] == "Main number, Plano"
        assert {line["Verdict"] for line in lines} == {"Right"}
        assert "http://hillside.test/about/" in {line["Address"] for line in lines}


def test_spreadsheet_has_no_formulas(busy: World, client_for: SignIn) -> None:
    value = {"action": "call", "heading": "=1+1", "message": "", "role": "local"}
    make_article(
        "evil", text("e"), {"type": "cta", "id": "0" * 8, "value": value}, title="@SUM(A1)"
    )

    response = client_for(busy.hillside_editor).get(address(busy.hillside, "?export=csv"))
    rows = list(csv.reader(StringIO(b"".join(response.streaming_content).decode())))

    cells = {cell for row in rows for cell in row}
    assert {"'=1+1", "'@SUM(A1)"} <= cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_index_leads_to_the_one_clinic(busy: World, client_for: SignIn) -> None:
    response = client_for(busy.hillside_editor).get(reverse("my_numbers:index"))

    assert (response.status_code, response.url) == (302, address(busy.hillside))


def test_index_of_a_franchise_keeps_those_to_look_at(busy: World, client_for: SignIn) -> None:
    LocationFacts.objects.filter(page=busy.uptown).update(text_status=TextStatus.PENDING)
    client, url = client_for(busy.franchise_admin), reverse("my_numbers:index")

    every, waiting = (client.get(url + query).text for query in ("", "?look=unapproved"))

    assert address(busy.hillside) in every and address(busy.harbour) in every
    assert address(busy.hillside) in waiting and address(busy.harbour) not in waiting


@pytest.mark.parametrize("column", ["main_phone", "fax"])
def test_index_finds_a_number_of_two_clinics(busy: World, client_for: SignIn, column: str) -> None:
    LocationFacts.objects.filter(page=busy.plano).update(**{column: parse_number("(561) 555-0168")})

    response = client_for(busy.franchise_admin).get(reverse("my_numbers:index") + "?look=shared")

    names = [clinic.facts.name for clinic in response.context["object_list"]]
    assert names == ["Harbour Infusion Center", "Hillside Pain Clinic"]


@pytest.mark.parametrize("name", ["library_editor", "outsider"])
def test_index_is_not_there_for_strangers(busy: World, client_for: SignIn, name: str) -> None:
    client = client_for(getattr(busy, name))

    urls = [reverse(f"my_numbers:{each}") for each in ("index", "index_results")]
    assert [client.get(url).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize("look", ["", "missing", "shared", "unapproved", "fiction"])
def test_queries_of_the_index_do_not_grow(
    busy: World, client_for: SignIn, settings: Any, look: str
) -> None:
    settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = False
    client, url = client_for(busy.franchise_admin), reverse("my_numbers:index")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url, {"look": look}).status_code == 200
        return len(found)

    add_locations(add_clinics(busy, 1))
    queries()
    before = queries()
    add_locations(add_clinics(busy, 5))

    assert queries() <= before
