"""Prints stencils into the database: gaps of every copy in, rows in bulk out.

Nothing else happens: no signal, no parent is counted. Ids come in one block for each model, taken
before the first row; nobody else may write meanwhile.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import uuid4

from django.db import connection
from django.db.models import Max, Model

from cms.backup import rows
from cms.backup.owned import label_of, model_of
from cms.world.stencil import Line, Stencil, id_name

_AT_ONCE = 20_000


class Press:
    """Collects rows and writes them by the table, parents first, a few thousand at a time."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._next: dict[str, int] = {}
        self._waiting: dict[type[Model], list[list[Any]]] = defaultdict(list)
        self._size = 0

    def gaps_for(self, stencil: Stencil) -> dict[str, Any]:
        """Fresh ids and UUIDs for one copy."""
        gaps: dict[str, Any] = {}
        for label, ids in stencil.own.items():
            first = self._take(label, len(ids))
            for place, id_ in enumerate(ids):
                gaps[id_name(label, id_)] = first + place
        for name in stencil.uuids:
            fresh = uuid4()
            gaps[name], gaps[f"hex {name}"] = str(fresh), fresh.hex
        return gaps

    def print(self, lines: Iterable[Line], gaps: Mapping[str, Any]) -> None:
        for line in lines:
            self._waiting[line.model].append(line.filled(gaps))
            self._size += 1
        if self._size >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what waits."""
        with connection.cursor() as cursor:
            for model, some in self._waiting.items():
                cursor.executemany(_insert(model), some)
                self.counts[label_of(model)] += len(some)
        self._waiting.clear()
        self._size = 0

    def finish(self) -> None:
        self.write()
        rows.reset_sequences(self._next)

    def _take(self, label: str, count: int) -> int:
        if label not in self._next:
            highest = model_of(label)._base_manager.aggregate(highest=Max("pk"))["highest"]
            self._next[label] = (highest or 0) + 1
        first = self._next[label]
        self._next[label] += count
        return first


@cache
def _insert(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = [quote(each.column) for each in model._meta.local_concrete_fields]
    gaps = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({gaps})"  # noqa: S608 - names of our own tables
