"""Varnish with our VCL in front of two nodes of the test's own, which answer as they are told."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.services.programs import LOOPBACK, Answer, ask, eventually, free_port, run, start_varnish

PAGE = {"Cache-Control": "max-age=0, must-revalidate, s-maxage=60", "Vary": "Accept-Encoding"}

# Status, headers, body.
type Say = Callable[[Any], tuple[int, dict[str, str], bytes]]


class Node:
    """`asked` has the requests that came, without those of the probes."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.is_ready = True
        self.say: Say = lambda _request: (200, PAGE, b"page")
        node = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                if self.path in ("/-/ready", "/-/live"):
                    is_well = self.path == "/-/live" or node.is_ready
                    return self._send(200 if is_well else 503, {}, b"")
                self.sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                node.asked.append(self)
                return self._send(*node.say(self))

            do_GET = do_HEAD = do_POST = do_PURGE = answer

            def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                return

        self.server = ThreadingHTTPServer((LOOPBACK, 0), Answering)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        Thread(target=self.server.serve_forever, daemon=True).start()


class Edge:
    """Both nodes say the same: `say` sets what, `asked` is what reached them."""

    def __init__(self, folder: Path) -> None:
        self.nodes = [Node(), Node()]
        self.port = free_port()
        self.varnish = start_varnish(folder, self.port, [node.port for node in self.nodes])

    def __enter__(self) -> Edge:
        return self

    def __exit__(self, *_error: object) -> None:
        self.varnish.stop()
        for node in self.nodes:
            node.server.shutdown()
            node.server.server_close()

    def say(self, say: Say) -> None:
        for node in self.nodes:
            node.say, node.asked = say, []

    def set_ready(self, is_ready: bool) -> None:
        """Waits until Varnish has noticed."""
        for node in self.nodes:
            node.is_ready = is_ready
        eventually(lambda: self._healthy() == (2 if is_ready else 0), "probes of /-/ready")

    @property
    def asked(self) -> list[Any]:
        return [request for node in self.nodes for request in node.asked]

    def get(self, host: str, path: str = "/", **options: Any) -> Answer:
        return ask(self.port, host, path, **options)

    def purge(self, tags: str, **headers: str) -> Answer:
        return self.get("any", method="PURGE", headers={"xkey-purge": tags, **headers})

    def _healthy(self) -> int:
        listed = run("varnishadm", "-n", self.varnish.log.parent / "varnish", "backend.list")
        return sum("web" in line and "healthy" in line for line in listed.splitlines())
