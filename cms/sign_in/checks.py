"""What must hold before the site is put on the internet; run by `manage.py check --deploy`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def check_second_factor(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """cms.E001: a password alone opens the admin."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error(
            "A password alone opens the admin: nobody is asked for a second factor.",
            hint="Take SECOND_FACTOR_REQUIRED out of the environment, or set it to on.",
            id="cms.E001",
        )
    ]


@register(Tags.security)
def check_middleware(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """cms.E002: sessions outlive the rights of their users, and no second factor is asked for."""
    wanted = "cms.sign_in.middleware.SignedInMiddleware"
    if wanted in settings.MIDDLEWARE:
        return []
    return [
        Error(
            "Nothing ends a session whose user has lost the second factor or the last role.",
            hint=f"Add {wanted!r} to MIDDLEWARE, before the gate.",
            id="cms.E002",
        )
    ]
