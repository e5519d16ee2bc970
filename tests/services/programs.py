"""Programs of a test: started, waited for, asked, and stopped."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def run(*command: str | Path, env: Mapping[str, str] | None = None, user: str = "") -> str:
    """What the command prints; AssertionError with all of it when it fails."""
    as_user = ["runuser", "-u", user, "--"] if user else []
    done = subprocess.run(  # noqa: S603 - our own programs, here and below
        [*as_user, *map(str, command)], cwd="/" if user else ROOT, env=env, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command[:3]}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def start(log: Path, *command: str | Path, env: Mapping[str, str] | None = None) -> Program:
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            list(map(str, command)), cwd=ROOT, env=env,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    return Program(process, log)


@dataclass(frozen=True)
class Program:
    process: subprocess.Popen[bytes]
    log: Path

    def wait_for(self, port: int) -> Program:
        eventually(lambda: self._listens(port), f"port {port}", seconds=60)
        return self

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def kill(self) -> None:
        """With its workers, as when the machine loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _listens(self, port: int) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        with socket.socket() as probe:
            return probe.connect_ex((LOOPBACK, port)) == 0


def eventually(is_so: Callable[[], object], what: str, *, seconds: float = 20) -> None:
    """Waits until it is; how long it took is nobody's business, that it comes is."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def ask(
    port: int, host: str, path: str = "/", *, method: str = "GET", tls: bool = False,
    body: bytes | None = None, headers: Mapping[str, str] | None = None, timeout: float = 30,
) -> Answer:  # fmt: skip
    """One request on a connection of its own."""
    connection = HTTPConnection(LOOPBACK, port, timeout=timeout)
    if tls:
        # A certificate of our own making: whose it is is not what is tested.
        context = ssl._create_unverified_context()  # noqa: S323
        plain = socket.create_connection((LOOPBACK, port), timeout=30)
        connection.sock = context.wrap_socket(plain, server_hostname=host)
    try:
        connection.request(method, path, body, {"Host": host, **(headers or {})})
        response: HTTPResponse = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


@contextmanager
def frozen(*programs: int) -> Iterator[None]:
    """The processes of these numbers, and all that they have started, do nothing within.

    The machine goes on: it takes connections in, and whoever asks waits for an answer.
    """
    stopped = list(programs)
    try:
        # The parent first, which so starts no more. A child may have just ended.
        for pid in stopped:
            with suppress(ProcessLookupError, FileNotFoundError):
                os.kill(pid, signal.SIGSTOP)
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
                stopped += [int(child) for child in children.split()]
        yield
    finally:
        for pid in reversed(stopped):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


@contextmanager
def slow(*programs: int) -> Iterator[None]:
    """They get one thirtieth of their time within."""
    over = Event()

    def hold() -> None:
        while not over.is_set():
            with frozen(*programs):
                over.wait(0.29)
            time.sleep(0.01)

    holding = Thread(target=hold)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()


def start_varnish(folder: Path, port: int, nodes: list[int]) -> Program:
    """Varnish with our VCL on this port, in front of two nodes on those of this machine."""
    vcl = folder / "vcl"
    vcl.mkdir()
    shipped = ROOT / "deploy/varnish"
    (vcl / "polyclinic.vcl").write_text((shipped / "polyclinic.vcl").read_text())
    text = (shipped / "nodes.vcl").read_text()
    for number, node in enumerate(nodes, 1):
        text, count = re.subn(
            rf'(backend (?:web|live){number} {{ .host = )"[\d.]+"(; .port = )"\d+"',
            rf'\1"{LOOPBACK}"\2"{node}"', text,
        )  # fmt: skip
        assert count == 2
    (vcl / "nodes.vcl").write_text(text)
    program = start(
        folder / "varnish.log", "varnishd", "-F", "-j", "none", "-n", folder / "varnish",
        "-a", f"{LOOPBACK}:{port}", "-f", vcl / "polyclinic.vcl", "-p", f"vcl_path={vcl}",
        "-p", "http_gzip_support=off", "-p", "default_ttl=0", "-s", "malloc,64m",
    )  # fmt: skip
    return program.wait_for(port)
