"""Puts a backup back: `manage.py restore PATH [--clinic SLUG] [--check] [--replace]`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.backup.archive import BackupError
from cms.backup.clinic_restore import check_clinic, clinic_losses, restore_clinic
from cms.backup.installation import Loss, check, is_empty, losses, restore


class Command(BaseCommand):
    help = "Puts back what `backup` has written; says first what would be lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument("--clinic", default="", help="the slug of the clinic of the backup")
        parser.add_argument("--check", action="store_true", help="only read the archive through")
        parser.add_argument("--replace", action="store_true", help="overwrite what is there")
        parser.add_argument(
            "--skip-missing",
            action="store_true",
            help="of one clinic: leave out what refers to something that is not here",
        )

    def handle(self, *args: Any, path: Path, clinic: str, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(path, clinic)
            elif clinic:
                self._restore_clinic(path, clinic, options)
            else:
                self._restore(path, replace=options["replace"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error

    def _check(self, path: Path, clinic: str) -> None:
        manifest = check_clinic(path) if clinic else check(path)
        rows = sum(manifest["rows"].values())
        self.stdout.write(
            f"{path} is whole: made {manifest['made_at']} by version {manifest['version']}, "
            f"{rows:,} rows, {manifest['files']:,} files."
        )

    def _restore(self, path: Path, *, replace: bool) -> None:
        if not is_empty():
            self._say_losses(losses(path))
        restore(path, replace=replace)
        self.stdout.write("Restored. Everybody has to sign in again.")

    def _restore_clinic(self, path: Path, clinic: str, options: dict[str, Any]) -> None:
        self._say_losses(clinic_losses(path, clinic))
        done = restore_clinic(
            path, clinic, replace=options["replace"], skip_missing=options["skip_missing"]
        )
        for gap in done.gaps:
            self.stdout.write(f"  left out: {gap}")
        for line in done.detached:
            self.stdout.write(f"  no longer refers to the clinic: {line}")
        self.stdout.write(f"Restored {done.clinic}: {done.rows:,} rows, {done.files:,} files.")

    def _say_losses(self, found: Iterable[Loss]) -> None:
        for loss in found:
            self.stdout.write(f"  {loss.name}: {loss.now:,} now, {loss.then:,} in the backup")
