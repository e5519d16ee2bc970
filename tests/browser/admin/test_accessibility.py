"""The screens of local versions pass axe, at a desk and on a phone (W-01)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.admin.conftest import Desk
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

# Wagtail's own rich text box has no name, and its map of the page does not scroll by keyboard.
OURS = {"exclude": [[".Draftail-Editor"], [".w-minimap"]]}
SCREENS = {"desk": (1280, 900), "phone": (390, 844)}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("tab", ["Sections", "Title and summary"])
def test_editor_with_every_state_breaks_no_rule(desk: Desk, tab: str, screen: str) -> None:
    page = _every_state(desk, screen)
    page.get_by_role("tab", name=tab).click()

    assert violations(page, OURS) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_compare_pages_break_no_rule(desk: Desk, screen: str) -> None:
    page = _every_state(desk, screen)
    links = page.locator("a[href*='/compare']")
    addresses = sorted({link.get_attribute("href") or "" for link in links.all()})

    assert len(addresses) >= 10
    for address in addresses:
        page.goto(address if address.startswith("http") else _origin(page) + address)
        assert violations(page, OURS) == [], address


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("act", ["", "hide", "follow", "take"])
def test_list_and_bulk_acts_break_no_rule(desk: Desk, act: str, screen: str) -> None:
    width, height = SCREENS[screen]
    page = desk.open("hillside_publisher", "/admin/my-articles/", width=width, height=height)
    if act:
        for box in page.locator("tbody input[type=checkbox]").all():
            box.check()
        buttons = page.locator(f"button[formaction*='/{act}']")
        buttons.first.click()
        page.wait_for_load_state("networkidle")

    assert violations(page, OURS) == []


def _every_state(desk: Desk, screen: str) -> Page:
    width, height = SCREENS[screen]
    page = desk.open("hillside_publisher", "/admin/my-articles/", width=width, height=height)
    page.get_by_role("row", name="Our title").get_by_role("link", name="Edit our version").click()
    page.get_by_role("heading", name="The article as your patients read it").wait_for()
    return page


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])
