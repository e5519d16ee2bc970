"""Public pages and styles in fewer bytes, where no server in front compresses them (P15)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import brotli
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from clinics.admin_paths import is_admin_path
from clinics.middleware import is_preview
from clinics.squeeze import squeezed_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COMPRESSED_TYPES = frozenset(
    {"text/html", "text/css", "text/plain", "application/xml", "application/atom+xml"}
)
# Brotli's effort, 0 to 11. 5 takes about as long as gzip; 11 takes forty times as long and saves
# another tenth. Somebody waits for a page that is made; a stylesheet is made once for its address.
PAGE_EFFORT, MOST_EFFORT = 5, 11
STYLES_KEPT = 32
BROTLI, GZIP = "br", "gzip"
_ACCEPTED = {
    coding: re.compile(rf"\b{coding}\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
    for coding in (BROTLI, GZIP)
}


class CompressionMiddleware(GZipMiddleware):
    """Brotli for browsers, which all have it, and gzip for the rest.

    Public pages hold no secret that their length could give away (BREACH, CVE-2013-3587). The
    admin's do, so those are left alone, and pictures are compressed already.
    """

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kind = response.get("Content-Type", "").partition(";")[0]
        is_public = not is_admin_path(request.path) and not is_preview(request)
        if not is_public or kind not in COMPRESSED_TYPES or response.cookies:
            return response
        if response.streaming or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        if kind == "text/html":
            response.content = squeezed_page(response.content)
            # It was set further in: a browser would wait for bytes that were squeezed out.
            response.headers["Content-Length"] = str(len(response.content))
        if best_coding(request.META.get("HTTP_ACCEPT_ENCODING", "")) != BROTLI:
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if kind == "text/css":
            response.content = small_styles(response.content)
        else:
            response.content = small_page(response.content)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = BROTLI
        return response


def best_coding(accepted: str) -> str:
    """The smallest coding of an `Accept-Encoding` header: "br", "gzip", or "" for neither."""
    return next((name for name, pattern in _ACCEPTED.items() if pattern.search(accepted)), "")


def small_page(page: bytes) -> bytes:
    """A page in brotli."""
    return bytes(brotli.compress(page, mode=brotli.MODE_TEXT, quality=PAGE_EFFORT))


def smallest(text: bytes) -> bytes:
    """In brotli with the most effort: for what nobody waits for."""
    return bytes(brotli.compress(text, mode=brotli.MODE_TEXT, quality=MOST_EFFORT))


@lru_cache(maxsize=STYLES_KEPT)
def small_styles(styles: bytes) -> bytes:
    """A stylesheet in brotli, kept: it is the same for everybody who asks."""
    return smallest(styles)
