"""A word that is explained, as a reader meets it (T-13): without a script, and without a jump."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Sites

pytestmark = pytest.mark.browser

ARTICLE = "/conditions/shingles/"
EXPLANATION = "#term-stiffness"


def open_article(sites: Sites, **screen: Any) -> Page:
    """Without scripts of the page: Playwright's own still run."""
    return sites.open("hillside", ARTICLE, java_script_enabled=False, **screen)


def is_seen(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    size = page.viewport_size
    assert box and size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_explanation_comes_to_the_word_and_goes_again(sites: Sites, width: int) -> None:
    page = open_article(sites, width=width)
    word = page.locator("a.term")
    word.scroll_into_view_if_needed()
    assert not is_seen(page, EXPLANATION)
    before = word.bounding_box()

    word.focus()
    page.keyboard.press("Enter")

    assert is_seen(page, EXPLANATION)
    assert word.bounding_box() == before
    assert page.evaluate("document.activeElement.id") == "term-stiffness"

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert not is_seen(page, EXPLANATION)
    assert is_seen(page, "a.term")
    assert page.evaluate("document.activeElement.id") == "use-of-stiffness"


def test_on_paper_the_explanation_stands_at_the_foot(sites: Sites) -> None:
    page = open_article(sites)
    page.goto(f"{page.url}{EXPLANATION}")
    page.emulate_media(media="print")

    style = "e => getComputedStyle(e).position"
    assert page.eval_on_selector(EXPLANATION, style) == "static"
    assert page.locator(EXPLANATION).is_visible()
