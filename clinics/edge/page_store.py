"""The pages that a process keeps: bounded in bytes, the longest unread ones go first."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock

import brotli

from clinics.compression import BROTLI
from clinics.edge.page_key import PageKey

# What a page costs beside its bytes: objects, headers, its place in the store.
OVERHEAD = 4096
IDENTITY = ""


@dataclass
class KeptPage:
    """A page as it was made at a tick of the log of changes.

    `until` is in seconds since 1970. `body` is kept in brotli, and in the other codings from the
    first time that somebody asks for them. `is_repacked` once `clinics.edge.repacking` has it.
    """

    status: str
    headers: list[tuple[str, str]]
    etag: str
    tags: frozenset[str]
    tick: int
    until: float
    bodies: dict[str, bytes]
    is_repacked: bool = False

    def body(self, coding: str) -> bytes:
        body = self.bodies.get(coding)
        if body is None:
            plain = brotli.decompress(self.bodies[BROTLI])
            body = plain if coding == IDENTITY else gzip.compress(plain, 6, mtime=0)
            self.bodies[coding] = body
        return body

    @property
    def size(self) -> int:
        """Bytes, with room for the codings that were not asked for yet left out."""
        return OVERHEAD + sum(map(len, self.bodies.values()))


def etag_of(body: bytes) -> str:
    """Weak, since one tag stands for the same page in each coding (RFC 9110, 8.8.1)."""
    return f'W/"{blake2b(body, digest_size=12).hexdigest()}"'


class PageStore:
    """`most` is in bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self._pages: OrderedDict[PageKey, tuple[KeptPage, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: PageKey) -> KeptPage | None:
        found = self._pages.get(key)
        if found is None:
            return None
        # Another thread may have taken it out since.
        with suppress(KeyError):
            self._pages.move_to_end(key)
        return found[0]

    def put(self, key: PageKey, page: KeptPage) -> None:
        with self._lock:
            self._put(key, page)

    def weigh(self, key: PageKey, page: KeptPage) -> None:
        """Count a page again whose bodies have changed, unless it has gone meanwhile."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None and found[0] is page:
                self._put(key, page)

    def drop(self, key: PageKey) -> None:
        with self._lock:
            self._take_out(key)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _put(self, key: PageKey, page: KeptPage) -> None:
        size = page.size  # other threads change it
        self._take_out(key)
        self._pages[key] = page, size
        self.bytes += size
        while self.bytes > self.most and self._pages:
            self._take_out(next(iter(self._pages)))

    def _take_out(self, key: PageKey) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self.bytes -= found[1]
