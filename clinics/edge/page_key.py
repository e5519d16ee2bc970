"""Which page a request asks for: a WSGI environ in, the key of a kept page or None out.

Only what decides the answer is part of the key, so that nobody can fill the cache with invented
queries, or get one page for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.conf import settings

from clinics.admin_paths import is_admin_path
from clinics.campaigns import PARAMETER, is_campaign

LONGEST_PATH = 500
# Beside pages, whose paths end with a slash.
FILES = frozenset({"/sitemap.xml", "/feed.xml", "/robots.txt"})
# Where in the environ notes are taken of what the page shows (`clinics.edge.shown`).
NOTES = "clinics.shown"
# One dot at the end is the same host (as Django reads it), whatever the port.
_HOST = re.compile(r"([a-z0-9.-]{0,252}[a-z0-9-])\.?(?::\d{1,5})?")
_READ_BY_VIEWS = {"near"}


class PageKey(NamedTuple):
    """`campaign` is that of the address, before anybody knows whether the clinic has it."""

    host: str
    path: str
    is_secure: bool
    campaign: str = ""


def read_by_views(*parameters: str) -> None:
    """Have requests with these parameters answered by their view each time."""
    _READ_BY_VIEWS.update(parameters)


def page_key(environ: Mapping[str, Any]) -> PageKey | None:
    """None for what a view has to answer: other methods, people, searches, odd hosts."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
        return None
    if "HTTP_AUTHORIZATION" in environ or _is_of_session(environ.get("HTTP_COOKIE", "")):
        return None
    host = _HOST.fullmatch(environ.get("HTTP_HOST", "").lower())
    path = environ.get("PATH_INFO", "")
    if host is None or not _is_page(path):
        return None
    campaign = ""
    if query := environ.get("QUERY_STRING", ""):
        # The last one counts, also a blank one: as Django reads it.
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        if any(parameters.get(name) for name in _READ_BY_VIEWS):
            return None
        campaign = parameters.get(PARAMETER, "")
        campaign = campaign if is_campaign(campaign) else ""
    return PageKey(host[1], path, is_secure(environ), campaign)


def is_secure(environ: Mapping[str, Any]) -> bool:
    """As Django's `request.is_secure()`: by the proxy's header where one is trusted."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        if name in environ:
            return str(environ[name]).split(",", 1)[0].strip() == value
    return environ["wsgi.url_scheme"] == "https"


def plain_environ(environ: Mapping[str, Any], key: PageKey) -> dict[str, Any]:
    """The same request as everybody makes it: what is not in the key is not in it either.

    No header but the host and what says that the connection is secure reaches the views, so that
    none can be said to everybody.
    """
    kept = {name: value for name, value in environ.items() if not name.startswith(_OF_REQUEST)}
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        kept[name] = value if key.is_secure else ""
    query = f"{PARAMETER}={key.campaign}" if key.campaign else ""
    return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": key.host}


_OF_REQUEST = ("HTTP_", "CONTENT_")


def _is_page(path: str) -> bool:
    if path in FILES:
        return True
    is_short = 0 < len(path) <= LONGEST_PATH
    return (
        is_short and path.endswith("/") and not path.startswith("/-/") and not is_admin_path(path)
    )


def _is_of_session(cookies: str) -> bool:
    return f"{settings.SESSION_COOKIE_NAME}=" in cookies


def campaigns_among(known: Iterable[str], key: PageKey) -> PageKey:
    """The key without a campaign that the clinic does not have."""
    return key if not key.campaign or key.campaign in known else key._replace(campaign="")
