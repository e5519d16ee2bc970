"""The mail server of an installation: a parsed EMAIL_URL in, an entry of Django's MAILERS out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Names that django-environ gives, and those that Django's SMTP backend takes.
_OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}
# Nobody waits longer than this, in seconds, for a mail server that does not answer.
TIMEOUT = 10


def mailer(parsed: Mapping[str, Any]) -> dict[str, Any]:
    """`parsed` is what `environ.Env.email_url` returns."""
    entry: dict[str, Any] = {"BACKEND": parsed["EMAIL_BACKEND"]}
    if parsed.get("EMAIL_HOST"):
        options = {ours: parsed[theirs] for theirs, ours in _OPTIONS.items() if parsed.get(theirs)}
        entry["OPTIONS"] = {**options, "timeout": TIMEOUT}
    return entry
