"""What production starts with, whatever is left out of its environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

NAMES = (
    "SECOND_FACTOR_REQUIRED",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_AGE",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE",
    "WAGTAIL_PASSWORD_RESET_ENABLED",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
)
STRICT = [True, True, True, "Lax", 12 * 60 * 60, True, False, 0]


def _settings(**environment: str) -> list[Any]:
    read = f"json.dumps([{','.join(NAMES)}])"
    code = f"import json; from cms.settings.production import *; print({read})"
    variables = {
        "PATH": os.environ["PATH"],
        "ADMIN_HOST": "admin.test",
        "SECRET_KEY": "3Jx9" * 20 + "no-secret-at-all",
        "DATABASE_URL": "sqlite:///:memory:",
        "VAR_DIR": settings.MEDIA_ROOT,
        **environment,
    }
    run = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, STRICT),
        ({"SECOND_FACTOR_REQUIRED": "off"}, [False, *STRICT[1:]]),
        # A proxy that is believed names whose attempts are counted.
        ({"TRUST_PROXY": "on"}, [*STRICT[:-1], 1]),
    ],
)
def test_sessions_and_factors_of_production(
    environment: dict[str, str], expected: list[Any]
) -> None:
    assert _settings(**environment) == expected


def test_demo_and_tests_ask_for_no_second_factor() -> None:
    assert settings.SECOND_FACTOR_REQUIRED is False
