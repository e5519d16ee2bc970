"""Requests one after the other: the server's threads share one database connection with the tests.

A browser asks several things at once (a page, a ping, a preview), and savepoints of one request
must not end those of another.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

from django.http import HttpRequest, HttpResponse

_LOCK = RLock()


class OneAtATimeMiddleware:
    """Stands before every other middleware of the live server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _LOCK:
            return self.get_response(request)
