"""Starts our pages and their peers, and compares them: a world's environment in, rows and figures
out.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.load import fetch
from bench.servers import Server, free_port, gunicorn, running
from bench.throughput import compare, rows
from bench.worlds import HOST, PATH, run

PLAIN_PATH = "/section/group/article/"
OURS, UNCACHED = "ours", "ours, uncached"
BARE, HEADERS = "the same bytes, bare WSGI (the yardstick)", "the same bytes and headers, bare WSGI"
DJANGO = "Django, one row, one template"
WAGTAIL, CACHED_WAGTAIL = "Wagtail 8, uncached", "Wagtail 8, Django's cache in memory"
# Both send gzip, as a browser asks an edge for.
WHITENOISE, NGINX, VARNISH = "whitenoise", "nginx, static file", "ours behind Varnish"

_OF_SERVERS = {"content-type", "content-length", "connection", "date", "server"}


def pace(*, quick: bool) -> tuple[int, float]:
    """How many rounds, and the seconds for which each is asked in one."""
    return (3, 1.0) if quick else (5, 3.0)


def compared(
    folder: Path, ours: Mapping[str, str], *, rounds: int, seconds: float
) -> dict[str, Any]:
    """Figures and rows of all servers, side by side; and what page aliases cost."""
    plain = {"BENCH_FOLDER": str(folder), "PYTHONWARNINGS": "ignore"}
    run([sys.executable, "-m", "bench.peers.plain_django"], plain)
    built = run([sys.executable, "-m", "bench.peers.plain_wagtail.build"], plain)
    wagtail = json.loads(built.splitlines()[-1])
    with ExitStack() as stack:
        servers = [stack.enter_context(each) for each in _servers(folder, ours, plain, stack)]
        by_name = {server.name: server for server in servers}
        found = compare(servers, by_name[BARE], rounds=rounds, seconds=seconds)
    sql = {BARE: 0, HEADERS: 0, WHITENOISE: 0, NGINX: 0, DJANGO: 1, WAGTAIL: wagtail["sql"]}
    sql |= {CACHED_WAGTAIL: 0}
    peers = [{**row, "sql": sql.get(str(row["name"]))} for row in rows(found)]
    return {"peers": peers, "figures": figures(peers), "aliases": wagtail["publishing"]}


def figures(peers: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Figures for the goals; those of programs that are not here are left out."""
    by_name = {row["name"]: row for row in peers}
    ours, wagtail = by_name[OURS], by_name[WAGTAIL]
    found = {
        "cached_share": ours["share"],
        "cached_cpu": ours["cpu"],
        "cached_against_wagtail": ours["share"] / wagtail["share"],
        "cached_against_cached_wagtail": ours["share"] / by_name[CACHED_WAGTAIL]["share"],
        "uncached_cpu": by_name[UNCACHED]["cpu"] / wagtail["cpu"],
        "memory": ours["memory"] / wagtail["memory"],
    }
    if VARNISH in by_name and NGINX in by_name:
        found["varnish_share_of_nginx"] = by_name[VARNISH]["share"] / by_name[NGINX]["share"]
    return found


def _servers(
    folder: Path, ours: Mapping[str, str], plain: Mapping[str, str], stack: ExitStack
) -> Iterator[Any]:
    """Each is entered before the next is asked for: the others serve what ours has answered."""
    where = {"path": PATH, "host": HOST}
    node = {**ours, "ROLE": "web"}
    cached = stack.enter_context(gunicorn(OURS, "cms.wsgi", node, **where))
    status, headers, body = fetch(cached)
    if status != 200:
        raise RuntimeError(f"Our article answers {status}.")
    page = folder / "page" / "page.html"
    page.parent.mkdir(exist_ok=True)
    page.write_bytes(body)
    page.with_suffix(".html.gz").write_bytes(gzip.compress(body, 6))
    same = {"BENCH_PAGE": str(page)}
    yield _entered(cached)
    yield gunicorn(UNCACHED, "cms.wsgi", {**node, "CLINICS_PAGE_CACHE_BYTES": "0"}, **where)
    yield gunicorn(BARE, "bench.peers.bare", same)
    lines = (f"{name}: {value}" for name, value in headers.items() if name not in _OF_SERVERS)
    yield gunicorn(HEADERS, "bench.peers.bare", {**same, "BENCH_HEADERS": "\n".join(lines)})
    yield gunicorn(WHITENOISE, "bench.peers.static", same, path="/page/page.html")
    yield gunicorn(DJANGO, "bench.peers.plain_django", plain, path="/article/")
    wagtail = "bench.peers.plain_wagtail.wsgi"
    yield gunicorn(WAGTAIL, wagtail, plain, path=PLAIN_PATH)
    yield gunicorn(CACHED_WAGTAIL, wagtail, {**plain, "BENCH_CACHED": "1"}, path=PLAIN_PATH)
    if _program("nginx") and os.geteuid() == 0:
        yield _nginx(folder, page)
    if _program("varnishd"):
        yield _varnish(folder, cached)


@contextmanager
def _entered(server: Server) -> Iterator[Server]:
    yield server


def _nginx(folder: Path, page: Path) -> Any:
    port, conf = free_port(), folder / "static.conf"
    conf.write_text(
        f"daemon off; user root; worker_processes 2; pid {folder}/static.pid;\n"
        "error_log /dev/null; events { worker_connections 256; }\n"
        f"http {{ access_log off; include /etc/nginx/mime.types;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {page.parent};\n"
        "    gzip_static on; } }\n"
    )
    command = [_program("nginx"), "-c", str(conf)]
    return running(NGINX, command, port, path="/page.html", accepts="gzip")


def _varnish(folder: Path, behind: Server) -> Any:
    """With its own defaults: it keeps what our headers allow, for as long as they say."""
    port = free_port()
    command = [_program("varnishd"), "-F", "-n", str(folder / "varnish"),
               "-a", f"127.0.0.1:{port}", "-b", f"127.0.0.1:{behind.port}",
               "-s", "malloc,64m"]  # fmt: skip
    return running(VARNISH, command, port, path=behind.path, host=behind.host, accepts="gzip")


def _program(name: str) -> str:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin") or ""
