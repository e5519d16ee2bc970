"""Starts what is measured, and reads from /proc what it costs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.tls_site import ROOT

WORKERS = 2
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A program on a port; `host` is what a request names, `path` what it asks for, `accepts` the
    codings that it says it reads.
    """

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str = "/"
    host: str = "localhost"
    accepts: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def processes(self) -> list[int]:
        """The program and all that it has started."""
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
            found += [int(child) for child in children.split()]
        return found

    def cpu_seconds(self) -> float:
        """Of the processes that answer: the first of a gunicorn only watches."""
        return sum(_cpu_seconds(pid) for pid in self._answering())

    def memory_per_worker(self) -> int:
        """Bytes: a page that several processes share counts in parts (PSS)."""
        pids = self._answering()
        return sum(_proportional_size(pid) for pid in pids) // len(pids)

    def _answering(self) -> list[int]:
        pids = self.processes()
        return pids[1:] or pids


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(
    name: str,
    application: str,
    environment: Mapping[str, str],
    *,
    path: str = "/",
    host: str = "localhost",
) -> Iterator[Server]:
    """`-w 2 -k sync`, as all peers are measured."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "-w", str(WORKERS), "-k", "sync",
               "--bind", f"127.0.0.1:{port}", "--no-control-socket",
               "--log-level", "error"]  # fmt: skip
    with running(name, command, port, environment, path=path, host=host) as server:
        yield server


@contextmanager
def running(
    name: str,
    command: list[str],
    port: int,
    environment: Mapping[str, str] | None = None,
    *,
    path: str = "/",
    host: str = "localhost",
    accepts: str = "",
) -> Iterator[Server]:
    """Runs the command until the block ends. A RuntimeError says that it does not listen."""
    process = subprocess.Popen(  # noqa: S603 - our own programs
        command, cwd=ROOT, env={**os.environ, **(environment or {})}
    )
    try:
        _wait_for(name, port, process)
        yield Server(name, process, port, path, host, accepts)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(name: str, port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"{name} has ended: its last lines are above.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{name} does not listen on port {port}.")


def _cpu_seconds(pid: int) -> float:
    # The name of the program, in brackets, may have spaces in it.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _proportional_size(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
