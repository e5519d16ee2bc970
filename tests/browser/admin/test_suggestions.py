"""Rows 39 and 52 in Chromium: a clinic suggests, the franchise decides, patients read it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.admin.conftest import Desk
from tests.browser.admin.test_accessibility import at_each_width

pytestmark = pytest.mark.browser

WORDS = "Park in the garage behind the house."
PLANO = "/locations/plano/"


def test_suggestion_from_the_clinic_to_its_patients_and_back(desk: Desk) -> None:
    editor = desk.open("hillside_editor", "/admin/my-clinic/")
    editor.get_by_role("link", name="Suggest a change for Plano").click()
    editor.get_by_label("Parking and entrance").fill(WORDS)
    editor.get_by_label("City").fill("Frisco")
    editor.get_by_label("Note for the franchise").fill("New since Monday")
    assert at_each_width(editor) == []
    editor.get_by_role("button", name="Suggest changes").click()
    expect(editor.get_by_text(f"Suggested: {WORDS}, waits for the franchise")).to_be_visible()
    assert WORDS not in desk.reads("hillside", PLANO)

    admin = desk.open("franchise_admin", "/admin/my-clinic/suggestions/")
    assert at_each_width(admin) == []
    admin.get_by_role("link", name="City, Parking and entrance").click()
    parking = admin.get_by_role("region", name="Parking and entrance")
    city = admin.get_by_role("region", name="City")
    parking.get_by_label("Approve", exact=True).check()
    city.get_by_label("Reject").check()
    admin.get_by_role("button", name="Save the decisions").click()
    expect(admin.get_by_role("alert").get_by_role("link", name="Comment")).to_be_visible()
    assert at_each_width(admin) == []
    city.get_by_label("Comment").fill("It is Plano.")
    admin.get_by_role("button", name="Save the decisions").click()
    expect(admin.get_by_text("Saved and live: Parking and entrance.")).to_be_visible()
    assert at_each_width(admin) == []
    assert WORDS in desk.reads("hillside", PLANO)

    editor.reload()
    editor.get_by_role("link", name="Suggestions").click()
    expect(editor.get_by_text("Approved", exact=True)).to_be_visible()
    assert at_each_width(editor) == []
    editor.get_by_role("link", name="Plano").click()
    expect(editor.get_by_text("It is Plano.")).to_be_visible()

    admin.get_by_role("button", name="Undo").click()
    expect(admin.get_by_text("Put back and live: Parking and entrance.")).to_be_visible()
    assert WORDS not in desk.reads("hillside", PLANO)
