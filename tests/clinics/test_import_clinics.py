"""`manage.py import_clinics`: whole clinics or none, faults by place, and safe to run again."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision, Site

from articles.models import ArticleLibraryPage, ArticleMountPage
from clinics.choices import TextStatus
from clinics.importing import COLUMNS
from clinics.models import ClinicFacts, ClinicPage, FactsChange, LocationFacts, Service
from clinics.phones import parse_number
from clinics.resolve import resolve_host
from tests.factories import World

LAKESIDE = {
    "clinic": "Lakeside Pain Center", "slug": "lakeside", "host": "lakeside.test",
    "legal_name": "Lakeside Pain Center LLC", "brand_primary": "#0b4f6c", "brand_accent": "#f2a541",
    "location": "Main", "street": "1 Lake Row", "city": "Towson", "state": "MD", "zip": "21204",
    "latitude": "39.4", "longitude": "-76.6", "timezone": "America/New_York",
    "main_phone": "(410) 555-0125", "text_phone": "(410) 555-0126", "service_areas": "Towson;Essex",
    "hours": "Mon-Fri 09:00-17:00", "services": "ketamine-infusion",
}  # fmt: skip
SECOND = LAKESIDE | {"location": "Pier", "main_phone": "(410) 555-0127", "text_phone": ""}
GROVE = LAKESIDE | {
    "clinic": "Grove Clinic", "slug": "grove", "host": "grove.test", "legal_name": "Grove LLC"
}  # fmt: skip

type Row = dict[str, str]
type Table = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Writes rows as the file that is imported, again and again."""

    def to_file(*rows: Row, columns: tuple[str, ...] = COLUMNS) -> Path:
        path = tmp_path / "clinics.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return to_file


def run(path: Path, **options: Any) -> tuple[str, str, str]:
    """What went to the output, to the error output, and the message of a failure."""
    out, err, failure = StringIO(), StringIO(), ""
    try:
        call_command("import_clinics", str(path), stdout=out, stderr=err, no_color=True, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


def test_empty_installation_gets_library_hub_and_clinics(no_world: None, table: Table) -> None:
    done = run(table(LAKESIDE, SECOND, GROVE))

    clinic = resolve_host("lakeside.test").clinic
    assert done == (
        "lakeside: created with 2 location(s)\ngrove: created with 1 location(s)\n", "", ""
    )  # fmt: skip
    assert [p.name for p in clinic.locations] == ["Main", "Pier"]
    assert clinic.primary.main == parse_number("(410) 555-0125")
    assert (clinic.primary.text_approved, clinic.locations[1].text_approved) == (True, False)
    assert clinic.primary.service_areas == ("Towson", "Essex")
    assert clinic.services == {"ketamine-infusion"}
    assert ArticleLibraryPage.objects.count() == 1
    assert ArticleMountPage.objects.count() == 9
    assert resolve_host("localhost").clinic.is_hub


def test_second_run_changes_nothing(world: World, table: Table) -> None:
    run(table(LAKESIDE, SECOND))
    before = (Page.objects.count(), Revision.objects.count(), FactsChange.objects.count())

    done = run(table(LAKESIDE, SECOND))

    assert done == ("lakeside: unchanged\n", "", "")
    assert (Page.objects.count(), Revision.objects.count(), FactsChange.objects.count()) == before


def test_dry_run_writes_nothing(no_world: None, table: Table) -> None:
    pages = Page.objects.count()

    done = run(table(LAKESIDE, GROVE), dry_run=True)

    assert done[0].splitlines() == [
        "lakeside: would be created with 1 location(s)",
        "grove: would be created with 1 location(s)",
    ]
    assert Page.objects.count() == pages
    assert not Site.objects.filter(hostname="lakeside.test").exists()
    assert not Service.objects.exists()


def test_changed_number_is_saved_and_logged(world: World, table: Table) -> None:
    """Architecture 1.3: facts have one writer, with a log."""
    run(table(LAKESIDE, SECOND))

    done = run(table(LAKESIDE, SECOND | {"main_phone": "(410) 555-0199"}))

    change = FactsChange.objects.get()
    facts = LocationFacts.objects.get(name="Pier")
    assert done[0] == "lakeside: updated, 1 location(s) changed\n"
    assert facts.main_phone == parse_number("(410) 555-0199")
    assert facts.version == 2
    assert change.page_id == facts.page_id
    assert (change.before["main_phone"], change.after["main_phone"]) == (
        "+14105550127", "+14105550199",
    )  # fmt: skip


def test_changed_facts_of_the_clinic_and_its_hours_are_saved(world: World, table: Table) -> None:
    run(table(LAKESIDE))

    done = run(table(LAKESIDE | {"legal_name": "Lakeside PLLC", "hours": "Mon 09:00-12:00"}))

    assert done[0] == "lakeside: updated, 1 location(s) changed\n"
    assert ClinicFacts.objects.get(clinic__slug="lakeside").legal_name == "Lakeside PLLC"
    assert len(resolve_host("lakeside.test").clinic.primary.hours) == 1
    assert FactsChange.objects.count() == 2


def test_location_that_is_new_in_the_file_is_added(world: World, table: Table) -> None:
    run(table(LAKESIDE))

    done = run(table(LAKESIDE, SECOND))

    assert done[0] == "lakeside: updated, 1 location(s) changed\n"
    assert [p.name for p in resolve_host("lakeside.test").clinic.locations] == ["Main", "Pier"]


def test_registration_of_a_text_number_is_not_taken_back(world: World, table: Table) -> None:
    """X-05: the file says nothing about it, so what was entered since stays."""
    run(table(LAKESIDE))
    LocationFacts.objects.filter(name="Main").update(text_status=TextStatus.PENDING)

    done = run(table(LAKESIDE))

    assert done[0] == "lakeside: unchanged\n"
    assert LocationFacts.objects.get(name="Main").text_status == TextStatus.PENDING


def test_registration_may_stand_in_the_file(world: World, table: Table) -> None:
    run(table(LAKESIDE | {"text_status": "pending"}, columns=(*COLUMNS, "text_status")))

    assert LocationFacts.objects.get(name="Main").text_status == TextStatus.PENDING


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("clinic", "", "clinic: is empty: fill it in."),
        ("main_phone", "", "main_phone: is empty: fill it in."),
        ("main_phone", "555-0125", "main_phone: “555-0125” has 7 digits"),
        ("text_phone", "+44 20 7946 0958", "text_phone: “+44 20 7946 0958”"),
        ("state", "XX", "state: "),
        ("zip", "2120", "zip: Five digits, such as 75204."),
        ("latitude", "north", "latitude: “north” is no number: use degrees such as 32.80681."),
        ("longitude", "190", "longitude: 190.0 is out of range: it lies between -180 and 180."),
        ("timezone", "Europe/Berlin", "timezone: "),
        ("hours", "Mon 09:00-08:99", "hours: "),
        ("hours", "Mon 09:00-12:00,11:00-13:00", "hours: "),
        ("brand_primary", "#ffee00", "brand_primary: "),
        ("brand_accent", "yellow", "brand_accent: "),
        (
            "slug",
            "Lake Side",
            "slug: “Lake Side” is no slug: use small letters, digits and hyphens.",
        ),
        (
            "host",
            "https://lakeside.test",
            "host: “https://lakeside.test” is no host name: leave out",
        ),
        (
            "services",
            "massage",
            "services: “massage” is not a service: use one of ketamine-infusion",
        ),
        ("street", "x" * 161, "street: Ensure this value has at most 160 characters"),
        ("legal_name", "x" * 161, "legal_name: Ensure this value has at most 160 characters"),
    ],
)
def test_fault_is_named_with_line_column_and_remedy(
    column: str, value: str, message: str, world: World, table: Table
) -> None:
    bad = LAKESIDE | {column: value}
    slug = bad["slug"]

    out, err, failure = run(table(bad, GROVE))

    (line,) = err.splitlines()
    assert line.startswith(f"{slug}: line 2, {message}")
    assert failure == f"Not imported: {slug}. Correct the lines above and run it again."
    assert out == "grove: created with 1 location(s)\n"


