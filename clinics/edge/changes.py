"""Writes down what a change makes stale: scopes in, one row of the log of changes out.

A scope names something that pages show: "c:5" a clinic, "a:77" an article, "lib" what lists and
links say of the library, "f:1" what the group's own site says of its clinics, "n:1" what clinics of
a group say of each other, "p:3" a person, "s:9" a source, "t:4" a statement, "fig:6" a figure that
was chosen, "figure:adults" one that a text names, "terms" the glossary, "i:8" a picture, "g" every
page. The log is append-only: it locks nothing, so two editors never wait for each other here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from clinics.models.change import PurgeOutbox

type Listener = Callable[[Iterable[str]], None]

# Stands for every picture on a page that shows more than `MOST_PICTURES`: proxies take headers of a
# few kilobytes (nginx 4 or 8, https://nginx.org/en/docs/http/ngx_http_proxy_module.html).
PICTURES = "pictures"
MOST_PICTURES = 40

_listeners: list[Listener] = []


@dataclass(frozen=True)
class _Tell:
    """What happens after the commit. Until then the change's row has these tags."""

    row: int
    tags: frozenset[str]

    def __call__(self) -> None:
        for listener in _listeners:
            listener(self.tags)


def bump(*scopes: str) -> None:
    """Pages that show one of the scopes are stale when this transaction is committed.

    A transaction has one row, however often this is called in it.
    """
    tags = frozenset(surrogate_keys(scopes))
    if any(scope.startswith("i:") for scope in scopes):
        tags |= {PICTURES}
    waiting = _waiting()
    known = frozenset(tag for told in waiting for tag in told.tags)
    if tags <= known:
        return
    if waiting:
        row = waiting[-1].row
        PurgeOutbox.objects.filter(pk=row).update(tags=sorted(tags | known))
    else:
        made = PurgeOutbox.objects.create(tags=sorted(tags), transaction_id=_transaction_id())
        row = made.pk
    transaction.on_commit(_Tell(row, tags - known))


def on_change(listener: Listener) -> None:
    """Have it called with the tags of each change that this process commits."""
    _listeners.append(listener)


def surrogate_keys(scopes: Iterable[str]) -> list[str]:
    """Scopes as they are written in `Surrogate-Key` headers: "a:77" is "a77"."""
    return sorted({scope.replace(":", "") for scope in scopes})


def page_keys(scopes: Iterable[str]) -> list[str]:
    """The keys of a page, with one for all of its pictures where these are many."""
    pictures = {scope for scope in scopes if scope.startswith("i:")}
    if len(pictures) <= MOST_PICTURES:
        return surrogate_keys(scopes)
    return surrogate_keys({*scopes, PICTURES} - pictures)


def _transaction_id() -> Any:
    """PostgreSQL's number of this transaction: ids of rows say nothing about who commits first.

    SQLite has one writer at a time, so there they do.
    """
    if connection.vendor != "postgresql":
        return None
    return RawSQL("pg_current_xact_id()::text::bigint", [], output_field=BigIntegerField())


def _waiting() -> list[_Tell]:
    """What this transaction has written already. Django forgets what a savepoint takes back."""
    told = [(sids, each) for sids, each, _robust in connection.run_on_commit]
    tests = [n for n, block in enumerate(connection.atomic_blocks) if block._from_testcase]
    if tests:
        # The transaction of a test is never committed: a block within it stands for one.
        own = connection.savepoint_ids[tests[-1] :][:1]
        told = [(sids, each) for sids, each in told if sids & {*own}]
    return [each for _sids, each in told if isinstance(each, _Tell)]
