"""Every live page as a patient's browser gets it, by following links from each home page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.test import Client
from wagtail.models import Site

from clinics.resolve import resolve_host

# Pages end in a slash; pictures and styles do not.
_LINK = re.compile(r'href="(/(?:[^"?#]*/)?)"')


@dataclass(frozen=True)
class LivePage:
    host: str
    path: str
    html: str

    def __str__(self) -> str:
        return f"{self.host}{self.path}"


def live_pages(only: str | None = None) -> Iterator[LivePage]:
    """The pages of each site in service, or of one host; a ValueError when it is none of ours."""
    hosts = [site.hostname for site in Site.objects.order_by("hostname")]
    if only and only not in hosts:
        raise ValueError(f"No site has the host {only}; known are {', '.join(hosts)}")
    for host in [only] if only else hosts:
        if resolve_host(host) is not None:
            yield from _pages_of(host)


def _pages_of(host: str) -> Iterator[LivePage]:
    client = Client(HTTP_HOST=host)
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        response = client.get(path)
        if not str(response.get("Content-Type", "")).startswith("text/html"):
            continue
        if response.status_code == 200:
            yield LivePage(host, path, response.text)
            new = [link for link in map(unescape, _LINK.findall(response.text)) if link not in seen]
            seen.update(new)
            waiting.extend(dict.fromkeys(new))
