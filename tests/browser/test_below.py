"""P16: what lies below the first screen of an article waits for the first paint, and no longer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Sites
from tests.browser.test_layout_shift import shifts

pytestmark = pytest.mark.browser

ARTICLE = "/conditions/shingles/"
PARTS = ".contents, .section:not([role]), .cta-panel, .page-section, .footer"
WAITS = f"""() => [...document.querySelectorAll("{PARTS}")].filter(
  part => getComputedStyle(part).contentVisibility !== "visible").length"""
# As the first frame has them: the sheet's own rules, before their animation.
AT_FIRST = f"""() => {{
  for (const animation of document.getAnimations()) animation.cancel();
  return [...document.querySelectorAll("{PARTS}")].map(
    part => getComputedStyle(part).contentVisibility);
}}"""


def open_article(sites: Sites, path: str = ARTICLE) -> Page:
    page = sites.open("hillside", path, 390, 844)
    page.wait_for_function(f"({WAITS})() === 0", timeout=5_000)
    return page


def test_everything_is_laid_out_without_being_scrolled_to(sites: Sites) -> None:
    page = open_article(sites)

    assert page.locator(PARTS).count() > 10
    assert page.evaluate("scrollY") == 0
    page.emulate_media(media="print")
    assert set(page.evaluate(AT_FIRST)) == {"visible"}


def test_parts_take_their_place_before_they_are_laid_out(sites: Sites) -> None:
    page = open_article(sites)
    height = page.evaluate("document.body.scrollHeight")

    assert set(page.evaluate(AT_FIRST)) == {"auto"}
    # Those that a browser knows already keep their height, so nobody is thrown about.
    assert page.evaluate("document.body.scrollHeight") == height


def test_a_place_far_below_is_where_its_address_says(sites: Sites) -> None:
    """The real heights above it come in after the jump, and the reader stays."""
    page = open_article(sites)
    target = page.locator(".section[id]").last.get_attribute("id")

    page = open_article(sites, f"{ARTICLE}#{target}")

    box = page.locator(f"#{target}").bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 844


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_on_the_first_screen(sites: Sites, width: int) -> None:
    page = sites.open("hillside", "/nowhere/", width, 844)

    assert shifts(page, sites.url("hillside", ARTICLE)) == []
