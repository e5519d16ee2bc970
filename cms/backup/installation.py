"""A whole installation: database and uploads into one archive, and back.

What would be lost is listed first. A restore that fails leaves everything as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clinics.edge.changes import bump
from clinics.models import PurgeOutbox
from cms.backup import database, media, rows
from cms.backup.archive import Archive, BackupError, opened_archive, written_archive
from cms.backup.owned import DERIVED, NOT_OWNED, label_of
from cms.backup.version import product_version

KIND = "installation"
_DATABASE = "database"


@dataclass(frozen=True)
class Loss:
    """What a restore would change of one kind of row."""

    name: str
    now: int
    then: int


def back_up(path: Path) -> dict[str, Any]:
    """Write the archive; returns its manifest's head. Raises BackupError."""
    with (
        tempfile.TemporaryDirectory(prefix="polyclinic-backup-") as folder,
        written_archive(path, _head()) as archive,
    ):
        dump = Path(folder) / _DATABASE
        archive.head["rows"] = database.dump(connection, dump)
        archive.add_file(_DATABASE, dump)
        archive.head["files"] = media.add_all_files(archive)
        return archive.head


def check(path: Path) -> Mapping[str, Any]:
    """Read every byte of an archive without restoring it; returns its manifest."""
    with opened_archive(path, KIND) as archive:
        archive.verify()
        media.file_names(archive)
        return archive.manifest


def losses(path: Path) -> list[Loss]:
    """What is in the database now, by kind, beside what the archive has; kinds alike left out."""
    with opened_archive(path, KIND) as archive:
        rows = archive.manifest["rows"]
    now = database.row_counts(connection)
    found = []
    for model in apps.get_models():
        table = model._meta.db_table
        is_ours = model._meta.app_label in ("clinics", "articles", "cms", "wagtailcore")
        if is_ours and NOT_OWNED.get(label_of(model)) != DERIVED:
            loss = Loss(str(model._meta.verbose_name_plural), now[table], rows.get(table, 0))
            found += [loss] if loss.now != loss.then else []
    return found


def is_empty() -> bool:
    """True for a database in which there are only the rows that its migrations made."""
    users = apps.get_model("cms", "User").objects.exists()
    return not users and not apps.get_model("wagtailcore", "Page").objects.filter(depth=3).exists()


def restore(path: Path, *, replace: bool = False) -> None:
    """Put the archive in the place of what is there. Raises BackupError with nothing changed.

    `replace` is needed when the database is not empty.
    """
    with (
        opened_archive(path, KIND) as archive,
        tempfile.TemporaryDirectory(prefix="polyclinic-restore-") as folder,
    ):
        _refuse(archive)
        archive.verify()
        if not replace and not is_empty():
            raise BackupError(
                _("There are pages or people in this database: use --replace to overwrite them.")
            )
        dump = Path(folder) / _DATABASE
        archive.extract(_DATABASE, dump)
        database.check_dump(connection, dump, archive.manifest["rows"])
        newest = PurgeOutbox.objects.aggregate(newest=Max("pk"))["newest"] or 0
        with media.swapped_files(archive):
            database.load(connection, dump)
        _forget_what_was_cached(newest)


def migration_state() -> list[str]:
    """Every migration that was applied, so that two databases can be told apart."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def _head() -> dict[str, Any]:
    return {
        "kind": KIND,
        "version": product_version(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": migration_state(),
    }


def _refuse(archive: Archive) -> None:
    manifest = archive.manifest
    if manifest["database"] != connection.vendor:
        raise BackupError(
            _("The archive is of %(theirs)s and this installation uses %(ours)s.")
            % {"theirs": manifest["database"], "ours": connection.vendor}
        )
    theirs, ours = set(manifest["migrations"]), set(migration_state())
    if theirs != ours:
        raise BackupError(
            _(
                "The archive was made by version %(version)s with other migrations "
                "(%(names)s): install that version, restore, then upgrade."
            )
            % {
                "version": manifest["version"],
                "names": ", ".join(sorted(theirs ^ ours)[:4]),
            }
        )


def _forget_what_was_cached(newest: int) -> None:
    """Every process and edge drops what it keeps.

    The log of changes goes on with ids that it has not had before, since processes remember how far
    they have read.
    """
    restored = PurgeOutbox.objects.aggregate(newest=Max("pk"))["newest"] or 0
    with transaction.atomic():
        if newest > restored:
            PurgeOutbox.objects.create(pk=newest, tags=["g"], done_at=timezone.now())
        rows.reset_sequences([PurgeOutbox._meta.label_lower])
        bump("g")
    cache.clear()
