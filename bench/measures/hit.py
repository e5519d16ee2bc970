"""A second request for a page, through the whole application: statements and connections (P2)."""

from __future__ import annotations

import json
import socket
from io import BytesIO
from typing import Any
from unittest.mock import patch

from bench.measures.inside import CLINIC, SHARED, counted, path_of


def measure() -> dict[str, int]:
    from cms.wsgi import application  # noqa: PLC0415 - after the settings

    for _warm in range(2):
        _ask(application)
    with (
        counted() as statements,
        patch.object(
            socket.socket, "connect", side_effect=socket.socket.connect, autospec=True
        ) as connects,
    ):
        _ask(application)
    return {"sql": len(statements), "network": connects.call_count}


def _ask(application: Any) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path_of(SHARED),
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": CLINIC.host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": CLINIC.host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    status: list[str] = []
    answer = application(environ, lambda line, headers, *_: status.append(line))
    b"".join(answer)
    getattr(answer, "close", lambda: None)()
    if not status[0].startswith("200"):
        raise RuntimeError(f"The application answers {status[0]}.")


if __name__ == "__main__":
    print(json.dumps(measure()))
