"""The state line and the call to action by hours, as a patient reads them (H-03, H-04, H-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, save_facts
from clinics.open_words import open_line
from clinics.resolve import locations_of
from tests.clock import set_time
from tests.factories import World
from tests.reading import page_of, words_of

type OpenSite = Callable[[Any], Client]

THANKSGIVING = SpecialInterval(date(2026, 11, 26), date(2026, 11, 27), label="Thanksgiving")


@pytest.mark.parametrize(
    ("utc", "text"),
    [
        ("2026-11-23T14:30+00:00", "Open today until 12:00 PM CST"),
        ("2026-11-23T18:00+00:00", "Closed. Opens today 1:00 PM CST"),
        ("2026-11-23T23:00+00:00", "Closed. Opens Tuesday 8:00 AM CST"),
        ("2026-11-26T16:00+00:00", "Closed today (Thanksgiving). Opens Monday 8:00 AM CST"),
        ("2026-11-28T16:00+00:00", "Saturday by appointment. Opens Monday 8:00 AM CST"),
        ("2027-03-12T18:30+00:00", "Closed. Opens Monday 8:00 AM CDT"),
    ],
)
def test_line_of_a_location(
    world: World, monkeypatch: pytest.MonkeyPatch, utc: str, text: str
) -> None:
    _close(world, THANKSGIVING)
    set_time(monkeypatch, utc)

    line = open_line(locations_of(world.hillside.pk)[0])

    assert line is not None
    assert line.text == text


def test_a_long_closing_names_the_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _close(world, SpecialInterval(date(2026, 11, 23), date(2026, 12, 4), label="Moving"))
    set_time(monkeypatch, "2026-11-24T16:00+00:00")

    line = open_line(locations_of(world.hillside.pk)[0])

    assert line is not None
    assert line.text == "Closed today (Moving). Opens Monday, December 7, 8:00 AM CST"


def test_unknown_hours_say_nothing(world: World) -> None:
    facts = facts_of(world.marina.pk)
    save_facts(facts, {}, user=None, base_version=facts.version, hours=())

    assert open_line(locations_of(world.harbour.pk)[0]) is None


def test_open_clinic_is_called_and_closed_one_is_texted(
    world: World, site_client: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H-03: the order turns with the state; the call stays."""
    while_open = _panel(site_client(world.hillside), "/")
    set_time(monkeypatch, "2026-11-23T23:00+00:00")
    while_closed = _panel(site_client(world.hillside), "/")

    assert _labels(while_open) == ["Call now", "Text us"]
    assert "Open today until 12:00 PM CST" in words_of(while_open)
    assert _labels(while_closed) == ["Text us", "Call us"]
    assert "Closed. Opens Tuesday 8:00 AM CST" in words_of(while_closed)


def test_header_of_a_closed_clinic_still_calls(
    world: World, site_client: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """X-02: a text button needs its disclosure, for which a header has no room."""
    set_time(monkeypatch, "2026-11-23T23:00+00:00")
    page = page_of(site_client(world.hillside).get("/").text)

    assert [link["href"] for link in page.select(".header-action a")] == ["tel:+12145550142"]


def test_each_location_has_its_own_state(
    world: World, site_client: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H-02: Uptown is at lunch, Plano is not; the order of ways is the clinic's (B-08)."""
    set_time(monkeypatch, "2026-11-23T18:30+00:00")
    page = page_of(site_client(world.hillside).get("/locations/").text)

    lines = [words_of(line) for line in page.select(".location .open-line")]
    assert lines == [
        "Closed. Opens today 1:00 PM CST Monday, November 23",
        "Open today until 5:00 PM CST Monday, November 23",
    ]


def test_today_is_marked_in_words_and_exceptions_stand_below(
    world: World, site_client: OpenSite
) -> None:
    """H-06."""
    _close(world, THANKSGIVING)
    page = page_of(site_client(world.hillside).get("/locations/uptown/").text)

    (today,) = page.select(".hours-today")
    assert words_of(today.th) == "Monday today"
    assert [words_of(line) for line in page.select(".hours-special-line")] == [
        "Thursday, November 26 to Friday, November 27 Closed (Thanksgiving)"
    ]


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [("2026-11-23T14:30+00:00", 60), ("2026-11-23T17:59:45+00:00", 15)],
    ids=["far-from-a-change", "just-before-lunch"],
)
def test_a_shared_cache_never_keeps_a_page_past_a_change(
    world: World,
    site_client: OpenSite,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    seconds: int,
) -> None:
    """H-04."""
    set_time(monkeypatch, moment)
    response = site_client(world.hillside).get("/")

    assert response["Cache-Control"] == f"max-age=0, must-revalidate, s-maxage={seconds}"


def test_hub_has_no_state(world: World, site_client: OpenSite) -> None:
    assert not page_of(site_client(world.hub).get("/").text).select(".open-line")


def _close(world: World, *rows: SpecialInterval) -> None:
    facts = facts_of(world.uptown.pk)
    save_facts(facts, {}, user=None, base_version=facts.version, special_hours=rows)


def _panel(client: Client, path: str) -> Tag:
    panel = page_of(client.get(path).text).select_one(".cta-panel")
    assert panel is not None
    return panel


def _labels(panel: Tag) -> list[str]:
    return [words_of(label) for label in panel.select(".action-label")]
