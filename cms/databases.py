"""Which databases a process connects to, and how: environment and role in, `DATABASES` out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.roles import WEB

if TYPE_CHECKING:
    import environ

REPLICA = "replica"
# A patient is not kept waiting for a database that does not answer: there is a page without it.
CONNECT_SECONDS = 2
STATEMENT_SECONDS = 4
# For rows and tables that somebody else changes. Pages lock nothing; taps lock a counter.
LOCK_SECONDS = 2
# In an entry of DATABASES: seconds for an answer of any kind (`cms.database_wait`).
LONGEST_WAIT = "LONGEST_WAIT"


def databases_of(env: environ.Env, role: str, *, default: str) -> dict[str, dict[str, Any]]:
    """The primary as "default"; on a web node with `DATABASE_REPLICA_URL` the replica beside it."""
    found = {"default": env.db_url("DATABASE_URL", default=default)}
    if role == WEB and env.str("DATABASE_REPLICA_URL", default=""):
        found[REPLICA] = env.db_url("DATABASE_REPLICA_URL")
        found[REPLICA]["TEST"] = {"MIRROR": "default"}
    for database in found.values():
        if not database["ENGINE"].endswith("sqlite3"):
            _connect(database)
            if role == WEB:
                _limit(database, env.int("DATABASE_STATEMENT_SECONDS", default=STATEMENT_SECONDS))
        elif role == WEB:
            # To open the file anew takes a tenth of the time of a page.
            database["CONN_MAX_AGE"] = 60
    return found


def _connect(database: dict[str, Any]) -> None:
    """One that was restarted costs a new connection, not an error.

    No pool: it waits its whole time limit even where a connection is refused at once, and tries a
    server that has come back only some seconds later.
    """
    database.setdefault("OPTIONS", {}).setdefault("connect_timeout", CONNECT_SECONDS)
    database["CONN_HEALTH_CHECKS"] = True
    database["CONN_MAX_AGE"] = 60


def _limit(database: dict[str, Any], seconds: int) -> None:
    """No statement takes a thread for longer, whether the server is slow, waits for a lock, is
    frozen, or has vanished; 0 is no limit. `?options=` in the URL is the operator's own.
    """
    if not seconds:
        return
    lock = min(seconds, LOCK_SECONDS)
    options = database["OPTIONS"]
    options.setdefault("options", f"-c statement_timeout={seconds}s -c lock_timeout={lock}s")
    # The server's own error comes first where there is one.
    database[LONGEST_WAIT] = seconds + 0.5
