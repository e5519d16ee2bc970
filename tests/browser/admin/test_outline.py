"""The outline of a local version in the browser: by keyboard alone, and with every state in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.admin.conftest import Desk, tab_to

pytestmark = pytest.mark.browser


def edit(desk: Desk, article: str) -> Page:
    page = desk.open("hillside_publisher", "/admin/my-articles/")
    row = page.get_by_role("row", name=article)
    row.get_by_role("button", name="Customise").or_(
        row.get_by_role("link", name="Edit our version")
    ).click()
    page.get_by_role("heading", name="The article as your patients read it").wait_for()
    return page


def test_change_hide_add_and_save_by_keyboard(desk: Desk) -> None:
    """Every act of the outline without a mouse: change, read, hide, add before, and save."""
    page = edit(desk, "Cramps")

    tab_to(page, "Shared words of what. Read all")
    page.keyboard.press("Enter")
    expect(page.locator(".clinic-outline-prose").first).to_be_visible()
    tab_to(page, "Change for this clinic : What it is")
    page.keyboard.press("Enter")
    page.locator("[contenteditable=true]:focus").wait_for()
    page.keyboard.type("Typed. ")
    tab_to(page, "Hide here : Care", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    tab_to(page, "Add a section : Rest", "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Add before : Rest")
    page.keyboard.press("Enter")
    page.locator("[data-contentpath=overrides] [contenteditable=true]:focus").wait_for()
    page.keyboard.type("Ours alone.")
    page.keyboard.press("Control+s")
    page.get_by_text("has been updated").wait_for()

    states = page.locator(".clinic-outline-row .clinic-state").all_inner_texts()
    assert [state.strip() for state in states] == [
        "Own version", "Own version", "Follows library", "Hidden here",
    ]  # fmt: skip
    named = page.locator(".clinic-outline-name").all_inner_texts()
    assert named == ["What it is", "Care", "Rest"]


def test_compare_and_keep_by_keyboard(desk: Desk) -> None:
    page = edit(desk, "Our title")

    tab_to(page, "Our waiting")
    page.keyboard.press("Enter")
    tab_to(page, "Compare and decide : Our waiting")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Shared then").wait_for()
    tab_to(page, "Keep mine")
    page.keyboard.press("Enter")
    page.get_by_text("counts as up to date").wait_for()

    expect(page.get_by_text("5 sections wait for you")).to_be_visible()
    tab_to(page, "Undo")
    page.keyboard.press("Enter")
    page.get_by_text("Undone").wait_for()
    expect(page.get_by_text("6 sections wait for you")).to_be_visible()


def test_edit_our_text_leads_to_its_form(desk: Desk) -> None:
    page = edit(desk, "Our title")

    page.get_by_role("button", name=re.compile("Edit our text.*Our own")).click()
    page.locator("[contenteditable=true]:focus").wait_for()

    assert "Shared words of ours-own." in page.evaluate("document.activeElement.innerText")


def test_preview_shows_the_clinic_on_phone_and_desk(desk: Desk) -> None:
    page = edit(desk, "Our title")
    page.get_by_role("button", name=re.compile("Toggle preview")).click()

    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("heading", name="Our title")).to_be_visible(timeout=15_000)
    expect(frame.get_by_text("Hillside Pain Clinic").first).to_be_attached()
    for size in ("Preview in desktop size", "Preview in mobile size"):
        page.get_by_role("radio", name=size).check(force=True)
        expect(frame.get_by_role("heading", name="Our title")).to_be_attached()