def test_every_fault_of_a_row_is_named_at_once(world: World, table: Table) -> None:
    bad = LAKESIDE | {"zip": "1", "state": "Maryland", "main_phone": "none"}

    _out, err, _failure = run(table(bad))

    columns = [line.split(", ")[1].split(":")[0] for line in err.splitlines()]
    assert sorted(columns) == ["main_phone", "state", "zip"]


def test_clinic_with_one_bad_row_is_not_written_at_all(world: World, table: Table) -> None:
    out, err, failure = run(table(LAKESIDE, SECOND | {"zip": "1"}, GROVE))

    assert err == "lakeside: line 3, zip: Five digits, such as 75204.\n"
    assert out == "grove: created with 1 location(s)\n"
    assert "lakeside" in failure
    assert not ClinicPage.objects.filter(slug="lakeside").exists()
    assert not Site.objects.filter(hostname="lakeside.test").exists()


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("host", "line 3, host: “other.test” differs from “lakeside.test” above: use one of them."),
        ("location", "line 3, location: “Main” is there twice: give each a name of its own."),
    ],
)
def test_rows_of_a_clinic_have_to_agree(
    column: str, message: str, world: World, table: Table
) -> None:
    other = {"host": SECOND | {"host": "other.test"}, "location": LAKESIDE}[column]

    _out, err, _failure = run(table(LAKESIDE, other))

    assert err == f"lakeside: {message}\n"
    assert not ClinicPage.objects.filter(slug="lakeside").exists()


@pytest.mark.parametrize("dry_run", [True, False])
def test_host_belongs_to_one_clinic(dry_run: bool, world: World, table: Table) -> None:
    """A host in the database, and one that stands in the file twice."""
    rows = (
        GROVE | {"host": "harbour.test"},
        LAKESIDE,
        LAKESIDE | {"slug": "pond", "clinic": "Pond"},
    )

    out, err, failure = run(table(*rows), dry_run=dry_run)

    assert err.splitlines() == [
        "grove: host: harbour.test belongs to “Harbour Infusion Center” already: use another one.",
        "pond: host: lakeside.test belongs to “Lakeside Pain Center” already: use another one.",
    ]
    assert out.splitlines() == [
        f"lakeside: {'would be ' if dry_run else ''}created with 1 location(s)"
    ]
    assert failure == "Not imported: grove, pond. Correct the lines above and run it again."
    assert resolve_host("harbour.test").page == world.harbour


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file."),
        (b"\xff\xfe\x00", "not readable as UTF-8 text"),
        (b"", "are missing. The first line names them."),
        (b"clinic,slug\nA,a\n", "the columns host, legal_name, brand_primary"),
    ],
)
def test_file_that_is_no_table_is_refused(
    content: bytes | None, message: str, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "clinics.csv"
    if content is not None:
        path.write_bytes(content)

    out, _err, failure = run(path)

    assert out == ""
    assert failure.startswith(f"{path}: ")
    assert message in failure
