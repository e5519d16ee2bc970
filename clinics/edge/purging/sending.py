"""Sends one purge over HTTP, within seconds whatever the other end does. Follows no redirect."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from contextlib import suppress
from time import monotonic
from urllib.parse import urlsplit

from clinics.edge.purging.requests import PurgeRequest

# For connecting, and for each piece of the answer.
STEP_SECONDS = 2.0
# For all of it: somebody may send a byte a second.
WHOLE_SECONDS = 4.0
_MOST_BYTES = 64 * 1024


class NotPurgedError(Exception):
    """The node did not say that it has dropped the pages; the message names no token."""

    def __init__(self, reason: str, wait_seconds: int = 0) -> None:
        super().__init__(reason)
        self.wait_seconds = wait_seconds


def send(request: PurgeRequest) -> None:
    """Raises NotPurgedError."""
    parts = urlsplit(request.url)
    secure = parts.scheme == "https"
    make = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = make(parts.hostname or "", parts.port, timeout=STEP_SECONDS)
    until = monotonic() + WHOLE_SECONDS
    cut: threading.Timer | None = None
    try:
        connection.connect()
        cut = threading.Timer(max(0.0, until - monotonic()), _cut, [connection.sock])
        cut.daemon = True
        cut.start()
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(request.method, target, request.body, dict(request.headers))
        answer = connection.getresponse()
        _check(request, answer)
        if monotonic() >= until:
            # It was cut off, which looks like the end of an answer.
            raise NotPurgedError("no answer in time")
    except TimeoutError as error:
        raise NotPurgedError("no answer in time") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotPurgedError(type(error).__name__) from error
    finally:
        if cut:
            cut.cancel()
        connection.close()


def _check(request: PurgeRequest, answer: http.client.HTTPResponse) -> None:
    if not 200 <= answer.status < 300:
        wait = answer.headers.get("Retry-After", "")
        seconds = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 5 else 0
        raise NotPurgedError(f"answered {answer.status}", seconds)
    if request.says_success:
        with suppress(ValueError, AttributeError):
            if json.loads(answer.read(_MOST_BYTES)).get("success") is True:
                return
        raise NotPurgedError("answered without success")


def _cut(sock: socket.socket) -> None:
    """End a conversation that takes too long; whoever waits for it gets an error."""
    with suppress(OSError):
        # Not the TLS socket's own, which takes the layer away under whoever is reading.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
