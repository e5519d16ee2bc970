"""The way in: by password, by a second step, and never by Wagtail's own form."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cms.sign_in.urls import urlpatterns
from tests.cms.sign_in.conftest import PASSWORD, code_of, give_app, is_signed_in, sign_in
from tests.factories import World

LOGIN = "/admin/login/"


@pytest.mark.parametrize("factor", [True, False])
@pytest.mark.parametrize("path", [LOGIN, f"{LOGIN}?next=/admin/pages/"])
def test_post_to_wagtails_own_login_is_refused(
    browser: Client, editor: Any, factor: bool, path: str
) -> None:
    """Issue 5: with a password of a user with a second factor (and of one without)."""
    if factor:
        give_app(editor)
    typed = {"username": editor.username, "password": PASSWORD, "next": "/admin/"}

    answer = browser.post(path, typed)

    assert answer.status_code == 405
    assert not is_signed_in(browser)
    assert browser.get("/admin/").status_code == 302


def test_the_password_that_wagtails_login_refuses_is_right(browser: Client, editor: Any) -> None:
    sign_in(browser, editor.username)

    assert is_signed_in(browser)


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        (LOGIN, "/admin/sign-in/"),
        (f"{LOGIN}?next=/admin/pages/", "/admin/sign-in/?next=/admin/pages/"),
        ("/admin/pages/", "/admin/sign-in/?next=/admin/pages/"),
    ],
)
def test_wagtails_own_address_leads_to_ours(browser: Client, asked: str, led: str) -> None:
    answer = browser.get(asked)

    assert (answer.status_code, answer.url) == (302, led)


@pytest.mark.parametrize(
    "path", ["", "done/", "confirm/Mg/set-password/", "confirm/Mg/abc-def/", "complete/"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_own_password_reset_is_closed(
    browser: Client, world: World, path: str, method: str
) -> None:
    mailed = {"email": world.hillside_editor.email}

    assert getattr(browser, method)(f"/admin/password_reset/{path}", mailed).status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("host", ["hillside.test", "hub.test"])
def test_no_clinics_host_has_an_address_of_an_account(world: World, host: str) -> None:
    client = Client(HTTP_HOST=host)
    texts = {"uidb64": "Mg", "uidb36": "2", "key": "a-b", "token": "a-b", "pk": 1}
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        path = reverse(pattern.name, kwargs={name: texts[name] for name in names})
        assert client.get(path).status_code == 404, path
        # Nothing takes a post there, whatever the address.
        assert client.post(path).status_code == client.post("/nowhere/").status_code, path


@pytest.mark.parametrize(
    "name",
    (
        "account_signup account_email account_confirm_email account_change_password "
        "account_set_password account_request_login_code account_confirm_login_code "
        "account_request_reauthentication_code mfa_trust mfa_signup_webauthn"
    ).split(),
)
def test_what_nobody_uses_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("field", ["username", "email"])
def test_name_or_address_and_password_open_the_admin(
    browser: Client, editor: Any, field: str
) -> None:
    answer = sign_in(browser, getattr(editor, field), next="/admin/account/")

    assert answer.url == "/admin/account/"
    assert browser.get("/admin/").status_code == 200


def test_nobody_is_led_to_another_host(browser: Client, editor: Any) -> None:
    answer = sign_in(browser, editor.username, next="https://evil.example/")

    assert answer.url == "/admin/"


def test_second_step_is_asked_of_whoever_has_a_factor(browser: Client, editor: Any) -> None:
    secret = give_app(editor)

    answer = sign_in(browser, editor.username)

    assert answer.url == reverse("mfa_authenticate")
    assert not is_signed_in(browser)
    assert browser.get("/admin/").status_code == 302
    wrong = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "does not fit" in wrong.content.decode()
    assert not is_signed_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_signed_in(browser)


def test_a_code_works_once(editor: Any) -> None:
    code = code_of(give_app(editor))
    for expected in (True, False):
        browser = Client(HTTP_HOST=settings.ADMIN_HOST)
        sign_in(browser, editor.username)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(browser) is expected


def test_a_recovery_code_works_once(editor: Any) -> None:
    give_app(editor)
    codes = editor.authenticator_set.get(type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    for expected in (True, False):
        browser = Client(HTTP_HOST=settings.ADMIN_HOST)
        sign_in(browser, editor.username)
        browser.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(browser) is expected


def test_unknown_name_and_wrong_password_get_the_same_answer(browser: Client, editor: Any) -> None:
    pages = [
        re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(login, "X"))
        for login in (editor.username, editor.email, "nobody", "nobody@example.com")
        if (answer := sign_in(browser, login, "a wrong phrase"))
    ]

    assert "do not belong together" in pages[0]
    assert set(pages) == {pages[0]}


def test_attempts_are_limited_by_name_whatever_port_the_host_names(editor: Any) -> None:
    for number in range(5):
        browser = Client(HTTP_HOST=f"{settings.ADMIN_HOST}:{8000 + number}")
        sign_in(browser, editor.username, "a wrong phrase")
    browser = Client(HTTP_HOST=f"{settings.ADMIN_HOST}:9000")

    answer = sign_in(browser, editor.username)

    assert "Too many attempts" in answer.content.decode()
    assert not is_signed_in(browser)


def test_too_many_requests_get_a_page_of_ours(browser: Client, world: World) -> None:
    answers = [sign_in(browser, f"nobody{number}", "wrong") for number in range(31)]

    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_whoever_has_no_address_can_sign_in(browser: Client, editor: Any) -> None:
    """Behind a proxy's socket there is none."""
    browser.defaults["REMOTE_ADDR"] = ""

    sign_in(browser, editor.username)

    assert is_signed_in(browser)


def test_cookie_ends_with_the_browser_and_its_key_changes(browser: Client, editor: Any) -> None:
    browser.get(reverse("account_login"))
    before = browser.session.session_key

    sign_in(browser, editor.username)

    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == cookie["expires"] == ""
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")
    assert browser.session.get_expiry_age() == 12 * 60 * 60
    assert browser.session.session_key != before


def test_closed_account_is_told_so_only_with_its_password(browser: Client, editor: Any) -> None:
    editor.is_active = False
    editor.save()

    assert sign_in(browser, editor.username).url == reverse("account_inactive")
    assert "do not belong" in sign_in(browser, editor.username, "wrong").content.decode()
    assert not is_signed_in(browser)
    assert browser.get(reverse("account_inactive")).status_code == 200


def test_signing_out_says_so(signed_in: Any) -> None:
    client = signed_in()

    page = client.post(reverse("wagtailadmin_logout"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert not is_signed_in(client)


def test_address_of_an_account_is_not_changed_by_its_user(signed_in: Any, editor: Any) -> None:
    """An invitation goes to the account that has the address: it must not be made one's own."""
    typed = {
        "name_email-first_name": "Ed",
        "name_email-last_name": "Itor",
        "name_email-email": "the-new-admin@example.com",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    client = signed_in()

    client.post(reverse("wagtailadmin_account"), typed)

    before = editor.email
    editor.refresh_from_db()
    assert (editor.first_name, editor.email) == ("Ed", before)


def test_invented_names_do_not_push_out_the_count_for_a_real_one() -> None:
    for number in range(400):
        cache.set(f"invented-{number}", "x")

    assert cache.get("invented-0") == "x"
