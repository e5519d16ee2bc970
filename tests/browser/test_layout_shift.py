"""Nothing moves under the finger while pictures and fonts come in (P16: a layout shift of 0)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

LATE = 0.4  # seconds, long after the first paint
WATCH = """() => {
  window.shifts = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts.push([
    entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 80)),
  ]))).observe({type: "layout-shift", buffered: true});
}"""


def late(route: Route) -> None:
    time.sleep(LATE)
    route.continue_()


def shifts(page: Page, url: str) -> list[Any]:
    """What moved while a page came in, without anybody having touched it."""
    page.goto(url, wait_until="commit")
    page.evaluate(WATCH)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    return list(page.evaluate("window.shifts"))


@pytest.mark.parametrize(("site", "width"), [("hillside", 390), ("hub", 390), ("harbour", 1280)])
def test_late_pictures_and_fonts_move_nothing(site: str, width: int, sites: Sites) -> None:
    page = sites.open(site, "/nowhere/", width)
    page.route("**/media/**", late)
    page.route("**/fonts/**", late)

    found = {path: shifts(page, sites.url(site, path)) for path in SITES[site][:4]}

    assert {path: moved for path, moved in found.items() if moved} == {}


def test_moved_words_are_seen(sites: Sites) -> None:
    """What the test above relies on."""
    page = sites.open("hillside", "/", 390)
    page.evaluate(WATCH)
    page.evaluate(
        """document.querySelector("main").insertAdjacentHTML("afterbegin",
             "<p>One</p><p>Two</p><p>Three</p>")"""
    )
    page.wait_for_timeout(100)

    assert page.evaluate("window.shifts") != []
