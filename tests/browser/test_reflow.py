"""Narrow windows, large letters and long words lose nothing (W-08)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

LONG_NAME = "Interdisziplinäres Schmerztherapiezentrumsverwaltungsgesellschaftshaus"
# What a reader's own style sheet may ask for (WCAG 1.4.12).
SPACING = """() => document.querySelectorAll("*").forEach(each => {
  each.style.setProperty("line-height", "1.5", "important");
  each.style.setProperty("letter-spacing", "0.12em", "important");
  each.style.setProperty("word-spacing", "0.16em", "important");
  if (each.matches("p")) each.style.setProperty("margin-bottom", "2em", "important");
})"""
# Text that its box cuts off.
CUT = """() => [...document.querySelectorAll("main *, header *, footer *, .contact-bar *")]
  .filter(each => !each.closest(".visually-hidden, svg, details:not([open]) > :not(summary)"))
  .filter(each => {
    const style = getComputedStyle(each);
    const hides = ["hidden", "clip"].includes(style.overflowX) ||
      ["hidden", "clip"].includes(style.overflowY);
    const isTooLarge = each.scrollWidth > each.clientWidth + 1 ||
      each.scrollHeight > each.clientHeight + 1;
    return hides && isTooLarge && each.clientWidth > 0 && each.innerText.trim();
  }).map(each => each.outerHTML.slice(0, 120))"""


def too_wide(page: Page) -> int:
    """By how many pixels a page has to be scrolled sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("site", SITES)
def test_narrow_window_needs_no_scrolling_sideways(site: str, sites: Sites) -> None:
    found = {path: (too_wide(page), page.evaluate(CUT))
             for path, page in sites.each(site, width=320, height=640)}  # fmt: skip

    assert found == dict.fromkeys(SITES[site], (0, []))


@pytest.mark.parametrize("width", [640, 1280])
@pytest.mark.parametrize("site", SITES)
def test_letters_of_twice_the_size_lose_nothing(site: str, width: int, sites: Sites) -> None:
    found = {}
    for path, page in sites.each(site, width=width):
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[path] = (too_wide(page), page.evaluate(CUT))

    assert found == dict.fromkeys(SITES[site], (0, []))


@pytest.mark.parametrize("site", SITES)
def test_wide_spacing_loses_nothing(site: str, sites: Sites) -> None:
    found = {}
    for path, page in sites.each(site, width=360, height=640):
        page.evaluate(SPACING)
        found[path] = (too_wide(page), page.evaluate(CUT))

    assert found == dict.fromkeys(SITES[site], (0, []))


@pytest.mark.parametrize(
    "selector",
    [".header-name", ".page-title", ".section-heading", ".cta-heading", ".contact-bar-label",
     ".action-label", ".page-label", ".footer-name", ".footer-link"],
)  # fmt: skip
def test_long_words_wrap(selector: str, sites: Sites) -> None:
    page = sites.open("hillside", "/conditions/shingles/", 320, 640)

    page.eval_on_selector_all(
        selector, "(all, name) => all.forEach(each => { each.textContent = name })", LONG_NAME
    )

    assert (too_wide(page), page.evaluate(CUT)) == (0, [])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("site", ["hillside", "hub"])
def test_logo_stands_on_the_edge_of_the_page(site: str, width: int, sites: Sites) -> None:
    """Its formats take no room beside it."""
    page = sites.open(site, "/about/" if site != "hub" else "/", width)
    header, logo = (page.locator(name).bounding_box() for name in (".header-wrap", ".header img"))

    assert header is not None
    assert logo is not None
    assert (logo["x"], logo["height"]) == (header["x"], 44)
