"""What SQLite needs to find quickly what lies below a page or a collection.

The tree is asked by `path LIKE '0001…%'`. SQLite compares with LIKE in no case, so an index helps
only where it is in no case either (https://www.sqlite.org/optoverview.html, "The LIKE
Optimization"); without one, each such question reads every page of all clinics. It also has to
know how many rows there are, or it takes that index where a franchise asks for nearly all of them.
PostgreSQL has both from Django and from its own housekeeping.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

TABLES = ("wagtailcore_page", "wagtailcore_collection")


def index_tree(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """After every `migrate`: Django makes a table of SQLite anew to change it, without these."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in there.intersection(TABLES):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS clinics_{table}_path ON {table} (path COLLATE NOCASE)"
            )
    count_rows(using)


def count_rows(using: str = DEFAULT_DB_ALIAS) -> None:
    """Tells SQLite about tables that have grown tenfold since it last heard, and no others.

    All tables, as at the start of a program: https://www.sqlite.org/pragma.html#pragma_optimize.
    """
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")
