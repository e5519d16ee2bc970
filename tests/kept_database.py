"""A database that is filled once for the tests of a module and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import transaction


@contextmanager
def kept_database(blocker: Any) -> Iterator[None]:
    """What is written within stays for every test of a module-scoped fixture, and for no other.

    Tests that use it ask for `db` too: each of them rolls back to what was written here.
    """
    cache.clear()
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
