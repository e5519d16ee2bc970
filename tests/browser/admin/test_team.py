"""A clinic's publisher brings somebody in, gives another role, and lets somebody else go."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.browser.admin.conftest import Desk
from tests.browser.admin.leaver import NAME
from tests.browser.admin.test_accessibility import at_each_width

pytestmark = pytest.mark.browser


def test_team_from_an_invitation_to_a_hand_over(desk: Desk) -> None:
    """Issue 5, item 4; every screen on the way passes axe at a desk and on a phone."""
    page = desk.open("hillside_publisher", "/admin/my-clinic/")
    page.get_by_role("link", name="Team", exact=True).click()
    _look(page)

    page.get_by_role("link", name="Invite somebody").click()
    _look(page)
    page.get_by_label("Email").fill("ann@hill.example")
    page.get_by_label("Name", exact=True).fill("Ann Hill")
    page.get_by_role("radio", name=re.compile("Clinic editor")).check()
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_text("a letter with a link is on its way to ann@hill.example").wait_for()
    assert "Invited" in page.get_by_role("row", name="Ann Hill").inner_text()

    page.get_by_role("link", name="Ann Hill").click()
    _look(page)
    page.get_by_role("radio", name=re.compile("Clinic publisher")).check()
    page.get_by_role("button", name="Save the role").click()
    page.get_by_text("Ann Hill is clinic publisher from now on.").wait_for()

    page.get_by_role("link", name="My clinic").first.click()
    page.get_by_role("link", name="Team", exact=True).click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Remove or hand over").click()
    _look(page)
    assert "About us" in page.locator("main").inner_text()
    successors = page.get_by_label("Who takes over at Hillside Pain Clinic")
    successors.select_option(label="hillside-publisher@example.com")
    page.get_by_role("button", name="Hand over and end this").click()
    page.get_by_text(f"{NAME} is removed. What they held was handed over.").wait_for()
    assert page.get_by_role("row", name=NAME).count() == 0
    page.get_by_text(f"Handed over from {NAME} to hillside-publisher@example.com").wait_for()


def _look(page: Page) -> None:
    assert at_each_width(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
