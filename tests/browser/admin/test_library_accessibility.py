"""Screens of the library, of updates and of reports pass axe, at a desk and on a phone (W-01)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.admin.conftest import Desk, tab_to
from tests.browser.admin.test_accessibility import OURS, at_each_width

pytestmark = pytest.mark.browser

LISTS = {
    "offers": "/admin/library-offers/",
    "decided offers": "/admin/library-offers/?state=decided",
    "matrix": "/admin/articles-by-clinic/",
    "matrix of a state": "/admin/articles-by-clinic/?state=WAITING",
    "checks": "/admin/articles-by-clinic/checks/",
    "receipts": "/admin/articles-by-clinic/safety/",
    "front page": "/admin/",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_and_reports_break_no_rule(desk: Desk, name: str) -> None:
    page = desk.open("library_publisher", LISTS[name])
    assert page.locator("h1").count() == 1
    assert at_each_width(page) == []


def test_screens_of_an_article_break_no_rule(desk: Desk) -> None:
    page = _article(desk)
    number = page.url.split("/pages/")[1].split("/")[0]
    root = page.url.split("/admin/")[0] + "/admin"
    draft = _draft(page)
    addresses = {
        "before publishing": draft,
        "what publishing does": f"{root}/releases/{number}/impact/",
        "releases": f"{root}/releases/{number}/",
        "withdraw": f"{root}/releases/{number}/withdraw/",
    }
    for name, address in addresses.items():
        page.goto(address)
        assert at_each_width(page) == [], name
    page.goto(addresses["what publishing does"])
    page.locator(".impact-clinics a").first.click()
    page.locator("#impact-before").wait_for()
    # The frames are patients' pages, which have tests of their own.
    assert at_each_width(page, {"exclude": [*OURS["exclude"], ["iframe"]]}) == []


def test_offer_is_made_and_answered_without_breaking_a_rule(desk: Desk) -> None:
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    page.get_by_role("row", name="Our title").get_by_role("link", name="Edit our version").click()
    page.locator("a[href*='/offer/']").first.click()
    page.get_by_role("heading", name="Mine, as it is live").wait_for()
    assert at_each_width(page) == []
    offer = page.locator("button[value=offer]")
    if offer.count():
        offer.first.click()
        page.get_by_text("Waits for an answer").wait_for()
        assert at_each_width(page) == []
    library = desk.open("library_publisher", "/admin/library-offers/")
    library.locator(".release-title a").first.click()
    library.get_by_role("heading", name="Offered text").wait_for()
    assert at_each_width(library) == []
    library.get_by_role("button", name="Decline").click()
    library.get_by_text("tell the clinic why").wait_for()
    assert at_each_width(library) == []


def test_screens_of_one_clinic_break_no_rule(desk: Desk) -> None:
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    for tab in ("Library updates", "Texts to look at"):
        page.get_by_role("link", name=tab, exact=True).first.click()
        page.locator("h1").wait_for()
        assert at_each_width(page) == [], tab
    page.goto(page.url.replace("/checks/", "/updates/"))
    page.get_by_role("link", name="Every state").first.click()
    page.get_by_role("heading", name="Safety change").first.wait_for()
    assert at_each_width(page) == []


def test_article_is_published_by_keyboard(desk: Desk) -> None:
    """From the last look on: another kind of change, a note, and the button."""
    page = _article(desk)
    page.goto(_draft(page))
    page.get_by_role("heading", name="Before publishing").wait_for()
    tab_to(page, "Wording")
    page.keyboard.press("ArrowRight")
    tab_to(page, "Show what the chosen kind does")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_label("Facts").is_checked()
    tab_to(page, "What changed")
    page.keyboard.type("By keyboard alone")
    tab_to(page, "Publish now")
    page.keyboard.press("Enter")
    page.get_by_text("is published as release").wait_for()
    assert page.get_by_text("By keyboard alone").count() >= 1


def _article(desk: Desk) -> Page:
    page = desk.open("library_publisher", "/admin/pages/")
    page.get_by_role("link", name="Every state", exact=True).first.click()
    page.locator("#id_summary").wait_for()
    return page


def _draft(page: Page) -> str:
    """Saves a draft and asks to publish it; returns the address of the last look."""
    summary = page.locator("#id_summary")
    summary.fill(f"{summary.input_value()} Newer.")
    with page.expect_navigation():
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Publish", exact=True).click()
    return page.url


def test_page_with_both_texts_breaks_no_rule(desk: Desk) -> None:
    """Two people in one article: the second sees both texts."""
    first, second = _article(desk), _article(desk)
    for page, words in ((first, "Of the first."), (second, "Of the second.")):
        page.locator("#id_search_description").evaluate("(box, words) => box.value = words", words)
        page.locator("#id_summary").evaluate("(box, words) => box.value = words", words)
        with page.expect_navigation():
            page.evaluate("document.querySelector('[data-edit-form]').requestSubmit()")
    second.get_by_text("Go on with my text").wait_for()
    assert at_each_width(second) == []
