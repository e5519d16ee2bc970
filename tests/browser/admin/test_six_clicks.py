"""From the dashboard to a changed paragraph on the clinic's site, in six clicks and typing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator

from tests.browser.admin.conftest import Desk, tab_to

pytestmark = pytest.mark.browser


def test_paragraph_is_customised_and_published_in_six_clicks(desk: Desk) -> None:
    """What was typed a moment before publishing is live, and only this clinic says it."""
    page = desk.open("hillside_publisher", "/admin/")
    clicks: list[str] = []

    def click(target: Locator) -> None:
        clicks.append(target.inner_text())
        target.click()

    click(page.get_by_role("link", name="My articles"))
    click(page.get_by_role("row", name="Migraine").get_by_role("button", name="Customise"))
    click(page.get_by_role("button", name=re.compile("Change for this clinic.*What it is")))
    page.locator("[contenteditable=true]:focus").wait_for()
    page.keyboard.type("We see people with migraine on Fridays. ")
    tab_to(page, "Reason")
    page.keyboard.type("Patients ask when we see people with migraine")
    click(page.get_by_role("button", name="More actions"))
    click(page.get_by_role("button", name="Publish", exact=True))
    page.get_by_text("has been published").or_(page.get_by_text("published")).first.wait_for()

    words = "We see people with migraine on Fridays. Shared words of what."
    assert len(clicks) <= 6
    assert words in desk.reads("hillside", "/conditions/migraine/")
    assert "on Fridays" not in desk.reads("harbour", "/conditions/migraine/")
