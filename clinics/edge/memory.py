"""What this process remembers of the database, for pages that are made one after another.

Only for requests whose page is going to be kept: they have read the log of changes before anything
else, so that what is remembered is as true as what they would read. Everywhere else, in the admin,
in commands and previews, everything is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from clinics.edge.change_log import change_log
from clinics.edge.changes import surrogate_keys
from clinics.edge.shown import Shown, noting, shows, shows_until

# What every page depends on, and so whatever they are made of.
EVERYTHING = "g"
# Things, not bytes: what clinics and lists are like, and whole texts, which are a thousand times
# as large. Of 10,000 clinics and 1,000 articles, those that are asked for.
MOST_FACTS, MOST_TEXTS = 5_000, 100
# A longer list is read and not remembered: it would push out everything else.
MOST_AT_ONCE = 30

_tick: ContextVar[int | None] = ContextVar("tick", default=None)


@dataclass
class _Remembered:
    value: Any
    scopes: frozenset[str]
    tags: tuple[str, ...]
    tick: int
    until: datetime | None


class Memory:
    """The longest unread things go first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, _Remembered] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable, tick: int) -> _Remembered | None:
        found = self._things.get(key)
        if found is None or change_log.touched_since(found.tick, found.tags):
            return None
        found.tick = max(found.tick, tick)
        with suppress(KeyError):
            self._things.move_to_end(key)
        return found

    def put(self, key: Hashable, thing: _Remembered) -> None:
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()


facts, texts = Memory(MOST_FACTS), Memory(MOST_TEXTS)


@contextmanager
def remembering(page: Shown | None) -> Iterator[None]:
    """Within it things are remembered; nothing is for `None`, which is no page to be kept.

    Reads the log of changes, unless somebody has, and writes the tick down: database errors are
    raised.
    """
    if page is None:
        yield
        return
    if page.tick is None:
        page.tick = change_log.read()
    token = _tick.set(page.tick)
    try:
        yield
    finally:
        _tick.reset(token)


def remembered[T](key: Hashable, read: Callable[[], T], *, memory: Memory = facts) -> T:
    """What `read` returns, from memory while none of the scopes that it notes has been touched.

    The value is shared by threads and requests: nobody changes it. What ends at a moment is to be
    judged by whoever uses it, at that moment. What notes nothing is read each time.
    """
    tick = _tick.get()
    if tick is None:
        return read()
    found = memory.get(key, tick)
    if found is None:
        with noting() as shown:
            value = read()
        if not shown.scopes:
            return value
        scopes = frozenset(shown.scopes)
        found = _Remembered(
            value, scopes, tuple(surrogate_keys({EVERYTHING, *scopes})), tick, shown.until
        )
        memory.put(key, found)
    shows(*found.scopes)
    shows_until(found.until)
    value_found: T = found.value
    return value_found


def remembered_many[K: Hashable, T](
    kind: Hashable,
    ids: Iterable[K],
    read: Callable[[set[K]], Mapping[K, T]],
    *,
    scope: Callable[[K], str],
    memory: Memory = facts,
) -> dict[K, T]:
    """The same for things of one kind by id, or by name: those not in memory are read together.

    `scope` names what each is part of; what `read` notes holds for all of them. An id that it does
    not return is left out.
    """
    wanted, tick = set(ids), _tick.get()
    shows(*map(scope, wanted))
    if tick is None:
        return dict(read(wanted))
    found = {pk: thing for pk in wanted if (thing := memory.get((kind, pk), tick))}
    if missing := wanted - found.keys():
        with noting() as shown:
            values = read(missing)
        for pk in missing:
            scopes = frozenset({scope(pk), *shown.scopes})
            tags = tuple(surrogate_keys({EVERYTHING, *scopes}))
            found[pk] = _Remembered(values.get(pk), scopes, tags, tick, shown.until)
            if len(missing) <= MOST_AT_ONCE:
                memory.put((kind, pk), found[pk])
    for thing in found.values():
        shows(*thing.scopes)
        shows_until(thing.until)
    return {pk: thing.value for pk, thing in found.items() if thing.value is not None}


def is_remembering() -> bool:
    """Whether a page is being made that is going to be kept."""
    return _tick.get() is not None
