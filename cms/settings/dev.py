"""The embedded profile of the demo: SQLite, local files, one secret made once by `make setup`."""

from __future__ import annotations

from cms.settings.base import *  # noqa: F403
from cms.settings.base import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
CLINICS_ALLOW_FICTIONAL_NUMBERS = env.bool("CLINICS_ALLOW_FICTIONAL_NUMBERS", default=True)
CLINICS_SERVE_MEDIA = True
SHOW_COMPONENTS = True
