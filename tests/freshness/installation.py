"""Three web processes and one that changes content, on a database file of their own."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.freshness.site import Address
from tests.services.programs import LOOPBACK, ROOT, Answer, Program, ask, free_port, start

WEB = ("one", "two", "forked")
# Where readers of a database in WAL mode lock its index: https://www.sqlite.org/walformat.html
_READERS, _COUNT = 123, 5


class Installation:
    """`folder` holds `database/db.sqlite3`, with the world in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "database"
        self.ports = {name: free_port() for name in WEB}
        self.secret = secrets.token_urlsafe(50)
        self.programs: list[Program] = []
        self._admin: subprocess.Popen[str] | None = None

    def __enter__(self) -> Installation:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop()

    def get(self, name: str, at: Address) -> Answer:
        """As a patient asks this process."""
        host, path = at
        return ask(self.ports[name], host, path)

    def change(self, name: str) -> set[str]:
        """Makes the change of that name, in a process of its own; its tags, once committed."""
        return set(self._say({"change": name})["tags"])

    def pages_now(self, where: Iterable[Address]) -> dict[Address, tuple[int, str]]:
        """Status and digest of what each page is, made without a cache."""
        asked = list(where)
        pages = self._say({"pages": asked})["pages"]
        return {at: (status, digest) for at, (status, digest) in zip(asked, pages, strict=True)}

    @contextmanager
    def database_that_hangs(self) -> Iterator[None]:
        """Whoever reads within waits until the end, or for the ten seconds that SQLite tries."""
        with (self.database / "db.sqlite3-shm").open("r+b") as index:
            fcntl.lockf(index, fcntl.LOCK_EX, _COUNT, _READERS)
            yield

    @contextmanager
    def database_that_is_gone(self) -> Iterator[None]:
        """Nobody can open it within."""
        away = self.database.rename(self.folder / "away")
        try:
            yield
        finally:
            away.rename(self.database)

    def _start(self) -> None:
        for name, port in self.ports.items():
            # With the application loaded before the fork, where threads are lost.
            options = ["--preload"] if name == "forked" else []
            program = start(
                self.folder / f"{name}.log", sys.executable, "-m", "gunicorn", "--config",
                "deploy/gunicorn.conf.py", *options, "cms.wsgi", env=self._environment(port),
            )  # fmt: skip
            self.programs.append(program)
        self._admin = subprocess.Popen(
            [sys.executable, "-m", "tests.freshness.other"], cwd=ROOT, text=True,
            env=self._environment(0), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        for program, port in zip(self.programs, self.ports.values(), strict=True):
            program.wait_for(port)
        self._hear()

    def _stop(self) -> None:
        if self._admin is not None:
            self._admin.communicate(timeout=40)
        for program in self.programs:
            program.process.terminate()
        for program in self.programs:
            program.stop()

    def _environment(self, port: int) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "SECRET_KEY": self.secret,
            "ROLE": "all",
            "DATABASE_URL": f"sqlite:///{self.database / 'db.sqlite3'}",
            "VAR_DIR": str(self.folder / "var"),
            "ADMIN_HOST": "localhost",
            "BIND_TO": f"{LOOPBACK}:{port}",
            "WORKERS": "1",
            "THREADS": "4",
            "CLINICS_PAGE_CACHE_BYTES": str(16 * 1024 * 1024),
            "EMAIL_URL": "consolemail://",
        }

    def _say(self, said: dict[str, Any]) -> dict[str, Any]:
        assert self._admin is not None
        assert self._admin.stdin is not None
        self._admin.stdin.write(json.dumps(said) + "\n")
        self._admin.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self._admin is not None
        assert self._admin.stdout is not None
        # What else is printed, such as mail, is no JSON.
        for line in self._admin.stdout:
            if line.startswith("{"):
                heard: dict[str, Any] = json.loads(line)
                return heard
        raise AssertionError("the process that changes content has ended")
