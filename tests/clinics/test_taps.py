"""Taps are counted, people are not (P-04)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import resolve

from clinics import taps
from clinics.models import TapCount
from tests.articles.factories import make_article
from tests.clock import set_time
from tests.factories import World

TAP = {"action": "call", "block": "panel", "path": "/locations/uptown/"}


def send(host: str = "hillside", headers: Any = None, **changes: str) -> Any:
    return Client(HTTP_HOST=f"{host}.test").post("/-/tap", TAP | changes, headers=headers or {})


def total() -> int:
    return sum(TapCount.objects.values_list("count", flat=True))


def test_tap_counts_one_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    set_time(monkeypatch, "2026-11-23T15:30:00Z")  # 9:30 AM in Dallas
    response = send()
    send()
    assert response.status_code == 204 and not response.cookies and response.content == b""
    (row,) = TapCount.objects.values("path", "block", "action", "day", "hours", "was_open", "count")
    assert str(row.pop("day")) == "2026-11-23"
    assert row == {
        "path": "/locations/uptown/", "block": "panel", "action": "call",
        "hours": 6, "was_open": True, "count": 2,
    }  # fmt: skip
    set_time(monkeypatch, "2026-11-24T02:30:00Z")  # 8:30 PM there, still the 23rd
    send()
    evening = TapCount.objects.get(hours=18)
    assert (str(evening.day), evening.was_open) == ("2026-11-23", False)


def test_table_has_no_column_for_a_person() -> None:
    names = {field.name for field in TapCount._meta.fields}
    assert names == {
        "id", "clinic", "path", "block", "action", "day", "hours", "was_open", "count",
    }  # fmt: skip


@pytest.mark.parametrize(
    "headers", [{"Sec-GPC": "1"}, {"DNT": "1"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_browser_that_asks_not_to_be_counted_is_not(world: World, headers: Any) -> None:
    assert send(headers=headers).status_code == 204
    assert total() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "buy"},
        {"block": ""},
        {"path": "/nowhere/"},
        {"path": "https://evil.example/"},
        {"path": "/locations/uptown/?src=ads"},
        {"path": "/" + "a" * 300 + "/"},
        {"path": ""},
    ],
)
def test_what_is_no_button_of_ours_is_not_counted(world: World, changes: Any) -> None:
    assert send(**changes).status_code == 204
    assert total() == 0


def test_path_of_another_clinic_is_not_counted(world: World) -> None:
    make_article("a", services=[])
    send("harbour")
    assert total() == 0
    send("harbour", path="/locations/marina/")
    assert TapCount.objects.get().clinic_id == world.harbour.pk


def test_flood_is_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taps, "MOST_A_MINUTE", 3)
    cache.clear()
    for _ in range(5):
        send()
    send("harbour", path="/locations/marina/")
    assert total() == 4


def test_reading_is_no_tap(world: World) -> None:
    assert Client(HTTP_HOST="hillside.test").get("/-/tap").status_code == 405
    assert send("hub").status_code == 204 and send("unknown").status_code == 404
    assert total() == 0


def test_every_button_says_what_it_is_and_where(world: World) -> None:
    for path in ("/", "/locations/uptown/", "/contact/"):
        html = Client(HTTP_HOST="hillside.test").get(path).text
        page = BeautifulSoup(html, "html.parser")
        links = page.select('a[href^="tel:"], a[href^="sms:"]')
        assert links
        for link in links:
            assert link["data-tap"] in taps.ACTIONS
            assert link.find_parent(attrs={"data-block": True})["data-block"] in taps.BLOCKS
        script = page.find("script", src="/static/clinics/js/page.js")
        assert script.has_attr("defer")
        assert resolve(script["data-taps"], "cms.public_urls").func is taps.tap


def test_hub_says_nowhere_to_count(world: World) -> None:
    page = BeautifulSoup(Client(HTTP_HOST="hub.test").get("/").text, "html.parser")

    assert page.find("script", src="/static/clinics/js/page.js")
    assert page.find("script", attrs={"data-taps": True}) is None
