"""The screens of many locations: from a file to the result and back, and who finds them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.choices import Role
from clinics.facts import facts_of
from clinics.models import BulkChange, LocationFacts
from tests.clinics.bulk.sheets import checked, csv_file, new, run
from tests.clinics.bulk.test_planning import other_franchise
from tests.factories import World, make_staff

OTHERS = (
    "hillside_publisher",
    "hillside_editor",
    "harbour_publisher",
    "library_publisher",
    "library_editor",
    "outsider",
)
LISTS = ("locations", "bulk_edit", "bulk_import", "bulk_list", "bulk_list_results")


@pytest.fixture
def client(world: World, client_for: Callable[[Any], Client]) -> Client:
    return client_for(world.franchise_admin)


def url(name: str, *args: Any) -> str:
    return reverse(f"my_clinic:{name}", args=args)


def upload(client: Client, world: World, content: bytes, name: str = "locations.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    form = {"franchise": world.franchise.pk, "file": file}
    return client.post(url("bulk_import"), form)


@pytest.mark.usefixtures("tasks_at_once")
def test_from_a_file_to_the_result_and_back(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    rows = [
        ["Business", "Location name", "Fax", "Colour"],
        ["Hillside", "Plano", "(214) 555-0161", "red"],
        ["Hillside", "Uptown", "12", "blue"],
    ]
    rows[1][0] = rows[2][0] = world.hillside.facts.name
    answer = upload(client, world, csv_file(rows))
    bulk = BulkChange.objects.get()
    assert answer.url == url("bulk_columns", bulk.pk)
    page = client.get(answer.url).content.decode()
    assert "(214) 555-0161" in page
    assert "Not imported: Colour" in " ".join(page.split())

    columns = {name: str(number) for name, number in bulk.columns.items()}
    answer = client.post(url("bulk_columns", bulk.pk), columns)
    assert answer.url == url("bulk", bulk.pk)
    page = client.get(answer.url).content.decode()
    assert "Change 1 location" in page
    assert "Fax" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("bulk", bulk.pk), {"act": "run"})
    assert facts_of(world.plano.pk).fax.display == "(214) 555-0161"
    page = client.get(url("bulk", bulk.pk)).content.decode()
    assert "Undo all of it" in page

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("bulk", bulk.pk), {"act": "undo"})
    assert facts_of(world.plano.pk).fax is None
    assert BulkChange.objects.get().state == "UNDONE"


def test_a_file_that_cannot_be_read_is_said_at_once(world: World, client: Client) -> None:
    page = upload(client, world, b"PK\x03\x04broken", "list.xlsx").content.decode()
    assert "“list.xlsx” cannot be read as XLSX" in page
    page = client.post(url("bulk_import"), {"franchise": world.franchise.pk}).content.decode()
    assert "Choose a file first." in page
    assert not BulkChange.objects.exists()


def test_columns_that_make_no_sense_are_refused(world: World, client: Client) -> None:
    upload(client, world, csv_file([["a", "b"], ["1", "2"]]))
    bulk = BulkChange.objects.get()
    page = client.post(url("bulk_columns", bulk.pk), {"fax": "0"}).content.decode()
    assert "Say which column is the id or the name" in page
    page = client.post(url("bulk_columns", bulk.pk), {"location": "0", "fax": "0"}).content.decode()
    assert "choose another" in page
    assert BulkChange.objects.get().state == "DRAFT"


def test_what_runs_is_not_begun_again(world: World, client: Client) -> None:
    bulk = run(checked(world, new()))
    answer = client.post(url("bulk", bulk.pk), {"act": "run"}, follow=True)
    assert "begun already" in answer.content.decode()
    assert client.post(url("bulk", bulk.pk), {"act": "x"}).status_code == 404
    assert client.get(url("bulk_columns", bulk.pk)).status_code == 404


def test_rows_to_correct_come_as_a_file_of_the_same_shape(world: World, client: Client) -> None:
    """Rule 12: whatever somebody typed, no cell and no header is a formula."""
    bulk = checked(world, {"location": "=1+1", "@clinic": "+x", "fax": "-2"})
    answer = client.get(url("bulk_rows_file", bulk.pk))
    content = b"".join(answer.streaming_content)
    (headers, cells) = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(
        values_only=True
    )
    assert headers[:3] == ("location", "'@clinic", "fax")
    assert cells[:3] == ("'=1+1", "'+x", "'-2")
    assert "Clinic: " in cells[3]


def test_the_list_finds_and_exports(world: World, client: Client) -> None:
    page = client.get(url("locations"), {"q": "hillside plano"}).content.decode()
    assert "Plano" in page
    assert "Marina" not in page
    csv_text = b"".join(
        client.get(url("locations_file", "csv"), {"q": "marina"}).streaming_content
    ).decode()
    assert "Marina" in csv_text
    assert "Plano" not in csv_text
    google = client.get(url("locations_file", "google")).getvalue().decode()
    assert google.startswith("Store code,Business name")
    assert client.get(url("locations_file", "pdf")).status_code == 404


def test_several_are_changed_from_one_form(
    world: World, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    chosen = {"location": [world.uptown.pk, world.plano.pk]}
    page = client.get(url("bulk_edit"), chosen).content.decode()
    assert "2 locations:" in page
    assert "Marina" not in page
    typed = {**chosen, "parking": "Behind the house", "hours": "", "holiday": "2026-12-25"}
    answer = client.post(url("bulk_edit"), typed)
    bulk = BulkChange.objects.get()
    assert answer.url == url("bulk", bulk.pk)
    assert bulk.rows.count() == 2
    page = client.get(answer.url).content.decode()
    assert "Christmas" in page
    assert "Change 2 locations" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Nothing is filled in"),
        ({"fax": "12"}, "12"),
        ({"fax": "(214) 555-0161", "clear_fax": "on"}, "do one of the two"),
        ({"hours": "whenever"}, "must start with days"),
        ({"special_label": "Storm"}, "Say which day it is"),
        ({"special_first": "2026-12-26", "special_last": "2026-12-25"}, "Swap the dates"),
        ({"special_first": "2026-12-26", "special_opens": "8 am"}, "Fill in both times"),
        ({"fax": "(214) 555-0161", "last_day": "2027-01-01"}, "on which day it begins"),
        (
            {"fax": "(214) 555-0161", "first_day": "2027-02-01", "last_day": "2027-01-01"},
            "swap the days",
        ),
        ({"fax": "(214) 555-0161", "first_day": "2020-01-01"}, "That day is over"),
    ],
)
def test_a_form_that_is_wrong_says_why_and_keeps_what_was_typed(
    world: World, client: Client, typed: dict[str, str], words: str
) -> None:
    form = {"location": [world.uptown.pk], "parking": "Behind the house" if typed else "", **typed}
    page = client.post(url("bulk_edit"), form).content.decode()
    assert words in page
    assert ("Behind the house" in page) is bool(typed)
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_any_of_it(
    world: World, client_for: Callable[[Any], Client], who: str
) -> None:
    bulk = run(checked(world, new()))
    client = client_for(getattr(world, who))
    ours = [url("bulk", bulk.pk), url("bulk_columns", bulk.pk), url("bulk_rows_file", bulk.pk)]
    addresses = [*(url(name) for name in LISTS), url("locations_file", "csv"), *ours]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )
    for act in ("run", "undo", "resume", "check"):
        assert client.post(url("bulk", bulk.pk), {"act": act}).status_code == 404
    assert client.post(url("bulk_edit"), {"location": world.uptown.pk}).status_code == 404
    bulk.refresh_from_db()
    assert bulk.state == "DONE"


def test_another_franchise_finds_its_own_and_nothing_else(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    theirs = other_franchise()
    franchise = theirs.get_ancestors().get(depth=2).specific
    client = client_for(make_staff("other-admin", Role.FRANCHISE_ADMIN, franchise))
    bulk = run(checked(world, new()))
    for name in ("bulk", "bulk_columns", "bulk_rows_file"):
        assert client.get(url(name, bulk.pk)).status_code == 404
    page = client.get(url("locations")).content.decode()
    assert "Canary Place" in page
    assert "Uptown" not in page
    assert "Uptown" not in client.get(url("locations_file", "csv")).getvalue().decode()
    assert "locations.csv" not in client.get(url("bulk_list")).content.decode()
    assert client.get(url("bulk_edit"), {"location": world.uptown.pk}).status_code == 302
    form = {"location": world.uptown.pk, "fax": "(214) 555-0161"}
    assert client.post(url("bulk_edit"), form).status_code == 404
    foreign = {"franchise": world.franchise.pk, "file": SimpleUploadedFile("a.csv", b"id\n1\n")}
    assert client.post(url("bulk_import"), foreign).status_code == 200
    assert not BulkChange.objects.exclude(pk=bulk.pk).exists()


def test_lists_cost_the_same_for_many(world: World, client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    small = checked(world, new(location="Place 0"))
    for name in ("locations", "bulk_list"):
        queries(url(name))
    few = [queries(url("locations")), queries(url("bulk", small.pk)), queries(url("bulk_list"))]
    large = checked(world, *(new(location=f"Place {n}") for n in range(1, 9)))
    run(large)
    many = [queries(url("locations")), queries(url("bulk", large.pk)), queries(url("bulk_list"))]
    assert LocationFacts.objects.filter(name__startswith="Place").count() == 8
    assert many == few
