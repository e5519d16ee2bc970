"""PostgreSQL of a test: a primary, a streaming replica, and the users of the roles."""

from __future__ import annotations

from pathlib import Path

from tests.services.programs import LOOPBACK, ROOT, eventually, free_port, run

OWNER = "postgres"
DATABASE = "polyclinic"


class Replication:
    """`replica.stop()` and `.start()` are those of a machine that goes away and comes back."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        run("chown", OWNER, folder)
        self.primary = Server(folder / "primary", "primary.conf")
        self.replica = Server(folder / "replica", "replica.conf")
        self._make_primary()
        self._make_replica()

    def stop(self) -> None:
        for server in (self.replica, self.primary):
            if (server.data / "postmaster.pid").exists():
                server.stop()

    def url(self, user: str, server: Server) -> str:
        return f"postgres://{user}@{LOOPBACK}:{server.port}/{DATABASE}"

    def grant_rights(self) -> None:
        """As deploy/README.md says, after `migrate`."""
        script = (ROOT / "deploy/postgres/roles.sql").read_text()
        self.primary.execute(script, user=DATABASE, database=DATABASE)

    def is_even(self) -> bool:
        place = self.primary.execute("SELECT pg_current_wal_lsn()").strip()
        behind = f"SELECT pg_last_wal_replay_lsn() >= '{place}'::pg_lsn"
        return self.replica.execute(behind).strip() == "t"

    def _make_primary(self) -> None:
        run(programs() / "initdb", "--pgdata", self.primary.data, "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8", user=OWNER)  # fmt: skip
        self.primary.start()
        self.primary.execute(f"CREATE ROLE {DATABASE} LOGIN CREATEROLE")
        self.primary.execute("CREATE ROLE polyclinic_replica LOGIN REPLICATION")
        self.primary.execute(f"CREATE DATABASE {DATABASE} OWNER {DATABASE}")

    def _make_replica(self) -> None:
        run(programs() / "pg_basebackup", "--pgdata", self.replica.data, "--write-recovery-conf",
            "--create-slot", "--slot=replica", "--checkpoint=fast",
            f"--dbname=host={LOOPBACK} port={self.primary.port} user=polyclinic_replica",
            user=OWNER)  # fmt: skip
        self.replica.start()
        eventually(self.is_even, "the replica has what the primary has")


class Server:
    def __init__(self, data: Path, settings: str) -> None:
        self.data, self.port = data, free_port()
        self.settings = ROOT / "deploy/postgres" / settings

    def start(self) -> None:
        # The user of the database may not read our checkout.
        copy = self.data / "polyclinic.conf"
        copy.write_text(self.settings.read_text())
        copy.chmod(0o644)
        main = self.data / "postgresql.conf"
        if "polyclinic.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("include 'polyclinic.conf'\n")
        options = f"-p {self.port} -k {self.data} -c listen_addresses={LOOPBACK} -c fsync=off"
        self._control("--log", str(self.data / "log"), "--wait", "--options", options, "start")

    def stop(self) -> None:
        """At once, as when the machine loses its power."""
        self._control("--mode=immediate", "stop")

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def backends(self, user: str) -> list[int]:
        """The processes that answer a user of the database."""
        asking = f"SELECT pid FROM pg_stat_activity WHERE usename = '{user}'"  # noqa: S608 - ours
        return [int(pid) for pid in self.execute(asking).split()]

    def execute(self, sql: str, *, user: str = OWNER, database: str = "postgres") -> str:
        return run("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
                   "--set=ON_ERROR_STOP=1", "--host", LOOPBACK, "--port", str(self.port),
                   "--username", user, "--dbname", database, "--command", sql)  # fmt: skip

    def _control(self, *arguments: str) -> None:
        run(programs() / "pg_ctl", "--pgdata", self.data, *arguments, user=OWNER)


def programs() -> Path:
    """Of the newest server that is installed."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return max(folders, key=lambda folder: int(folder.parent.name))
