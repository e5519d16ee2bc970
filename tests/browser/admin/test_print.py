"""Issue 7, 7: reports on paper, as an editor hands them to counsel."""

from __future__ import annotations

import pytest

from tests.browser.admin.conftest import Desk

pytestmark = pytest.mark.browser

# A browser prints as much as the document is tall, whatever scrolls within.
IS_CUT = """() => {
  const last = [...document.querySelectorAll('.launch-item')].at(-1);
  return last.getBoundingClientRect().bottom > document.documentElement.scrollHeight;
}"""


def test_go_live_report_prints_as_a_whole_and_without_the_menu(desk: Desk) -> None:
    page = desk.open("franchise_admin", "/admin/my-clinic/")
    page.get_by_role("link", name="Hillside Pain Clinic").click()
    page.get_by_role("link", name="Checks").click()
    menu = page.locator("#wagtail-sidebar").get_by_role("link", name="My clinic")
    menu.wait_for()
    assert page.evaluate(IS_CUT)

    page.emulate_media(media="print")

    assert not menu.is_visible()
    assert page.get_by_role("heading", name="Hillside Pain Clinic").is_visible()
    assert not page.evaluate(IS_CUT)
