"""T-01, T-04 in Chromium: who publishes what in which state, in the library and at clinics."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.balance import PAGES
from tests.browser.admin.conftest import Desk
from tests.browser.admin.seasons import publish

pytestmark = pytest.mark.browser

PATH = "/conditions/balance/"
OURS = "Ketamine is an anesthetic, we say."


def edit(desk: Desk, user: str, page: str) -> Page:
    opened = desk.open(user, f"/admin/pages/{PAGES[page]}/edit/")
    opened.wait_for_load_state("networkidle")
    return opened


def approve(reviewer: Page, page: str) -> None:
    reviewer.goto(reviewer.url.split("/admin/")[0] + f"/admin/medical-reviews/{PAGES[page]}/")
    reviewer.get_by_label("I reviewed the whole page").check()
    reviewer.get_by_role("button", name="Approve this text").click()
    expect(reviewer.get_by_text("Last reviewed by Ada Hill")).to_be_visible()


def test_who_publishes_what_in_which_state(desk: Desk, settings: Any) -> None:
    settings.ARTICLES_REVIEW_REQUIRED = True

    # A draft: its writer sends it to review and does not publish.
    writer = edit(desk, "library_editor", "article")
    writer.get_by_role("button", name="More actions").click()
    expect(writer.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    writer.goto(writer.url.split("/admin/")[0] + f"/admin/medical-reviews/{PAGES['article']}/")
    expect(writer.get_by_role("button", name="Approve this text")).to_have_count(0)
    writer.get_by_role("button", name="Send to medical review").click()
    expect(writer.get_by_text("Sent by")).to_be_visible()

    # In review: the publisher is told why not, and patients have nothing.
    publisher = edit(desk, "library_publisher", "article")
    publish(publisher)
    expect(publisher.get_by_text("It waits for a medical reviewer")).to_be_visible()
    expect(publisher.get_by_role("button", name="Publish now")).to_be_disabled()
    assert "anesthetic" not in desk.reads("hillside", PATH)

    # Approved: it goes live at both clinics.
    reviewer = desk.open("reviewer", f"/admin/medical-reviews/{PAGES['article']}/")
    approve(reviewer, "article")
    publisher.reload()
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.get_by_text("is published as release")).to_be_visible()
    for site in ("hillside", "harbour"):
        assert "Ketamine is an anesthetic." in desk.reads(site, PATH)

    # A clinical change waits at that clinic only; a slot of the other goes live.
    hillside = edit(desk, "hillside_publisher", "hillside")
    publish(hillside)
    expect(hillside.get_by_text("no medical reviewer has approved this text").first).to_be_visible()
    harbour = edit(desk, "harbour_publisher", "harbour")
    with harbour.expect_navigation():
        publish(harbour)
    assert "We are by the pier." in desk.reads("harbour", PATH)
    assert OURS not in desk.reads("hillside", PATH)

    # Approved, it goes live there and nowhere else.
    approve(reviewer, "hillside")
    hillside.goto(hillside.url.split("/admin/")[0] + f"/admin/pages/{PAGES['hillside']}/edit/")
    hillside.wait_for_load_state("networkidle")
    with hillside.expect_navigation():
        publish(hillside)
    assert OURS in desk.reads("hillside", PATH)
    assert OURS not in desk.reads("harbour", PATH)
