"""Backs up database and uploads, or one clinic: `manage.py backup PATH [--clinic SLUG]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.backup.archive import BackupError
from cms.backup.clinic_backup import back_up_clinic
from cms.backup.installation import back_up


class Command(BaseCommand):
    help = "Writes database and uploads, or those of one clinic, into one archive."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--clinic", default="", help="the slug of the only clinic to back up")

    def handle(self, *args: Any, path: Path, clinic: str, **options: Any) -> None:
        try:
            head = back_up_clinic(path, clinic) if clinic else back_up(path)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        rows, size = sum(head["rows"].values()), path.stat().st_size / 1_000_000
        what = head["name"] if clinic else "everything"
        self.stdout.write(f"{path}: {what}, {rows:,} rows, {head['files']:,} files, {size:.1f} MB")
