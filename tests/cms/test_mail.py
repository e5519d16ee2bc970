from __future__ import annotations

from typing import Any

import environ
import pytest

from cms.mail import TIMEOUT, mailer


def parsed(monkeypatch: pytest.MonkeyPatch, url: str) -> dict[str, Any]:
    monkeypatch.setenv("EMAIL_URL", url)
    return environ.Env().email_url("EMAIL_URL")


def test_mail_server_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = mailer(parsed(monkeypatch, "smtp+tls://ann:secret@mail.example.com:587"))

    assert entry == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example.com",
            "port": 587,
            "username": "ann",
            "password": "secret",
            "use_tls": True,
            "timeout": TIMEOUT,
        },
    }


def test_without_a_server_mails_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = mailer(parsed(monkeypatch, "consolemail://"))

    assert entry == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
