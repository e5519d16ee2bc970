"""What deploy/ describes, on one machine: databases, Redis, three nodes, Varnish, nginx, TLS, and
the worker that tells Varnish what has changed.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any

from tests.freshness.admin import Admin
from tests.services.nodes import node_environment, start_node
from tests.services.programs import (
    LOOPBACK,
    ROOT,
    Answer,
    Program,
    ask,
    eventually,
    free_port,
    run,
    start,
    start_varnish,
)
from tests.services.purges import SETTLED, Purges
from tests.services.replication import Replication

WEB = ("web1", "web2")
NODES = (*WEB, "admin")
ADMIN_HOST = "admin.test"
SITES = ("hillside.test", "harbour.test", "hub.test")
PYTHON = sys.executable
THROUGH_TLS = {"X-Forwarded-Proto": "https"}
WORLD = """
import django; django.setup()
from tests.factories import build_world
build_world()
"""


class Cluster:
    """A node is "web1", "web2" or "admin"; `get` asks as a patient does, through nginx.

    `admin` changes content; `purges` says how far Varnish has been told.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in (*NODES, "redis", "varnish", "http", "https")}
        self.secret = secrets.token_urlsafe(50)
        self.var = folder / "var"
        self.var.mkdir()
        self.databases = Replication(folder / "postgres")
        self.purges = Purges(self.databases.primary)
        self.programs: dict[str, Program] = {}
        self._admin: Admin | None = None

    def __enter__(self) -> Cluster:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    @property
    def admin(self) -> Admin:
        assert self._admin is not None
        return self._admin

    def get(self, host: str, path: str = "/", **options: Any) -> Answer:
        return ask(self.ports["https"], host, path, tls=True, **options)

    def ask_edge(self, host: str, path: str = "/", **options: Any) -> Answer:
        """Varnish, as nginx asks it."""
        return ask(self.ports["varnish"], host, path, headers=THROUGH_TLS, **options)

    def ask_node(self, name: str, host: str, path: str = "/", **options: Any) -> Answer:
        """Past the edge."""
        headers = {**THROUGH_TLS, **options.pop("headers", {})}
        return ask(self.ports[name], host, path, headers=headers, **options)

    def health(self, name: str, check: str) -> int:
        """The status of /-/live or /-/ready; 0 from a node that does not answer."""
        try:
            return self.ask_node(name, SITES[0], f"/-/{check}").status
        except OSError:
            return 0

    def drop(self, tags: str, **options: Any) -> Answer:
        """Have Varnish forget pages, beside the worker."""
        headers = {"xkey-purge": tags}
        return ask(self.ports["varnish"], "edge", method="PURGE", headers=headers, **options)

    def manage(self, code: str) -> str:
        """Runs code where the admin runs."""
        return run(PYTHON, "-c", code, env=self.environment("admin"))

    def put_back(self, tags: Iterable[str] = ("g",), at: tuple[str, str] = (SITES[0], "/")) -> None:
        """The content that there was at first; nothing else is in any cache with one of the tags.

        `at` is the address of a page that has one of them.
        """
        self.purges.wait_for(SETTLED)
        self.admin.put_back(tags)
        eventually(self.databases.is_even, "the replica has caught up")
        for name in WEB:
            # To make a page, a node first reads what has changed.
            eventually(lambda name=name: self._makes(name, at), f"{name} has read the log")
        self.drop(" ".join(tags))

    def start_node(self, name: str) -> None:
        self._begin_node(name)
        self._wait_for_node(name)

    def start_purges(self) -> None:
        """The worker of compose.yaml, which looks more often here."""
        self.programs["purges"] = start(
            self.folder / "purges.log", PYTHON, "manage.py", "run_purges", "--loop",
            "--interval", "0.1", env=self.environment("admin"),
        )  # fmt: skip

    def _begin_node(self, name: str) -> None:
        self.programs[name] = start_node(self.folder / f"{name}.log", self.environment(name))

    def _wait_for_node(self, name: str) -> None:
        self.programs[name].wait_for(self.ports[name])
        eventually(lambda: self.health(name, "ready") == 200, f"{name} is ready", seconds=90)

    def _makes(self, name: str, at: tuple[str, str]) -> bool:
        return "stored" in self.ask_node(name, *at).headers.get("cache-status", "")

    def drain_file(self, name: str) -> Path:
        return self.folder / f"{name}.draining"

    def environment(self, name: str) -> dict[str, str]:
        is_web = name.startswith("web")
        user = "polyclinic_web" if is_web else "polyclinic"
        databases = self.databases
        varnish = f"http://{LOOPBACK}:{self.ports['varnish']}/"
        edges = [{"name": "edge", "kind": "varnish", "url": varnish}]
        found = node_environment(
            self.ports[name], self.var, self.secret,
            DJANGO_SETTINGS_MODULE="cms.settings.production",
            ADMIN_HOST=ADMIN_HOST,
            ROLE="web" if is_web else "admin",
            DATABASE_URL=databases.url(user, databases.primary),
            CACHE_URL=f"redis://{LOOPBACK}:{self.ports['redis']}/0",
            CLINICS_PURGE_BACKENDS=json.dumps(edges),
            TRUST_PROXY="1",
            SECOND_FACTOR_REQUIRED="0",
            CLINICS_ALLOW_FICTIONAL_NUMBERS="1",
            DRAIN_FILE=str(self.drain_file(name)),
        )  # fmt: skip
        if is_web:
            found["DATABASE_REPLICA_URL"] = databases.url(user, databases.replica)
        return found

    def _start(self) -> None:
        self.programs["redis"] = start(
            self.folder / "redis.log", "redis-server", "--bind", LOOPBACK, "--save", "",
            "--port", str(self.ports["redis"]), "--dir", self.folder,
        ).wait_for(self.ports["redis"])  # fmt: skip
        admin = self.environment("admin")
        collecting = start(
            self.folder / "static.log", PYTHON, "manage.py", "collectstatic", "--no-input",
            env=admin,
        )  # fmt: skip
        run(PYTHON, "manage.py", "migrate", "--verbosity", "0", env=admin)
        self.databases.grant_rights()
        self.manage(WORLD)
        assert collecting.process.wait() == 0, collecting.log.read_text()[-3000:]
        self._admin = Admin(admin)
        for name in NODES:
            self._begin_node(name)
        for name in NODES:
            self._wait_for_node(name)
        self.admin.wait()
        self.admin.keep()
        nodes = [self.ports[name] for name in WEB]
        self.programs["varnish"] = start_varnish(self.folder, self.ports["varnish"], nodes)
        self.start_purges()
        self._start_nginx()

    def _start_nginx(self) -> None:
        self._make_certificates()
        values = {
            "ADMIN_HOST": ADMIN_HOST,
            "EDGE": f"{LOOPBACK}:{self.ports['varnish']}",
            "ADMIN_NODE": f"{LOOPBACK}:{self.ports['admin']}",
            "HTTP_PORT": str(self.ports["http"]),
            "HTTPS_PORT": str(self.ports["https"]),
            "TLS_DIR": str(self.folder / "tls"),
            "ACME_DIR": str(self.folder),
            "VAR_DIR": str(self.var),
            "LOG_DIR": str(self.folder),
        }
        template = Template((ROOT / "deploy/nginx/polyclinic.conf.template").read_text())
        conf = self.folder / "nginx.conf"
        conf.write_text(
            "user root;\ndaemon off;\nworker_processes 1;\n"
            f"pid {self.folder}/nginx.pid;\nerror_log {self.folder}/nginx-error.log;\n"
            "include /etc/nginx/modules-enabled/*.conf;\nevents {}\nhttp {\n"
            "include /etc/nginx/mime.types;\n" + template.safe_substitute(values) + "}\n"
        )
        program = start(self.folder / "nginx.log", "nginx", "-c", conf)
        self.programs["nginx"] = program.wait_for(self.ports["https"])

    def _make_certificates(self) -> None:
        folder = self.folder / "tls"
        folder.mkdir()
        key, certificate = folder / "one.key", folder / "one.pem"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
            "/CN=test", "-keyout", key, "-out", certificate)  # fmt: skip
        for host in (ADMIN_HOST, *SITES):
            shutil.copy(key, folder / f"{host}.key")
            shutil.copy(certificate, folder / f"{host}.pem")

    def _stop(self) -> None:
        if self._admin is not None:
            self._admin.close()
        for program in reversed(self.programs.values()):
            program.stop()
        self.databases.stop()
