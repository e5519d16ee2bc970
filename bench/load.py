"""Asks a server as fast as it answers: by wrk, or where that is missing by a client of our own."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bench.servers import Server

CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """`cpu` is the seconds of processor that the server's processes spent on a request."""

    requests: int
    rate: float
    cpu: float


def load(server: Server, seconds: float) -> Load:
    """Raises RuntimeError when an answer is not the page."""
    before = server.cpu_seconds()
    ask = _by_wrk if shutil.which("wrk") else _by_ourselves
    count, took = ask(server, seconds)
    spent = server.cpu_seconds() - before
    return Load(count, count / took, spent / max(count, 1))


def fetch(server: Server) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET", server.path, headers={"Host": server.host})
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def _by_wrk(server: Server, seconds: float) -> tuple[int, float]:
    done = subprocess.run(  # noqa: S603 - our own address
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s",  # noqa: S607
         "-H", f"Host: {server.host}", *_accepting(server), server.url],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    found = re.search(r"(\d+) requests in ([\d.]+)(m?s|m)", done.stdout)
    if wrong or not found:
        raise RuntimeError(f"{server.name}:\n{done.stdout}")
    unit = {"s": 1.0, "ms": 0.001, "m": 60.0}[found[3]]
    return int(found[1]), float(found[2]) * unit


def _accepting(server: Server) -> list[str]:
    return ["-H", f"Accept-Encoding: {server.accepts}"] if server.accepts else []


def _by_ourselves(server: Server, seconds: float) -> tuple[int, float]:
    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = pool.map(_ask_until, [server] * CONNECTIONS, [started + seconds] * CONNECTIONS)
        count = sum(counts)
    return count, time.perf_counter() - started


def _ask_until(server: Server, end: float) -> int:
    count = 0
    while time.perf_counter() < end:
        status, _headers, _body = fetch(server)
        if status != 200:
            raise RuntimeError(f"{server.name} answers {status}.")
        count += 1
    return count
