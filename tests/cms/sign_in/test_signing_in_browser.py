"""Issue 5 in Chromium: from an invitation to a second factor, and back by code and by passkey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, sync_playwright

from clinics.choices import Role
from clinics.inviting import NewMember, invite
from tests.browser.test_accessibility import violations
from tests.cms.sign_in.conftest import PASSWORD, code_of
from tests.factories import World

pytestmark = pytest.mark.browser

ADDRESS = "ann@example.com"
# A phone with a fingerprint: what the browser offers where there is one.
FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(live_server: Any, world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright runs a loop of its own in this thread; nothing of Django runs in it.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=settings.TEST_BROWSER or None, args=["--no-sandbox"]
        )
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 390, "height": 844}
        )
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})
        yield page
        browser.close()


def test_invited_editor_sets_up_a_factor_and_comes_back_by_code_and_by_passkey(
    factor_required: None, world: World, page: Page
) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if _is_refusal(said.text) else None)
    link = invite(NewMember(ADDRESS, Role.CLINIC_EDITOR, "Ann"), world.hillside, by=None).url

    _choose_password(page, link.removeprefix(settings.WAGTAILADMIN_BASE_URL))
    secret = _set_up_app(page)
    _sign_out(page)
    _sign_in(page)
    _look(page)
    page.get_by_label("Code").fill(code_of(secret, 1))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Today").wait_for()

    _add_passkey(page)
    _sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Today").wait_for()

    _sign_out(page)
    assert _post_to_wagtails_login(page) == 405
    page.goto("/admin/")
    assert page.url.endswith("/admin/sign-in/?next=/admin/")
    assert refused == []


def _choose_password(page: Page, path: str) -> None:
    page.goto(path)
    _look(page)
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    page.get_by_role("heading", name="Set up a second factor").wait_for()


def _set_up_app(page: Page) -> str:
    """Nothing else opens before; returns the secret, as somebody types it who cannot scan."""
    page.goto("/admin/pages/")
    page.get_by_role("heading", name="Set up a second factor").wait_for()
    _look(page)
    page.get_by_role("link", name="Set up an app").click()
    picture = page.get_by_role("img", name="QR code for the authenticator app")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    page.get_by_text("Type the key instead").click()
    secret = page.locator(".clinic-entry-secret code").inner_text()
    _look(page)
    page.get_by_label("Type the six digits").fill(code_of(secret))
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    _look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "recovery-codes.txt"
    page.get_by_role("link", name="I have kept them: go on").click()
    page.get_by_role("heading", name="Today").wait_for()
    return secret


def _add_passkey(page: Page) -> None:
    page.goto("/admin/second-factor/")
    _look(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("heading", name="Add a passkey").wait_for()
    _look(page)
    page.get_by_label("Name").fill("Ann’s phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("The passkey is set up.").wait_for()
    page.goto("/admin/second-factor/passkeys/")
    assert page.get_by_role("heading", name="Ann’s phone").is_visible()
    _look(page)


def _sign_out(page: Page) -> None:
    page.goto("/admin/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You have signed out.").wait_for()
    _look(page)


def _sign_in(page: Page) -> None:
    page.get_by_label("User name or e-mail address").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="One more step").wait_for()


def _post_to_wagtails_login(page: Page) -> int:
    """As a form of an old page would post it, with a token against forgery that is right."""
    page.goto("/admin/sign-in/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    typed = {"username": ADDRESS, "password": PASSWORD, "csrfmiddlewaretoken": token}
    return page.request.post("/admin/login/", form=typed).status


def _look(page: Page) -> None:
    """Everybody can read and use the page, and it fits a phone."""
    page.wait_for_load_state()
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def _is_refusal(text: str) -> bool:
    return "Content Security Policy" in text
