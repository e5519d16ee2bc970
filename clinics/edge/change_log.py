"""What this process knows of the log of changes: rows in, the tick at which a tag was last touched.

A tick counts the changes that this process has seen. Whatever was read at a tick is current while
none of its tags has been touched since. A thread reads the log a few times a second; requests read
nothing, unless they are about to read content themselves.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from threading import Event, Lock, Thread

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from clinics.edge.changes import on_change
from clinics.models.change import PurgeOutbox

# Seconds. A change shows on every page a second after its commit at the latest.
INTERVAL = 0.2
FRESH_FOR = 1.0
# A request waits so long for the thread, and then trusts what it knows: the database is slow or
# away, and patients are not.
LONGEST_WAIT = 0.2

_TABLE = PurgeOutbox._meta.db_table
logger = logging.getLogger(__name__)

type _Row = tuple[int, int | None, str]

_AFTER_ALL = 2**62
# One statement, so that the rows and the oldest transaction that is still open belong together: of
# what is committed later, every row has at least that number.
_SINCE = {
    "postgresql": "SELECT open.oldest, log.id, log.tags::text FROM (SELECT "  # noqa: S608 - our table
    "pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) AS open "
    f'LEFT JOIN "{_TABLE}" AS log ON log.transaction_id >= %s',
    "sqlite": f'SELECT id, id, tags FROM "{_TABLE}" WHERE id > %s ORDER BY id',  # noqa: S608 - our table
}


class ChangeLog:
    """One for each process. Without a thread of its own it is read by requests: in tests."""

    def __init__(self, *, has_thread: bool = True) -> None:
        self.has_thread = has_thread
        self.tick = 0
        self._touched: dict[str, int] = {}
        self._position: int | None = None
        self._seen: set[int] = set()
        self._read_at = 0.0
        self._lock, self._starting = Lock(), Lock()
        self._thread: Thread | None = None
        self._thread_of = 0
        self._wake, self._was_read = Event(), Event()
        self._gave_up_at = 0.0
        self._has_ended = False

    def touched_since(self, tick: int, tags: Iterable[str]) -> bool:
        """Whether one of the tags was touched after this tick."""
        touched = self._touched
        return any(touched.get(tag, 0) > tick for tag in tags)

    def touch(self, tags: Iterable[str]) -> None:
        """Take a change in."""
        with self._lock:
            self._touch(tags)

    def read(self) -> int:
        """Take every new change in, and return the tick: before content is read.

        Raises the database's errors.
        """
        with self._lock:
            started = time.monotonic()
            if self._position is None:
                self._position = _first_position()
                # Of an open transaction they come again and again, and are nothing new.
                self._seen = {row[1] for row in _rows_since(self._position) if row[1]}
            else:
                self._take_in(_rows_since(self._position))
            self._read_at = started
            return self.tick

    def is_fresh(self) -> bool:
        """Whether the log was read within the last second; wakes the thread and waits if not.

        Asks the database nothing. False while the database is slow or away: whoever finds that out
        has waited a fifth of a second, and nobody waits again until it has answered.
        """
        if not self.has_thread:
            self.read()
            return True
        if self._was_read_lately() and self._thread_of == os.getpid():
            return True
        self._start_thread()
        if self._gave_up_at > self._read_at:
            return False
        self._was_read.clear()
        self._wake.set()
        self._was_read.wait(LONGEST_WAIT)
        if self._was_read_lately():
            return True
        self._gave_up_at = time.monotonic()
        return False

    def _was_read_lately(self) -> bool:
        return time.monotonic() - self._read_at <= FRESH_FOR

    def forget(self) -> None:
        """Begin anew, as a process that has seen nothing."""
        with self._lock:
            self.tick += 1
            self._touched.clear()
            self._seen.clear()
            self._position, self._read_at, self._gave_up_at = None, 0.0, 0.0

    def end(self) -> None:
        """Have the thread end."""
        self._has_ended = True
        self._wake.set()

    def _take_in(self, rows: list[_Row]) -> None:
        known, self._seen = self._seen, set()
        for position, row_id, tags in rows:
            self._position = position
            if row_id is None:
                continue
            self._seen.add(row_id)
            if row_id not in known:
                self._touch(json.loads(tags))

    def _touch(self, tags: Iterable[str]) -> None:
        self.tick += 1
        self._touched.update(dict.fromkeys(tags, self.tick))

    def _start_thread(self) -> None:
        """After a fork the child has none: threads are not copied.

        Under a lock of its own: the other is held for as long as the database takes.
        """
        with self._starting:
            is_ours = self._thread_of == os.getpid()
            if is_ours and self._thread is not None and self._thread.is_alive():
                return
            self._wake, self._was_read = Event(), Event()
            self._thread = Thread(target=self._keep_reading, name="change-log", daemon=True)
            self._thread.start()
            self._thread_of = os.getpid()

    def _keep_reading(self) -> None:
        while not self._has_ended:
            try:
                self.read()
                self._was_read.set()
            except Error:
                with suppress(Error):
                    _primary().close()
            except Exception:
                # Without this thread nobody would hear of changes any more.
                logger.exception("The log of changes could not be read.")
            self._wake.wait(INTERVAL)
            self._wake.clear()


def _first_position() -> int:
    if _primary().vendor == "postgresql":
        return _rows_since(_AFTER_ALL)[0][0]
    rows = PurgeOutbox.objects.using(DEFAULT_DB_ALIAS).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def _primary() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def _rows_since(position: int) -> list[_Row]:
    """Where to go on from, id and tags of each row; on PostgreSQL one row also without a change."""
    connection = _primary()
    with connection.cursor() as cursor:
        cursor.execute(_SINCE[connection.vendor], [position])
        return list(cursor.fetchall())


change_log = ChangeLog()
on_change(change_log.touch)
