"""People with passwords and second factors, and browsers that sign in as they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import World

PASSWORD = "a long pass phrase 71"


def code_of(secret: str, ahead: int = 0) -> str:
    """What an app shows now, or some half minutes ahead: each code works once."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2] + ahead))


def give_app(user: Any) -> str:
    """An authenticator app and recovery codes; the secret of the app."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def editor(world: World) -> Any:
    """Hillside's editor, with a password."""
    user = world.hillside_editor
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def browser() -> Client:
    """Nobody's browser, on the admin's host."""
    return Client(HTTP_HOST=settings.ADMIN_HOST)


@pytest.fixture
def factor_required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction runs within the request, as it does in production:
    the transaction of a test never ends.
    """
    monkeypatch.setattr("django.db.transaction.on_commit", lambda run, **_options: run())


@pytest.fixture
def signed_in(browser: Client, editor: Any) -> Callable[..., Client]:
    """The editor in a browser, with password and the code of the app where there is a secret."""

    def enter(secret: str = "", ahead: int = 0) -> Client:
        sign_in(browser, editor.username)
        if secret:
            browser.post(reverse("mfa_authenticate"), {"code": code_of(secret, ahead)})
        assert is_signed_in(browser)
        return browser

    return enter
