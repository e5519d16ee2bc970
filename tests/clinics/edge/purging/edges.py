"""Edges as real HTTP servers in threads: they count what they are told, refuse it, or hang."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENOUGH = 10


@dataclass
class Told:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def tags(self) -> list[str]:
        return self.headers.get("xkey-purge", "").split()


@dataclass
class Edge:
    """`behaviour`: "ok", "hang", "drip", "redirect" or a status. Tags in `refuses` get a 500."""

    url: str = ""
    behaviour: str = "ok"
    refuses: set[str] = field(default_factory=set)
    answer: bytes = b""
    told: list[Told] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def tags(self) -> list[list[str]]:
        """Of each purge; nothing of questions whether it is there."""
        return [told.tags for told in self.told if told.tags != ["none"]]

    def entry(self, name: str = "cache-1") -> dict[str, str]:
        return {"name": name, "kind": "varnish", "url": self.url}


class _Handler(BaseHTTPRequestHandler):
    def do_PURGE(self) -> None:
        edge: Edge = self.server.edge
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        edge.told.append(Told(self.command, self.path, headers, body))
        if edge.behaviour == "hang":
            edge.released.wait(ENOUGH)
            return
        if edge.behaviour == "drip":
            self._drip(edge)
            return
        status = 200 if edge.behaviour == "ok" else 0
        if edge.behaviour == "redirect":
            status = 302
        if edge.refuses & set(edge.told[-1].tags):
            status = 500
        self.send_response(status or int(edge.behaviour))
        if status == 302:
            self.send_header("Location", edge.url + "elsewhere")
        self.send_header("Content-Length", str(len(edge.answer)))
        self.end_headers()
        self.wfile.write(edge.answer)

    do_POST = do_GET = do_PURGE

    def _drip(self, edge: Edge) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        for _second in range(ENOUGH * 10):
            if edge.released.wait(0.1):
                return
            try:
                self.wfile.write(b"a")
            except OSError:
                return

    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Whoever asked has hung up."""


@contextmanager
def running_edge(behaviour: str = "ok", port: int = 0) -> Iterator[Edge]:
    edge = Edge(behaviour=behaviour)
    server = _Server(("127.0.0.1", port), _Handler)
    server.edge = edge
    edge.url = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield edge
    finally:
        edge.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
