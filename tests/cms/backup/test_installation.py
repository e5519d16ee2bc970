"""Issue 5, 7: the drill. An installation is backed up, damaged, restored and compared."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from articles.models import ArticlePage
from clinics.models import Person
from cms.backup import database, installation
from cms.backup.archive import BackupError
from tests.cms.backup.conftest import Snapshot, empty
from tests.factories import World

IN_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="SQLite's own way; the drill takes PostgreSQL's"
)

type Take = Callable[[], Snapshot]


@pytest.mark.django_db(transaction=True)
def test_installation_comes_back_row_by_row_and_file_by_file(
    committed: World, snapshot: Take, media: Path, tmp_path: Path, capsys: Any
) -> None:
    archive = str(tmp_path / "all.tar")
    before = snapshot()
    call_command("backup", archive)
    call_command("restore", archive, check=True)
    Person.objects.filter(clinic=committed.hillside).delete()
    ArticlePage.objects.update(title="Damaged")
    empty(media)
    (media / "since.txt").write_text("uploaded since")
    damaged = snapshot()

    with pytest.raises(CommandError, match="use --replace"):
        call_command("restore", archive)
    assert snapshot() == damaged
    _assert_a_failure_changes_nothing(archive, snapshot)
    _assert_other_installations_are_refused(archive)
    assert snapshot() == damaged
    call_command("restore", archive, replace=True)

    assert snapshot() == before
    said = capsys.readouterr().out
    assert "people: 3 now, 4 in the backup" in said
    assert "all.tar is whole: made " in said
    assert sorted(each.name for each in media.parent.iterdir()) == ["all.tar", "media"]


def _assert_a_failure_changes_nothing(archive: str, snapshot: Take) -> None:
    """The database refuses when the files are exchanged already: they go back."""
    damaged = snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "load", _fail)
        with pytest.raises(CommandError, match="power cut"):
            call_command("restore", archive, replace=True)
    assert snapshot() == damaged


def _fail(*_arguments: Any) -> None:
    raise BackupError("power cut")


def _assert_other_installations_are_refused(archive: str) -> None:
    state = installation.migration_state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation, "migration_state", lambda: [*state, "clinics.0099_newer"])
        with pytest.raises(CommandError, match=r"other migrations \(clinics.0099_newer\)"):
            call_command("restore", archive, replace=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"]), "vendor", "oracle")
        with pytest.raises(CommandError, match="this installation uses oracle"):
            call_command("restore", archive, replace=True)


def test_database_is_not_copied_within_a_transaction(db: None, media: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="within a transaction"):
        call_command("backup", str(tmp_path / "all.tar"))

    assert list(tmp_path.glob("*.tar*")) == []


@IN_SQLITE
def test_sqlite_is_copied_while_others_write_and_replaced_under_readers(
    db: None, tmp_path: Path
) -> None:
    """WAL, a file, other connections: as in an installation."""
    ours = _database(tmp_path / "db.sqlite3")
    with ours.cursor() as cursor:
        cursor.execute("CREATE TABLE django_session (n)")
        cursor.execute("CREATE TABLE pairs (a, b)")
    stop = threading.Event()
    writer = threading.Thread(target=_write_pairs, args=(tmp_path / "db.sqlite3", stop))
    writer.start()
    try:
        while writer.is_alive() and not _pairs(tmp_path / "db.sqlite3"):
            pass
        counts = database.dump(ours, tmp_path / "dump")
    finally:
        stop.set()
        writer.join()
    reader = sqlite3.connect(tmp_path / "db.sqlite3")
    now = reader.execute("SELECT COUNT(*) FROM pairs").fetchone()[0]

    database.check_dump(ours, tmp_path / "dump", counts)
    database.load(ours, tmp_path / "dump")

    assert 0 < counts["pairs"] <= now
    assert reader.execute("SELECT COUNT(*), SUM(a = b) FROM pairs").fetchone() == (
        counts["pairs"],
        counts["pairs"],
    )
    assert reader.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    reader.close()
    ours.close()


@IN_SQLITE
@pytest.mark.parametrize("damage", ["words", "counts"])
def test_damaged_dump_of_sqlite_is_refused(db: None, tmp_path: Path, damage: str) -> None:
    ours = _database(tmp_path / "db.sqlite3")
    with ours.cursor() as cursor:
        cursor.execute("CREATE TABLE pairs (a, b)")
    counts = database.dump(ours, tmp_path / "dump")
    ours.close()
    if damage == "words":
        (tmp_path / "dump").write_bytes(b"words" * 2000)
    else:
        counts["pairs"] = 3

    with pytest.raises(BackupError, match="damaged"):
        database.check_dump(ours, tmp_path / "dump", counts)


def _database(path: Path) -> Any:
    options = connection.settings_dict["OPTIONS"]
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
    ours = ConnectionHandler({"default": settings})["default"]
    ours.inc_thread_sharing()
    return ours


def _pairs(path: Path) -> int:
    reader = sqlite3.connect(path)
    try:
        return int(reader.execute("SELECT COUNT(*) FROM pairs").fetchone()[0])
    finally:
        reader.close()


def _write_pairs(path: Path, stop: threading.Event) -> None:
    """Two rows of a pair in one transaction: a copy that tears them apart would show."""
    writer = sqlite3.connect(path, timeout=10)
    number = 0
    while not stop.is_set():
        number += 1
        with writer:
            writer.execute("INSERT INTO pairs VALUES (?, ?)", (number, 0))
            writer.execute("UPDATE pairs SET b = a WHERE b = 0")
    writer.close()
