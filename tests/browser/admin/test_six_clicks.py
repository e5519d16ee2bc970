"""From the dashboard to a changed paragraph on the clinic's site, in six clicks and typing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Request, Route

from tests.browser.admin.conftest import Desk, tab_to

pytestmark = pytest.mark.browser


def test_paragraph_is_customised_and_published_in_six_clicks(desk: Desk) -> None:
    """What was typed a moment before publishing is live, and only this clinic says it."""
    page = desk.open("hillside_publisher", "/admin/")
    clicks: list[str] = []

    def click(target: Locator) -> None:
        clicks.append(target.inner_text())
        target.click()

    click(page.get_by_role("link", name="My pages"))
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


def test_publishing_waits_for_the_autosave_that_is_on_its_way(desk: Desk) -> None:
    """Somebody quick is no second person: the publish knows what the autosave has written."""
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    page.get_by_role("row", name="Quick").get_by_role("button", name="Customise").click()
    page.get_by_role("button", name=re.compile("Change for this clinic.*What it is")).click()
    page.locator("[contenteditable=true]:focus").wait_for()

    sent: list[str] = []

    def slowly(route: Route) -> None:
        """The server has written it; its answer takes its time."""
        if not _is_autosave(route.request):
            route.continue_()
            return
        sent.append(route.request.url)
        response = route.fetch()
        page.wait_for_timeout(2500)
        route.fulfill(response=response)

    page.route("**/edit/", slowly)
    page.keyboard.type("Quick words. ")
    page.wait_for_timeout(2000)  # Wagtail compares with what it finds a moment after opening
    page.get_by_label("Reason").last.fill("We are quick")
    for _step in range(100):
        if sent:
            break
        page.wait_for_timeout(200)
    assert sent
    page.wait_for_timeout(700)  # the server writes it, and the browser does not know yet
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()

    page.get_by_text("has been published").first.wait_for()
    assert "Quick words." in desk.reads("hillside", "/conditions/quick/")


def _is_autosave(request: Request) -> bool:
    is_fetch = request.method == "POST" and request.resource_type == "fetch"
    return is_fetch and request.url.endswith("/edit/")
