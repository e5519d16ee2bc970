"""A second request for a page, through the whole application: statements and connections (P2)."""

from __future__ import annotations

import json
import socket
from unittest.mock import patch

from bench.measures.inside import CLINIC, SHARED, ask_process, counted, path_of


def measure() -> dict[str, int]:
    from cms.wsgi import application  # noqa: PLC0415 - after the settings

    for _warm in range(2):
        ask_process(application, CLINIC.host, path_of(SHARED))
    with (
        counted() as statements,
        patch.object(
            socket.socket, "connect", side_effect=socket.socket.connect, autospec=True
        ) as connects,
    ):
        ask_process(application, CLINIC.host, path_of(SHARED))
    return {"sql": len(statements), "network": connects.call_count}


if __name__ == "__main__":
    print(json.dumps(measure()))
