"""Makes sure that Django meets an SQLite that is safe in WAL mode.

SQLite before 3.51.3 can corrupt a database when the write-ahead log is reset
(https://sqlite.org/releaselog/3_51_3.html), and Debian 12 ships 3.40. The package pysqlite3 carries
a newer one; Django asks its connection for limits that the package does not know.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import Any

MINIMUM = (3, 51, 3)

# https://www.sqlite.org/c3ref/c_limit_attached.html and https://www.sqlite.org/limits.html
_LIMIT_COLUMN, _LIMIT_VARIABLE_NUMBER = 2, 9
_DEFAULT_LIMITS = {_LIMIT_COLUMN: 2000, _LIMIT_VARIABLE_NUMBER: 32766}


def use_safe_sqlite() -> None:
    """Swap pysqlite3 in for the built-in module where that is too old. Run before Django loads."""
    if sqlite3.sqlite_version_info >= MINIMUM:
        return
    try:
        import pysqlite3  # noqa: PLC0415 - only on machines with an old SQLite
    except ImportError:
        return
    pysqlite3.SQLITE_LIMIT_COLUMN = _LIMIT_COLUMN
    pysqlite3.SQLITE_LIMIT_VARIABLE_NUMBER = _LIMIT_VARIABLE_NUMBER
    sys.modules["sqlite3"] = pysqlite3


def connection_options() -> dict[str, Any]:
    """Options for Django's DATABASES: durable, and without lost updates between web and worker."""
    options: dict[str, Any] = {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    module = sys.modules["sqlite3"]
    if not hasattr(module.Connection, "getlimit"):
        options["factory"] = _connection_with_limits(module.Connection)
    return options


def refuse_unsafe_sqlite() -> None:
    """Raise RuntimeError when the SQLite in use may corrupt a database in WAL mode."""
    version = sys.modules["sqlite3"].sqlite_version_info
    if version < MINIMUM:
        raise RuntimeError(
            f"SQLite {'.'.join(map(str, version))} is too old: WAL mode needs 3.51.3 or newer. "
            "Install pysqlite3 0.6.1 or newer, or set DATABASE_URL to a PostgreSQL database."
        )


def _connection_with_limits(base: type) -> type:
    class ConnectionWithLimits(base):
        def getlimit(self, category: int) -> int:
            return _DEFAULT_LIMITS[category]

    return ConnectionWithLimits
