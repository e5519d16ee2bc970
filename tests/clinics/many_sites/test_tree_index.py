"""SQLite finds what lies below a page by an index (P11): it would read the pages of all clinics."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from clinics.many_sites.tree_index import TABLES, count_rows, index_tree
from tests.factories import World

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has its index from Django"
)


def plan_of(table: str) -> str:
    """How the database goes about `path__startswith`, made to take the index: tables of tests are
    so small that it would rather read all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN QUERY PLAN SELECT id FROM {table} INDEXED BY clinics_{table}_path "  # noqa: S608
            r"WHERE path LIKE %s ESCAPE '\'",
            ["00010001%"],
        )
        return str(cursor.fetchall())


@pytest.mark.parametrize("table", TABLES)
def test_what_lies_below_is_found_by_its_path(world: World, table: str) -> None:
    assert "SEARCH" in plan_of(table) and "(path>? AND path<?)" in plan_of(table)


@pytest.mark.parametrize("table", TABLES)
def test_index_comes_back_with_the_next_migrate(world: World, table: str) -> None:
    """Django makes a table of SQLite anew to change it, and takes along only what it knows."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX clinics_{table}_path")
    with pytest.raises(OperationalError, match="no such index"), transaction.atomic():
        plan_of(table)

    call_command("migrate", verbosity=0)

    assert "(path>? AND path<?)" in plan_of(table)


def test_database_hears_how_many_rows_a_table_has(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE grown (number INTEGER)")
        cursor.execute("CREATE INDEX grown_number ON grown (number)")
        cursor.executemany("INSERT INTO grown VALUES (%s)", [(n,) for n in range(1000)])

        count_rows()

        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'grown'")
        assert cursor.fetchone()[0].split()[0] == "1000"


def test_doing_it_again_changes_nothing(world: World) -> None:
    index_tree("default")
    index_tree("default")

    assert all("SEARCH" in plan_of(table) for table in TABLES)
