"""Answers on their way out: a kept page or one just made in, status, headers and bytes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from clinics.compression import BROTLI, best_coding, small_page
from clinics.edge.lifetime import cache_control, now
from clinics.edge.page_key import PageKey
from clinics.edge.page_store import IDENTITY, KeptPage, PageStore
from clinics.edge.repacking import repacker

type Environ = dict[str, Any]
type StartResponse = Callable[..., Any]
type Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Bytes. Less is not worth packing.
SMALLEST_PACKED = 500
_VARY = ("Vary", "Accept-Encoding")


@dataclass(frozen=True)
class MadeAnswer:
    """What the application answered to the request as everybody makes it."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def send(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body, extra = self.body, []
        names = {name.lower() for name, _value in self.headers}
        is_packed = (
            best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")) == BROTLI
            and len(body) >= SMALLEST_PACKED
        )
        if is_packed and "content-encoding" not in names:
            body, extra = small_page(body), [("Content-Encoding", BROTLI)]
        left = [pair for pair in self.headers if pair[0].lower() not in ("content-length", "vary")]
        start_response(self.status, [*left, *extra, _VARY, ("Content-Length", str(len(body)))])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


@dataclass(frozen=True)
class KeptAnswer:
    """A page that is kept. `status` is what `Cache-Status` says of it (RFC 9211), `most` how many
    seconds caches in front may keep it at the most, None for as long as it is true.
    """

    page: KeptPage
    store: PageStore
    key: PageKey
    status: str
    most: int | None = None

    @property
    def is_hit(self) -> bool:
        """Whether it was kept before this request."""
        return self.status.startswith("hit")

    def send(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        page, method = self.page, environ["REQUEST_METHOD"]
        seconds = page.until - now() if self.most is None else self.most
        headers = [
            *page.headers,
            _VARY,
            ("ETag", page.etag),
            ("Cache-Control", cache_control(seconds)),
            ("Cache-Status", f"Polyclinic; {self.status}"),
        ]
        if is_known(page.etag, environ.get("HTTP_IF_NONE_MATCH")):
            start_response("304 Not Modified", headers)
            return [b""]
        coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        is_first = coding not in page.bodies
        body = page.body(coding)
        if is_first:
            self.store.weigh(self.key, page)
        if coding == BROTLI and self.is_hit:
            repacker.repack(page, self.store, self.key)
        if coding != IDENTITY:
            headers.append(("Content-Encoding", coding))
        headers.append(("Content-Length", str(len(body))))
        start_response(page.status, headers)
        return [b"" if method == "HEAD" else body]


type Answer = MadeAnswer | KeptAnswer


def is_known(etag: str, known: str | None) -> bool:
    """Whether `If-None-Match` names the tag, weak or not (RFC 9110, 13.1.2)."""
    if known is None:
        return False
    bare = etag.removeprefix("W/")
    return known.strip() == "*" or bare in (
        each.strip().removeprefix("W/") for each in known.split(",")
    )


def run(application: Application, environ: Environ) -> MadeAnswer:
    """The whole answer of an application."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        head[:] = [(status, headers)]

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close is not None:
            close()
    status, headers = head[0]
    return MadeAnswer(status, headers, body)
