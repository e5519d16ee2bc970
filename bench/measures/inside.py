"""What all measures inside a world's process begin with, and how they count."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
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
OTHERS, WARM = [WorldClinic(number).host for number in range(2, 10)], 8


def path_of(article: int) -> str:
    slugs = {"CONDITION": "conditions", "TREATMENT": "treatments", "ARTICLE": "articles"}
    return f"/{slugs[texts.kind(article)]}/{texts.slug(article)}/"


def ask(client: Client, path: str) -> Any:
    """The answer; a RuntimeError where it is not the page."""
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}.")
    return response


def keeping_nothing() -> Any:
    """A web process that makes each page anew, with what it remembers of the database."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415 - after the settings

    from clinics.edge.page_cache import PageCache  # noqa: PLC0415 - as above

    return PageCache(WSGIHandler(), most=0)


def ask_process(process: Any, host: str, path: str) -> bytes:
    """The page, through WSGI; a RuntimeError where the answer is none."""
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    status: list[str] = []
    answer = process(environ, lambda line, headers, *_: status.append(line))
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{host}{path} answers {status[0]}.")
    return body


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
