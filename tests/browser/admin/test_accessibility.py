"""The screens of local versions pass axe, at a desk and on a phone (W-01)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.admin.conftest import Desk
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

# Wagtail's own rich text box has no name, and its map of the page does not scroll by keyboard.
# A tooltip stands outside of every landmark while the pointer rests on its button.
OURS = {"exclude": [[".Draftail-Editor"], [".w-minimap"], ["[data-tippy-root]"]]}
SETTLED = 600  # milliseconds: messages fade in, and are judged when they are there
SCREENS = {"phone": (390, 844), "desk": (1280, 900)}


def at_each_width(page: Page, options: dict[str, Any] = OURS) -> list[str]:
    """What axe finds on a phone and at a desk; the page is at desk width afterwards."""
    found = []
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(SETTLED)
        found += violations(page, options)
    return found


@pytest.mark.parametrize("tab", ["Sections", "Title and summary"])
def test_editor_with_every_state_breaks_no_rule(desk: Desk, tab: str) -> None:
    page = _every_state(desk)
    page.get_by_role("tab", name=tab).click()

    assert at_each_width(page) == []


def test_compare_pages_break_no_rule(desk: Desk) -> None:
    page = _every_state(desk)
    links = page.locator("a[href*='/compare']")
    addresses = sorted({link.get_attribute("href") or "" for link in links.all()})

    assert len(addresses) >= 10
    for address in addresses:
        page.goto(address if address.startswith("http") else _origin(page) + address)
        assert at_each_width(page) == [], address


@pytest.mark.parametrize("act", ["", "hide", "follow", "take"])
def test_list_and_bulk_acts_break_no_rule(desk: Desk, act: str) -> None:
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    if act:
        for box in page.locator("tbody input[type=checkbox]").all():
            box.check()
        buttons = page.locator(f"button[formaction*='/{act}']")
        buttons.first.click()
        page.wait_for_load_state("networkidle")

    assert at_each_width(page) == []


def _every_state(desk: Desk) -> Page:
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    page.get_by_role("row", name="Our title").get_by_role("link", name="Edit our version").click()
    page.get_by_role("heading", name="The article as your patients read it").wait_for()
    return page


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])
