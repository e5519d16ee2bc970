"""Settings of the test suite: the same middleware and policies as production, no outside world."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATABASES, VAR_DIR, env

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests of what tasks do run them at once (`tasks_at_once`); for all others they would be a tenth
# of the time.
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
folder = Path(tempfile.mkdtemp(prefix="polyclinic-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)
MEDIA_ROOT = str(folder / "media")
# Most tests publish to look at something else; those of the review ask for it (`review_required`).
ARTICLES_REVIEW_REQUIRED = False
CLINICS_ALLOW_FICTIONAL_NUMBERS = True
CLINICS_SERVE_MEDIA = True
SHOW_COMPONENTS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = VAR_DIR / "unused.sqlite3"
    # A file: one in memory is one connection for all threads of a server, and with two of them at
    # once Python loses count of its statements. Nobody needs it after a loss of power.
    DATABASES["default"]["TEST"] = {"NAME": folder / "tests.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of tests leave none open
TEST_BROWSER = env.str("CHROMIUM", default="")
TEST_HTML_CHECKER = env.str("HTML_CHECKER", default="")
CLINICS_PURGE_BACKENDS = []
