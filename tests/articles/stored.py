"""What the whole database holds, table by table, to see what an act adds to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

# The inside of SQLite's full-text index, which repeats the table of search entries; elsewhere an
# index is no table either.
_OF_INDEX = ("_fts", "_fts_config", "_fts_content", "_fts_data", "_fts_docsize", "_fts_idx")


@dataclass(frozen=True)
class Stored:
    """Rows by table, and how long all their values are when they are written out."""

    rows: Counter[str]
    size: int

    def since(self, before: Stored) -> Stored:
        return Stored(self.rows - before.rows, self.size - before.size)


def stored() -> Stored:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        measured = {name: _measure(cursor, name) for name in tables if not name.endswith(_OF_INDEX)}
    return Stored(
        Counter({name: rows for name, (rows, _) in measured.items()}),
        sum(size for _, size in measured.values()),
    )


def _measure(cursor: CursorWrapper, table: str) -> tuple[int, int]:
    quote = connection.ops.quote_name
    columns = connection.introspection.get_table_description(cursor, table)
    lengths = (f"COALESCE(LENGTH(CAST({quote(each.name)} AS TEXT)), 0)" for each in columns)
    sql = f"SELECT COUNT(*), COALESCE(SUM({' + '.join(lengths)}), 0) FROM {quote(table)}"  # noqa: S608
    cursor.execute(sql)
    return cursor.fetchone()
