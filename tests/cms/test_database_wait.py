"""A web node gives up waiting for PostgreSQL. `make test-services` has a server that is frozen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from psycopg import OperationalError
from psycopg.pq import TransactionStatus

from cms.database_wait import give_up_after_a_while
from cms.databases import LONGEST_WAIT


class Raw:
    """psycopg's connection to a server that answers nothing; `asked` are time limits."""

    def __init__(self, status: TransactionStatus) -> None:
        self.pgconn = SimpleNamespace(transaction_status=status)
        self.asked: list[Any] = []
        self.is_closed = False

    def wait(self, _generator: Any, *, timeout: float | None = None) -> None:
        self.asked.append(timeout)
        raise OperationalError

    def close(self) -> None:
        self.is_closed = True


def asked(status: TransactionStatus, *, limit: float | None, **options: Any) -> Raw:
    raw = Raw(status)
    settings = {} if limit is None else {LONGEST_WAIT: limit}
    give_up_after_a_while(SimpleNamespace(connection=raw, settings_dict=settings))
    with pytest.raises(OperationalError):
        raw.wait(iter(()), **options)
    return raw


def test_connection_whose_answer_may_still_come_is_closed() -> None:
    raw = asked(TransactionStatus.ACTIVE, limit=4.5)

    assert (raw.asked, raw.is_closed) == ([4.5], True)


def test_connection_that_has_answered_with_an_error_is_kept() -> None:
    assert not asked(TransactionStatus.INERROR, limit=4.5).is_closed


def test_limit_of_the_caller_counts() -> None:
    assert asked(TransactionStatus.ACTIVE, limit=4.5, timeout=1).asked == [1]


def test_others_wait_as_long_as_it_takes() -> None:
    raw = asked(TransactionStatus.ACTIVE, limit=None)

    assert (raw.asked, raw.is_closed) == ([None], False)
