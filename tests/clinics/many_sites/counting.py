"""What a request costs whatever the machine: its statements, and the rows that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models.sql import compiler
from django.test.utils import CaptureQueriesContext


@dataclass
class Work:
    rows: int = 0
    statements: list[str] = field(default_factory=list)

    @property
    def queries(self) -> int:
        return len(self.statements)


@contextmanager
def work_done() -> Iterator[Work]:
    """Counts until the block ends; rows of `exists`, `count` and raw statements are left out."""
    work = Work()
    iterate = compiler.cursor_iter

    def counted(*args: Any) -> Iterator[Any]:
        for chunk in iterate(*args):
            work.rows += len(chunk)
            yield chunk

    with patch.object(compiler, "cursor_iter", counted), CaptureQueriesContext(connection) as sql:
        yield work
    work.statements = [query["sql"] for query in sql.captured_queries]
