"""How long a web node waits for PostgreSQL: a connection in, one that gives up after a while out.

The server ends statements that take too long (`cms.databases`), but only while it is well itself.
Of one that is frozen, or whose disk is, nothing ever comes, and a few requests would take every
thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms.databases import LONGEST_WAIT

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def give_up_after_a_while(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Has queries raise OperationalError; closes the connection, whose answer may still come."""
    longest = connection.settings_dict.get(LONGEST_WAIT)
    if longest is None:
        return
    from psycopg import OperationalError  # noqa: PLC0415 - only where there is PostgreSQL
    from psycopg.pq import TransactionStatus  # noqa: PLC0415 - as above

    raw = connection.connection
    wait = raw.wait

    # Every answer comes through it:
    # https://www.psycopg.org/psycopg3/docs/api/connections.html#psycopg.Connection.wait
    def wait_for_a_while(generator: Any, **options: Any) -> Any:
        try:
            return wait(generator, **{"timeout": longest, **options})
        except OperationalError:
            if raw.pgconn.transaction_status == TransactionStatus.ACTIVE:
                raw.close()
            raise

    raw.wait = wait_for_a_while
