"""The whole database into one file, consistent while others write, and back in one step.

SQLite copies itself through its online backup (https://www.sqlite.org/backup.html): readers see the
old content until the last page is there. PostgreSQL has pg_dump and pg_restore in one transaction.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.backup.archive import BackupError

type Counts = dict[str, int]

# Who is signed in is no content: whoever was signed out since stays so.
_SESSIONS = "django_session"
_PATIENCE = 60  # seconds


def dump(connection: Any, target: Path) -> Counts:
    """Write the database to `target`; returns the number of rows of each table in it."""
    _refuse_transaction(connection)
    return _way(connection, _DUMPS)(connection, target)


def check_dump(connection: Any, source: Path, counts: Mapping[str, int]) -> None:
    """Raises BackupError when the dump is not what `counts` says. Changes nothing."""
    _way(connection, _CHECKS)(connection, source, counts)


def load(connection: Any, source: Path) -> None:
    """Put the dump in the place of what is there: all of it, or on an error nothing."""
    _refuse_transaction(connection)
    _way(connection, _LOADS)(connection, source)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_SESSIONS}")  # noqa: S608 - the name is ours


def row_counts(connection: Any) -> Counts:
    """The number of rows of each table as they are now."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: _count(cursor, connection.ops.quote_name(name)) for name in sorted(names)}


def _way(connection: Any, ways: Mapping[str, Callable[..., Any]]) -> Callable[..., Any]:
    if connection.vendor not in ways:
        raise BackupError(
            _("Backups are made of SQLite and PostgreSQL, not of %(vendor)s: use its own tools.")
            % {"vendor": connection.display_name}
        )
    return ways[connection.vendor]


def _refuse_transaction(connection: Any) -> None:
    """What is not committed would wait for itself."""
    if connection.in_atomic_block:
        raise BackupError(_("A database cannot be copied or replaced within a transaction."))


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - the name comes from the schema
    return int(cursor.fetchone()[0])


# SQLite. The module is whichever Django uses: pysqlite3 stands in for an old one.


def _dump_sqlite(connection: Any, target: Path) -> Counts:
    connection.ensure_connection()
    copy = sys.modules["sqlite3"].connect(target)
    try:
        connection.connection.backup(copy)
        # One file, with nothing in a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        return _counts_of_file(copy)
    finally:
        copy.close()


def _check_sqlite(connection: Any, source: Path, counts: Mapping[str, int]) -> None:
    module = sys.modules["sqlite3"]
    copy = module.connect(f"file:{source}?mode=ro", uri=True)
    try:
        (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
        found = _counts_of_file(copy)
    except module.DatabaseError as error:
        raise BackupError(_bad_dump(str(error))) from error
    finally:
        copy.close()
    if answer != "ok":
        raise BackupError(_bad_dump(answer))
    if found != dict(counts):
        odd = sorted(name for name in {*found, *counts} if found.get(name) != counts.get(name))
        raise BackupError(_bad_dump(odd[0]))


def _load_sqlite(connection: Any, source: Path) -> None:
    module = sys.modules["sqlite3"]
    connection.ensure_connection()
    copy = module.connect(f"file:{source}?mode=ro", uri=True)
    try:
        copy.backup(connection.connection, progress=_impatient())
    except module.Error as error:
        raise BackupError(
            _("Nothing was changed. SQLite says: %(error)s. Stop the web server and try again.")
            % {"error": error}
        ) from error
    finally:
        copy.close()
    connection.close_if_unusable_or_obsolete()


def _impatient() -> Callable[..., None]:
    """Gives up when others hold the database for longer than anything of ours does."""
    deadline = time.monotonic() + _PATIENCE

    def progress(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > deadline:
            raise BackupError(
                _("Nothing was changed: the database is in use. Stop the server and the worker.")
            )

    return progress


def _counts_of_file(copy: Any) -> Counts:
    # An index of words counts its own tables as it likes.
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(name for (name,) in copy.execute(query) if "fts" not in name)
    return {name: _count_in_file(copy, name) for name in names}


def _count_in_file(copy: Any, name: str) -> int:
    query = f'SELECT COUNT(*) FROM "{name}"'  # noqa: S608 - the name comes from the schema
    return int(copy.execute(query).fetchone()[0])


def _bad_dump(why: str) -> str:
    return _("The database in the archive is damaged (%(why)s). Take another one.") % {"why": why}


# PostgreSQL


def _dump_postgresql(connection: Any, target: Path) -> Counts:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        counts = row_counts(connection)
        options = ["--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}"]
        _run("pg_dump", connection, [*options, f"--file={target}"])
    return counts


def _check_postgresql(connection: Any, source: Path, counts: Mapping[str, int]) -> None:
    _run("pg_restore", connection, ["--list", str(source)], needs_database=False)


def _load_postgresql(connection: Any, source: Path) -> None:
    # A transaction of ours would wait for itself.
    connection.close()
    options = ["--clean", "--if-exists", "--no-owner", "--no-acl", "--exit-on-error"]
    _run("pg_restore", connection, [*options, "--single-transaction", str(source)])


def _run(
    program: str, connection: Any, arguments: list[str], *, needs_database: bool = True
) -> None:
    settings = connection.settings_dict
    names = {"HOST": "host", "PORT": "port", "USER": "username", "NAME": "dbname"}
    where = [f"--{word}={settings[name]}" for name, word in names.items() if settings.get(name)]
    environment = os.environ | {"PGPASSWORD": str(settings.get("PASSWORD") or ""), "LC_ALL": "C"}
    command = [_program(program), *(where if needs_database else []), *arguments]
    done = subprocess.run(  # noqa: S603 - a list of our own words, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(
            _("Nothing was changed. %(program)s says: %(error)s")
            % {"program": program, "error": done.stderr.strip()[-600:]}
        )


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupError(
            _("%(name)s was not found: install the PostgreSQL client of the server's version.")
            % {"name": name}
        )
    return found


_DUMPS = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}
_CHECKS = {"sqlite": _check_sqlite, "postgresql": _check_postgresql}
_LOADS = {"sqlite": _load_sqlite, "postgresql": _load_postgresql}
