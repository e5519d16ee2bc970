"""The nodes of the edge: `CLINICS_PURGE_BACKENDS` in, checked `EdgeNode`s out; none by default.

Their addresses are the operator's own, so that private ones are right; everything else is refused
when the application starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
# What a header may carry, without a space in which another header could begin.
_TOKEN = re.compile(r"[\x21-\x7e]+")
_URL = re.compile(r"[\x21-\x7e]+")
_THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


class NodeKind(StrEnum):
    """What a purge looks like: see `requests.py`."""

    VARNISH = "varnish"
    CLOUDFLARE = "cloudflare"
    FASTLY = "fastly"


@dataclass(frozen=True)
class EdgeNode:
    """One address that takes purges. The name is for people; the token is shown to nobody."""

    name: str
    kind: NodeKind
    url: str
    token: str = field(default="", repr=False)


def edge_nodes() -> tuple[EdgeNode, ...]:
    """Raises ImproperlyConfigured, in words without the token."""
    configured = getattr(settings, "CLINICS_PURGE_BACKENDS", None) or []
    if not isinstance(configured, list | tuple):
        raise ImproperlyConfigured("CLINICS_PURGE_BACKENDS is no list.")
    nodes = tuple(map(_node, configured))
    if len({node.name for node in nodes}) != len(nodes):
        raise ImproperlyConfigured("Two entries of CLINICS_PURGE_BACKENDS have the same name.")
    return nodes


def _node(values: Any) -> EdgeNode:
    wrong = None
    if not isinstance(values, Mapping) or not all(
        isinstance(each, str) for each in values.values()
    ):
        wrong = "is no object of texts"
    elif set(values) - {"name", "kind", "url", "token"}:
        wrong = "has more than name, kind, url and token"
    elif not _NAME.fullmatch(values.get("name", "")):
        wrong = "needs a name of at most 60 letters, digits, dots, dashes"
    elif values.get("kind") not in set(NodeKind):
        wrong = f"needs a kind: {', '.join(NodeKind)}"
    else:
        wrong = _wrong_address(values)
    if wrong:
        raise ImproperlyConfigured(f"An entry of CLINICS_PURGE_BACKENDS {wrong}.")
    return EdgeNode(
        values["name"], NodeKind(values["kind"]), values["url"], values.get("token", "")
    )


def _wrong_address(values: Mapping[str, str]) -> str | None:
    url, token = values.get("url", ""), values.get("token", "")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "has a url that is none"
    if parts.scheme not in ("http", "https") or not host or not _URL.fullmatch(url):
        return "needs a url with http or https"
    if parts.username is not None or parts.fragment:
        return "has a url with a password or a fragment"
    if values["kind"] == NodeKind.VARNISH:
        return "has a token, which Varnish does not ask for" if token else None
    if not _TOKEN.fullmatch(token):
        return "needs a token without spaces"
    if parts.scheme == "http" and host not in _THIS_MACHINE:
        return "would send its token without https"
    return None
