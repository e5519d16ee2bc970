"""Pages of web nodes are read from the replica; all else, and every write, is the primary's.

A request in, one database for all that it reads out. A page that was read while the replica was
behind is sent and kept by nobody: the purge of the change has been and gone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.db.models import Count, Max

from clinics.edge.change_log import change_log
from clinics.edge.page_key import NOTES
from clinics.models import PurgeOutbox
from cms.databases import REPLICA

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

# How long one that did not answer is left alone: each try may cost CONNECT_SECONDS.
AWAY_SECONDS = 5.0
# One that has kept a request waiting for longer is asked by no other: it may be frozen, and would
# take every thread.
SLOW_SECONDS = 1.0
READING = ("GET", "HEAD")
# Says that the process answers, whatever its databases do.
LIVE = "/-/live"

type Newest = tuple[int | None, int]

_read_from: ContextVar[str] = ContextVar("read_from", default=DEFAULT_DB_ALIAS)
_away_until: dict[str, float] = {}
# Who waits for an answer: for which database, and since when.
_waiting: dict[object, tuple[str, float]] = {}


class ReplicaRouter:
    """Outside a request of a web node every read is the primary's: tasks, commands, the log."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return _read_from.get()

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Model, second: Model, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReplicaMiddleware:
    """Stands outside whatever asks the database. Costs two look-ups by key on web nodes only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _has_replica() or request.method not in READING or request.path == LIVE:
            return self.get_response(request)
        # Before the first content is read: what is read later is at least as new.
        version = newest_change(REPLICA)
        if version is None:
            return self.get_response(request)
        notes = request.META.get(NOTES)
        if notes is not None:
            # Between the two, so that what the process has heard of is in what it is about to read.
            notes.tick = _answer(DEFAULT_DB_ALIAS, change_log.read)
        if is_behind(version) or (notes is not None and notes.tick is None):
            request.META.pop(NOTES, None)
        token = _read_from.set(REPLICA)
        try:
            response = self.get_response(request)
        finally:
            _read_from.reset(token)
        if "s-maxage" in response.get("Cache-Control", "") and is_behind(version):
            response["Cache-Control"] = "no-store"
        return response


def _has_replica() -> bool:
    return REPLICA in settings.DATABASES


def content_database() -> str:
    """The database that this request's pages are read from."""
    return _read_from.get()


def is_behind(version: Newest) -> bool:
    """Whether the primary knows of a later change; unknown counts as yes."""
    return newest_change(DEFAULT_DB_ALIAS) != version


def newest_change(database: str) -> Newest | None:
    """How far the log of changes goes in a database; None while it does not answer, or slowly.

    Changes are not committed in the order of their ids, so the newest id alone does not tell.
    """

    def ask() -> Newest:
        log = PurgeOutbox.objects.using(database)
        found = log.aggregate(newest=Max("pk"), count=Count("pk"))
        return found["newest"], found["count"]

    return _answer(database, ask)


def _answer[T](database: str, ask: Callable[[], T]) -> T | None:
    """None while it does not answer, or slowly."""
    now, mine = monotonic(), object()
    if now < _away_until.get(database, 0) or _keeps_somebody_waiting(database, now):
        return None
    _waiting[mine] = database, now
    try:
        return ask()
    except DatabaseError:
        _away_until[database] = monotonic() + AWAY_SECONDS
        return None
    finally:
        del _waiting[mine]


def _keeps_somebody_waiting(database: str, now: float) -> bool:
    return any(
        asked == database and since < now - SLOW_SECONDS for asked, since in list(_waiting.values())
    )
