"""Row 54 in Chromium: from nothing to an open site, and its own editor within its walls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as BrowserPage

from clinics.launching import prepare
from clinics.models import ClinicPage, LocalPage
from tests.factories import World

pytestmark = pytest.mark.browser

TYPED = {
    "name": "Pear Tree Pain Clinic",
    "host": "peartree.test",
    "location_name": "Midtown",
    "street": "12 Pear Tree Way",
    "city": "Atlanta",
    "zip_code": "30309",
    "main_phone": "(404) 555-0121",
    "people-0-person_name": "Ann Pear",
    "people-0-email": "ann@peartree.example",
}
CHOSEN = {
    "state": "GA",
    "time_zone": "America/New_York",
    "brand_layout": "cover",
    "brand_typeface": "serif",
}
LAW = {
    "edit": {"legal_name": "Pear Tree Pain Clinic LLC"},
    "law": {
        "director_name": "Ann Peach, MD",
        "director_license": "GA-12345",
        "receives_hhs_funds": "No",
    },
}
# Lists, choosers, filters, reports and searches that the new clinic's editor can open.
SCREENS = (
    *("/admin/", "/admin/my-clinic/", "/admin/my-articles/", "/admin/pages/", "/admin/images/"),
    *("/admin/pages/search/?q=harbour", "/admin/images/?q=harbour", "/admin/people/"),
    *("/admin/choose-page/search/?q=harbour", "/admin/people_chooser/", "/admin/images/chooser/"),
    *("/admin/choose-page/", "/admin/api/main/pages/?search=harbour", "/admin/articles-by-clinic/"),
    *("/admin/users/", "/admin/sites/", "/admin/reports/site-history/", "/admin/collections/"),
)


@dataclass
class Admin:
    browser: Browser
    origin: str

    def page(self, session: str = "") -> BrowserPage:
        context = self.browser.new_context(base_url=self.origin)
        if session:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": session, "url": self.origin}])
        return context.new_page()


@pytest.fixture
def admin(live_server: Any, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Admin]:
    # Playwright runs a loop of its own in this thread; nothing of Django runs in it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=settings.TEST_BROWSER or None,
            args=["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"],
        )
        yield Admin(browser, live_server.url)
        browser.close()


def test_from_nothing_to_an_open_site_with_an_editor_of_its_own(
    world: World, admin: Admin, client_for: Any
) -> None:
    session = client_for(world.franchise_admin).cookies[settings.SESSION_COOKIE_NAME].value
    public = admin.origin.replace("localhost", "peartree.test")

    wizard = admin.page(session)
    link = _make_clinic(wizard)
    patient = admin.page()
    assert patient.goto(public).status == 404
    _answer_for_the_law(wizard)
    wizard.get_by_role("button", name="Open the site to patients").click()
    wizard.get_by_text("is open to patients").wait_for()
    assert patient.goto(public).status == 200
    assert patient.get_by_role("heading", name="Pear Tree Pain Clinic").first.is_visible()

    editor = admin.page()
    _sign_up(editor, link.replace(settings.WAGTAILADMIN_BASE_URL, admin.origin))
    _change_about(editor)
    patient.goto(f"{public}/about/")
    assert patient.get_by_role("heading", name="About Ann and the others").is_visible()
    for screen in SCREENS:
        editor.goto(screen)
        text = editor.locator("body").inner_text() + editor.content()
        assert "Harbour" not in text.replace("q=harbour", ""), screen


def _make_clinic(page: BrowserPage) -> str:
    """Types and chooses everything; returns the link that the invited person gets."""
    page.goto("/admin/my-clinic/")
    page.get_by_role("link", name="Add a clinic").click()
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").press_sequentially(text)
    for name, value in CHOSEN.items():
        page.select_option(f"[name={name}]", value)
    page.fill("[name=brand_primary]", "#1f4d3a")
    page.locator("[name=services]").first.check()
    preview = page.frame_locator("iframe").get_by_role("heading", name=TYPED["name"])
    preview.wait_for()
    page.get_by_role("button", name="Make the clinic").click()
    return page.locator(".launch-links code").inner_text()


def _answer_for_the_law(page: BrowserPage) -> None:
    """What the checklist still wants, by its own links; ends where the site is opened."""
    checklist = page.url
    assert page.get_by_role("button", name="Open the site to patients").is_disabled()
    clinic = ClinicPage.objects.get(facts__name=TYPED["name"])
    for screen, typed in LAW.items():
        page.goto(f"/admin/my-clinic/{clinic.pk}/{screen}/")
        for name, value in typed.items():
            field = page.locator(f"[name={name}]")
            is_list = field.evaluate("each => each.tagName") == "SELECT"
            field.select_option(label=value) if is_list else field.fill(value)
        page.get_by_role("button", name="Save", exact=True).first.click()
        page.get_by_text("Saved", exact=False).first.wait_for()
    # Workers check the texts; none runs here.
    prepare(clinic)
    page.goto(checklist)


def _sign_up(page: BrowserPage, link: str) -> None:
    page.goto(link)
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", "a long pass phrase 71")
    page.get_by_role("button", name="Save and sign in").click()
    page.get_by_role("heading", name="Today").wait_for()


def _change_about(page: BrowserPage) -> None:
    about = LocalPage.objects.get(slug="about", url_path__contains="pear-tree")
    page.goto(f"/admin/pages/{about.pk}/edit/")
    page.fill("[name=title]", "About Ann and the others")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("has been published").wait_for()
