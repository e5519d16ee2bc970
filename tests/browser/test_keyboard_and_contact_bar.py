"""The way through a page without a mouse, and the bar that must never stand in it (W-03, B-07)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

ARTICLE = "/conditions/shingles/"
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const bar = document.querySelector(".contact-bar");
  return {
    name: element.outerHTML.slice(0, 120),
    isBody: element === document.body,
    isInBar: bar.contains(element),
    covered: getComputedStyle(bar).position === "fixed"
      ? Math.max(0, box.bottom - bar.getBoundingClientRect().top) : 0,
    underHeader: box.top,
    height: box.height,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
  };
}"""


def tab_through(page: Page) -> list[dict[str, Any]]:
    """What is focused, from the first to the last stop of the page."""
    stops: list[dict[str, Any]] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["isBody"]:
            return stops
        stops.append(stop)
    raise AssertionError("The focus never leaves the page.")


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("width", [360, 1280])
def test_skip_link_comes_first_and_moves_the_focus(width: int, site: str, sites: Sites) -> None:
    """W-03."""
    page = sites.open(site, ARTICLE, width)
    link = page.locator(".skip-link")
    hidden = link.bounding_box()

    page.keyboard.press("Tab")
    shown = link.bounding_box()
    is_first = page.evaluate("document.activeElement.matches('.skip-link')")
    page.keyboard.press("Enter")

    assert is_first
    assert max(hidden["width"], hidden["height"]) <= 1
    assert shown["width"] > 100
    assert (shown["y"] >= 0, shown["height"] >= 24) == (True, True)
    assert page.evaluate("document.activeElement === document.querySelector('main#main')")


@pytest.mark.parametrize("screen", [(360, 640), (320, 480), (1280, 800)])
@pytest.mark.parametrize("site", ["hillside", "hub"])
def test_focus_is_seen_at_every_stop(site: str, screen: tuple[int, int], sites: Sites) -> None:
    """W-07, and WCAG 2.4.11: outlined, and never below the bar."""
    stops = tab_through(sites.open(site, ARTICLE, *screen))

    assert len(stops) > 20
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    free = [stop for stop in stops if not stop["isInBar"] and stop["height"] < 200]
    assert [(stop["name"], stop["covered"]) for stop in free if stop["covered"] > 0] == []
    assert [stop["name"] for stop in free if stop["underHeader"] < 0] == []


@pytest.mark.parametrize("site", ["hillside", "harbour", "hub"])
def test_bar_is_large_enough_for_a_thumb(site: str, sites: Sites) -> None:
    """B-07: at most three actions of 44 px and more, 8 px apart."""
    page = sites.open(site, ARTICLE, 360, 640)

    boxes = [each.bounding_box() for each in page.locator(".contact-bar-action").all()]

    assert len(boxes) == {"hillside": 3, "harbour": 2, "hub": 1}[site]
    assert [box for box in boxes if box["width"] < 44 or box["height"] < 44] == []
    gaps = [right["x"] - left["x"] - left["width"] for left, right in pairwise(boxes)]
    assert [gap for gap in gaps if gap < 8] == []
    assert page.locator("nav.contact-bar").get_attribute("aria-label") == "Contact"


@pytest.mark.parametrize("site", SITES)
def test_bar_stays_at_the_foot_and_hides_nothing(site: str, sites: Sites) -> None:
    """B-07: also the last line of the footer can be read."""
    page = sites.open(site, ARTICLE, 360, 640)

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bar = page.locator(".contact-bar").bounding_box()
    footer = page.locator(".footer").bounding_box()

    assert bar["y"] + bar["height"] == 640
    assert footer["y"] + footer["height"] < bar["y"] + 1  # pages scroll by whole pixels


@pytest.mark.parametrize("screen", [(1280, 200), (360, 200), (320, 256), (640, 399)])
def test_bar_gives_way_in_a_low_window(screen: tuple[int, int], sites: Sites) -> None:
    """B-07: this also is what a high zoom looks like."""
    page = sites.open("hillside", ARTICLE, *screen)

    assert page.evaluate("getComputedStyle(document.querySelector('.contact-bar')).position") != (
        "fixed"
    )


def test_bar_stands_after_the_main_content(sites: Sites) -> None:
    page = sites.open("hillside", ARTICLE, 360, 640)

    order = page.eval_on_selector_all("main, .contact-bar, .footer", "a => a.map(e => e.tagName)")

    assert order == ["MAIN", "NAV", "FOOTER"]


def test_paper_has_no_buttons_but_the_number(sites: Sites) -> None:
    """B-05, B-07."""
    page = sites.open("hillside", ARTICLE, 360, 640)

    page.emulate_media(media="print")

    assert not page.locator(".contact-bar").is_visible()
    assert not page.locator(".header-nav").is_visible()
    assert page.locator(".cta-panel").get_by_text("(214) 555-0142").first.is_visible()


def test_reference_is_reached_by_keyboard(sites: Sites) -> None:
    """W-10: from a figure to its source, and back."""
    page = sites.open("hillside", ARTICLE)

    page.focus(".figures-source")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "source-1"

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").startswith("Cited in")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "figures-source"
