"""What the page that is being made shows, and until when it is true: noted down by whatever reads.

Outside of a page nobody takes notes, and the functions here do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Shown:
    """Scopes of `clinics.edge.changes`, and the moment at which the first of the words turns false.

    `tick` is that of the log of changes before anything was read, `campaigns` are those that have
    a number of their own on the site that was asked: for whoever keeps the page.
    """

    scopes: set[str] = field(default_factory=set)
    until: datetime | None = None
    tick: int | None = None
    campaigns: frozenset[str] = frozenset()

    def ends_at(self, moment: datetime | None) -> None:
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


_page: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def noting(page: Shown | None = None) -> Iterator[Shown]:
    """Takes notes of what is shown within, in `page` or new ones; an outer block has them too."""
    outer, inner = _page.get(), Shown() if page is None else page
    token = _page.set(inner)
    try:
        yield inner
    finally:
        _page.reset(token)
        if outer is not None:
            outer.scopes |= inner.scopes
            outer.ends_at(inner.until)


def shows(*scopes: str) -> None:
    """What is read here is part of the page: a change of these scopes makes it stale."""
    page = _page.get()
    if page is not None:
        page.scopes.update(scopes)


def shows_until(moment: datetime | None) -> None:
    """What is read here is true until this moment only; None says nothing."""
    page = _page.get()
    if page is not None:
        page.ends_at(moment)
