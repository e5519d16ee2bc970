"""Every type of page passes axe, on a phone and on a desk, by day and by night (W-01, W-04)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SITES, Sites

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page: Page, context: Any = None) -> list[str]:
    """One line for each element that breaks a rule."""
    found = Axe().run(page, context=context, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:120]} {node.get('failureSummary', '')[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    "screen",
    [
        {"width": 360, "height": 640},
        {"width": 1280, "height": 800},
        {"width": 1280, "height": 800, "color_scheme": "dark"},
    ],
    ids=["phone", "desk", "desk by night"],
)
@pytest.mark.parametrize("site", SITES)
def test_pages_break_no_rule(site: str, screen: dict[str, Any], sites: Sites) -> None:
    """W-01."""
    found = {path: violations(page) for path, page in sites.each(site, **screen)}

    assert {path: lines for path, lines in found.items() if lines} == {}


def test_broken_rule_is_seen(sites: Sites) -> None:
    """What the tests above rely on: the rules do run under our content policy."""
    page = sites.open("hillside", "/")
    page.evaluate("document.querySelector('main img').removeAttribute('alt')")

    assert [line.split(":")[0] for line in violations(page)] == ["image-alt"]


@pytest.mark.parametrize("site", ["hillside", "harbour"])
@pytest.mark.parametrize("summary", [".header-toggle", ".contact-bar-more summary"])
def test_opened_parts_break_no_rule(site: str, summary: str, sites: Sites) -> None:
    """W-01: the menu, and the sheet with the disclosure of texts."""
    page = sites.open(site, "/", width=360, height=640)

    page.click(summary)

    assert violations(page) == []


@pytest.mark.parametrize("site", SITES)
def test_headings_are_an_outline(site: str, sites: Sites) -> None:
    """W-04: one h1, and no level is left out on the way down."""
    for path, page in sites.each(site):
        levels = page.eval_on_selector_all(
            "h1, h2, h3, h4, h5, h6", "all => all.map(each => Number(each.tagName[1]))"
        )
        skipped = [(one, other) for one, other in pairwise(levels) if other > one + 1]
        assert (levels[0], levels.count(1), skipped) == (1, 1, []), path


@pytest.mark.parametrize("site", SITES)
def test_links_in_text_are_underlined(site: str, sites: Sites) -> None:
    """W-09: a link is not told by its colour alone."""
    for path, page in sites.each(site):
        plain = page.eval_on_selector_all(
            ".prose a, .disclosure a",
            """links => links.filter(link =>
                 !getComputedStyle(link).textDecorationLine.includes("underline")
               ).map(link => link.outerHTML)""",
        )
        assert plain == [], path
