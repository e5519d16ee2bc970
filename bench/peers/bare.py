"""The yardstick: an application that answers everything with the bytes of one file.

BENCH_HEADERS are lines of headers that it sends as well: what a server takes for them is its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = Path(os.environ["BENCH_PAGE"]).read_bytes()
_MORE = os.environ.get("BENCH_HEADERS", "").splitlines()
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Length", str(len(BODY))),
    *((name, value) for name, _colon, value in (line.partition(": ") for line in _MORE)),
]


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], Any]
) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return [BODY]
