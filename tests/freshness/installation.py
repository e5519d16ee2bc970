"""Three web processes and one that changes content, on a database file of their own."""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.freshness.admin import Admin
from tests.freshness.site import Address
from tests.services.nodes import node_environment, start_node
from tests.services.programs import Answer, Program, ask, free_port

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
        self._admin: Admin | None = None

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

    @property
    def admin(self) -> Admin:
        """The process that changes content."""
        assert self._admin is not None
        return self._admin

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
            log = self.folder / f"{name}.log"
            self.programs.append(start_node(log, self._environment(port), *options))
        self._admin = Admin(self._environment(0))
        for program, port in zip(self.programs, self.ports.values(), strict=True):
            program.wait_for(port)
        self._admin.wait()

    def _stop(self) -> None:
        if self._admin is not None:
            self._admin.close()
        for program in self.programs:
            program.process.terminate()
        for program in self.programs:
            program.stop()

    def _environment(self, port: int) -> dict[str, str]:
        return node_environment(
            port, self.folder / "var", self.secret,
            DJANGO_SETTINGS_MODULE="cms.settings.dev",
            ROLE="all",
            DATABASE_URL=f"sqlite:///{self.database / 'db.sqlite3'}",
            ADMIN_HOST="localhost",
            THREADS="4",
            CLINICS_PAGE_CACHE_BYTES=str(16 * 1024 * 1024),
        )  # fmt: skip
