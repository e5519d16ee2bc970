"""Many readers at once, by wrk: a page in, how long the slowest hundredth of them waited out."""

from __future__ import annotations

import re

from tests.services.programs import LOOPBACK, run

_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def slowest_hundredth(port: int, host: str, path: str, *, seconds: int = 4) -> float:
    """Seconds within which 99 of 100 requests were answered, all of them with the page."""
    said = run("wrk", "--threads", "1", "--connections", "4", "--duration", f"{seconds}s",
               "--latency", "--header", f"Host: {host}", "--header", "X-Forwarded-Proto: https",
               f"http://{LOOPBACK}:{port}{path}")  # fmt: skip
    wrong = re.search(r"Non-2xx or 3xx responses|Socket errors", said)
    found = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\n", said)
    assert found and not wrong, said
    return float(found[1]) * _SECONDS[found[2]]
