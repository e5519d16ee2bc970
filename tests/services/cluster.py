"""What deploy/ describes, on one machine: databases, Redis, three nodes, Varnish, nginx, TLS."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from pathlib import Path
from string import Template
from typing import Any

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
from tests.services.replication import Replication

ADMIN_HOST = "admin.test"
SITES = ("hillside.test", "harbour.test", "hub.test")
PYTHON = sys.executable
WORLD = """
import django; django.setup()
from tests.factories import build_world
from tests.articles.factories import make_article, text
build_world()
make_article("spread", text("a", "Heading", "<p>First words.</p>"))
make_article("withdrawn", text("a", "Heading", "<p>Words that go.</p>"))
"""


class Cluster:
    """`node(name)` is "web1", "web2" or "admin"; `get` asks as a patient does, through nginx."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {
            name: free_port() for name in ("web1", "web2", "admin", "redis", "http", "https")
        }
        self.secret = secrets.token_urlsafe(50)
        self.var = folder / "var"
        self.var.mkdir()
        self.databases = Replication(folder / "postgres")
        self.programs: dict[str, Program] = {}

    def __enter__(self) -> Cluster:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def get(self, host: str, path: str = "/", **options: Any) -> Answer:
        return ask(self.ports["https"], host, path, tls=True, **options)

    def ask_node(self, name: str, host: str, path: str = "/", **options: Any) -> Answer:
        """Past the edge."""
        headers = {"X-Forwarded-Proto": "https", **options.pop("headers", {})}
        return ask(self.ports[name], host, path, headers=headers, **options)

    def health(self, name: str, check: str) -> int:
        """The status of /-/live or /-/ready; 0 from a node that does not answer."""
        try:
            return self.ask_node(name, SITES[0], f"/-/{check}").status
        except OSError:
            return 0

    def purge(self, tags: str) -> Answer:
        """As the purge worker asks for it."""
        return ask(self.ports["varnish"], "edge", method="PURGE", headers={"xkey-purge": tags})

    def manage(self, code: str) -> str:
        """Runs code where the admin runs."""
        return run(PYTHON, "-c", code, env=self.environment("admin"))

    def start_node(self, name: str) -> None:
        program = start(
            self.folder / f"{name}.log", PYTHON, "-m", "gunicorn", "--config",
            "deploy/gunicorn.conf.py", "cms.wsgi", env=self.environment(name),
        )  # fmt: skip
        self.programs[name] = program.wait_for(self.ports[name])
        eventually(lambda: self.health(name, "ready") == 200, f"{name} is ready", seconds=90)

    def drain_file(self, name: str) -> Path:
        return self.folder / f"{name}.draining"

    def environment(self, name: str) -> dict[str, str]:
        is_web = name.startswith("web")
        user = "polyclinic_web" if is_web else "polyclinic"
        databases = self.databases
        found = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SECRET_KEY": self.secret,
            "ADMIN_HOST": ADMIN_HOST,
            "ROLE": "web" if is_web else "admin",
            "DATABASE_URL": databases.url(user, databases.primary),
            "CACHE_URL": f"redis://{LOOPBACK}:{self.ports['redis']}/0",
            "VAR_DIR": str(self.var),
            "TRUST_PROXY": "1",
            "SECOND_FACTOR_REQUIRED": "0",
            "CLINICS_ALLOW_FICTIONAL_NUMBERS": "1",
            "EMAIL_URL": "consolemail://",
            "BIND_TO": f"{LOOPBACK}:{self.ports.get(name, 0)}",
            "WORKERS": "1",
            "DRAIN_FILE": str(self.drain_file(name)),
        }
        if is_web:
            found["DATABASE_REPLICA_URL"] = databases.url(user, databases.replica)
        return found

    def _start(self) -> None:
        self.programs["redis"] = start(
            self.folder / "redis.log", "redis-server", "--bind", LOOPBACK, "--save", "",
            "--port", str(self.ports["redis"]), "--dir", self.folder,
        ).wait_for(self.ports["redis"])  # fmt: skip
        admin = self.environment("admin")
        run(PYTHON, "manage.py", "migrate", "--verbosity", "0", env=admin)
        run(PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity", "0", env=admin)
        self.databases.grant_rights()
        self.manage(WORLD)
        for name in ("web1", "web2", "admin"):
            self.start_node(name)
        nodes = [self.ports["web1"], self.ports["web2"]]
        self.programs["varnish"], self.ports["varnish"] = start_varnish(self.folder, nodes)
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
        for program in reversed(self.programs.values()):
            program.stop()
        self.databases.stop()
