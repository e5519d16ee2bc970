"""A forgotten password: a link by mail, which tells nobody who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from tests.cms.sign_in.conftest import PASSWORD, code_of, give_app, is_signed_in, sign_in
from tests.factories import World

pytestmark = pytest.mark.usefixtures("tasks_at_once")
FORM = "account_reset_password"


def link_in(mailoutbox: Any) -> str:
    """The path of the link in the one mail."""
    (sent,) = mailoutbox
    return "/admin/" + re.search(r"://[^/]+/admin/(\S+)", sent.body)[1]


def choose(browser: Client, link: str, password: str) -> Any:
    form = browser.get(link, follow=True)
    typed = {"password1": password, "password2": password}
    return browser.post(form.request["PATH_INFO"], typed, follow=True)


@pytest.mark.parametrize("typed", ["hillside-editor@example.com", "Hillside-Editor@Example.com"])
def test_link_changes_the_password_and_ends_every_session(
    signed_in: Any, editor: Any, mailoutbox: Any, typed: str
) -> None:
    other = signed_in()
    browser = Client(HTTP_HOST=other.defaults["HTTP_HOST"])
    browser.post(reverse(FORM), {"email": typed})

    page = choose(browser, link_in(mailoutbox), "another phrase 72")

    assert page.request["PATH_INFO"] == reverse("account_reset_password_from_key_done")
    assert not is_signed_in(browser)
    assert other.get("/admin/").status_code == 302
    sign_in(browser, editor.username, "another phrase 72")
    assert is_signed_in(browser)
    assert "was changed" in mailoutbox[1].body


def test_link_works_once(browser: Client, editor: Any, mailoutbox: Any) -> None:
    browser.post(reverse(FORM), {"email": editor.email})
    link = link_in(mailoutbox)
    choose(browser, link, "another phrase 72")

    page = browser.get(link, follow=True).content.decode()

    assert "This link does not work any more" in page


def test_link_does_not_replace_the_second_factor(
    browser: Client, editor: Any, mailoutbox: Any
) -> None:
    secret = give_app(editor)
    browser.post(reverse(FORM), {"email": editor.email})
    choose(browser, link_in(mailoutbox), "another phrase 72")

    assert sign_in(browser, editor.username, "another phrase 72").url == reverse("mfa_authenticate")
    assert not is_signed_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_signed_in(browser)


def test_answer_is_the_same_for_an_address_that_nobody_has(
    browser: Client, editor: Any, mailoutbox: Any
) -> None:
    answers = [
        browser.post(reverse(FORM), {"email": address})
        for address in (editor.email, "nobody@example.com")
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert [sent.to for sent in mailoutbox] == [[editor.email]]


def test_closed_account_gets_no_link(browser: Client, editor: Any, mailoutbox: Any) -> None:
    editor.is_active = False
    editor.save()

    browser.post(reverse(FORM), {"email": editor.email})

    assert mailoutbox == []


def test_link_is_to_our_own_address_whatever_host_is_named(
    world: World, editor: Any, mailoutbox: Any, settings: Any
) -> None:
    browser = Client(HTTP_HOST=f"{settings.ADMIN_HOST}:6666")

    browser.post(reverse(FORM), {"email": editor.email})

    assert ":6666" not in mailoutbox[0].body
    assert f"{settings.WAGTAILADMIN_BASE_URL}/admin/sign-in/password/" in mailoutbox[0].body


def test_weak_password_is_named(browser: Client, editor: Any, mailoutbox: Any) -> None:
    browser.post(reverse(FORM), {"email": editor.email})

    page = choose(browser, link_in(mailoutbox), "12345678").content.decode()

    assert "This password is too common." in page
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_mail_server_that_is_down_stops_nobody(
    browser: Client, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_arguments: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", down)

    assert browser.post(reverse(FORM), {"email": editor.email}).status_code == 302
