"""What all measures inside a world's process begin with, and how they count."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after the settings
from django.test import Client  # noqa: E402

from cms.world import texts  # noqa: E402
from cms.world.places import WorldClinic  # noqa: E402

# Of `bench.worlds`: the clinic of number 1 has changed articles 2 and 3.
CLINIC = WorldClinic(1)
SHARED, OWN = 5, 2


def path_of(article: int) -> str:
    slugs = {"CONDITION": "conditions", "TREATMENT": "treatments", "ARTICLE": "articles"}
    return f"/{slugs[texts.kind(article)]}/{texts.slug(article)}/"


def ask(client: Client, path: str) -> Any:
    """The answer; a RuntimeError where it is not the page."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}.")
    return response


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements within the block."""
    statements: list[str] = []

    def count(execute: Any, sql: str, *args: Any) -> Any:
        statements.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(count):
        yield statements


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is taken back, so that the next measure finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def milliseconds(act: Callable[[], Any], runs: int) -> float:
    """The median; it is done once before."""
    act()
    times = []
    for _run in range(runs):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 3)
