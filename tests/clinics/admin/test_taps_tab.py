"""A clinic reads its own counts of taps, by week and page; nobody else does (B-13)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from clinics import open_words
from clinics.models import TapCount
from clinics.tap_report import tap_report
from tests.factories import World


@pytest.fixture
def counts(world: World) -> date:
    """Two weeks of taps at Hillside and some at Harbour; returns the day of today."""
    today = open_words.current_time().date()
    for clinic, path, action, days, was_open, count in (
        (world.hillside, "/", "call", 0, True, 3),
        (world.hillside, "/", "text", 0, False, 2),
        (world.hillside, "/contact/", "call", 7, True, 4),
        (world.hillside, "/", "call", 400, True, 99),
        (world.harbour, "/secret-of-harbour/", "call", 0, True, 50),
    ):
        TapCount.objects.create(
            clinic=clinic, path=path, action=action, block="panel", hours=6,
            day=today - timedelta(days=days), was_open=was_open, count=count,
        )  # fmt: skip
    return today


def address(clinic: Any) -> str:
    return reverse("my_clinic:taps", args=[clinic.pk])


def test_clinic_reads_its_pages_and_weeks(world: World, counts: date, client_for: Any) -> None:
    html = client_for(world.hillside_editor).get(address(world.hillside)).text
    page = BeautifulSoup(html, "html.parser")
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in page.find_all("tr")
        if row.find("th", scope="row") and row.find("th").get_text().startswith("/")
    ]
    assert rows == [
        ["/", "3", "2", "0", "0", "2", "5"],
        ["/contact/", "4", "0", "0", "0", "0", "4"],
    ]
    bars = page.select(".clinic-taps-chart rect")
    assert len(bars) == 12 and [int(bar["height"]) for bar in bars[-2:]] == [96, 120]
    assert "secret-of-harbour" not in html


def test_spreadsheet_has_weeks_and_no_days(world: World, counts: date, client_for: Any) -> None:
    response = client_for(world.hillside_publisher).get(f"{address(world.hillside)}?export=csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0] == "Week of,Page,Place on the page,Action,While open,Taps"
    monday = counts - timedelta(days=counts.weekday())
    assert f"{monday.isoformat()},/,panel,call,yes,3" in lines
    assert len(lines) == 4 and "harbour" not in "".join(lines)


def test_others_get_404(world: World, counts: date, client_for: Any) -> None:
    for user in (world.harbour_publisher, world.library_publisher, world.outsider):
        for query in ("", "?export=csv"):
            response = client_for(user).get(address(world.hillside) + query)
            assert response.status_code in (302, 404), user
            assert b"/contact/" not in getattr(response, "content", b"")
    assert client_for(world.franchise_admin).get(address(world.hillside)).status_code == 200


def test_clinic_without_taps_reads_so(world: World, client_for: Any) -> None:
    html = client_for(world.hillside_publisher).get(address(world.hillside)).text
    assert "Nobody has tapped a button" in html


def test_report_of_nothing_has_twelve_empty_weeks() -> None:
    report = tap_report([], date(2026, 11, 25), ("call",))
    assert (len(report.weeks), report.total, report.pages) == (12, 0, ())
    assert report.weeks[-1].start == date(2026, 11, 23)
