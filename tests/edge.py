"""A process with the page cache in front of Django, asked by patients through WSGI."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.utils import CaptureQueriesContext

from clinics.edge.change_log import change_log
from clinics.edge.memory import facts, texts
from clinics.edge.page_cache import PageCache


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    queries: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def is_hit(self) -> bool:
        return self.headers.get("Cache-Status", "").startswith("Polyclinic; hit")

    @property
    def is_stored(self) -> bool:
        return "stored" in self.headers.get("Cache-Status", "")


class Process:
    """One web process; `plain` without anything that it keeps or remembers.

    `application` is what stands behind the cache.
    """

    def __init__(self, application: Any = None, *, plain: bool = False, **options: Any) -> None:
        application = application or WSGIHandler()
        self.cache = PageCache(application, **options)
        self._application = application if plain else self.cache

    def get(self, host: str, path: str = "/", method: str = "GET", **environ: Any) -> Answer:
        from django.db import connection  # noqa: PLC0415 - of the thread that asks

        path, _mark, query = path.partition("?")
        head: list[Any] = []
        with CaptureQueriesContext(connection) as queries:
            parts = self._application(
                {
                    "REQUEST_METHOD": method,
                    "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
                    "QUERY_STRING": query,
                    "SCRIPT_NAME": "",
                    "HTTP_HOST": host,
                    "SERVER_NAME": "testserver",
                    "SERVER_PORT": "80",
                    "SERVER_PROTOCOL": "HTTP/1.1",
                    "REMOTE_ADDR": "203.0.113.7",
                    "wsgi.url_scheme": "http",
                    "wsgi.input": io.BytesIO(),
                    "wsgi.errors": sys.stderr,
                    **environ,
                },
                lambda status, headers, exc_info=None: head.extend((status, headers)),
            )
            body = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
        sql = [query["sql"] for query in queries.captured_queries]
        return Answer(int(head[0].split()[0]), dict(head[1]), body, sql)


@contextmanager
def fresh_process() -> Iterator[None]:
    """This process has seen no change and remembers nothing; its log is read by requests."""
    had_thread, change_log.has_thread = change_log.has_thread, False
    forget()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        change_log.has_thread = had_thread
        forget()


def forget() -> None:
    change_log.forget()
    facts.clear()
    texts.clear()
