"""Uploaded files: all of them into an archive, and back into a folder beside the one in use.

The old folder is only renamed, so that a restore that fails has it back at once.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from cms.backup.archive import Archive, ArchiveWriter, BackupError

FOLDER = "media/"


def media_root() -> Path:
    """Where uploads are. Raises BackupError when they are not on this machine."""
    if not isinstance(default_storage, FileSystemStorage):
        raise BackupError(_("Uploads are not in a folder of this machine: back them up there."))
    return Path(settings.MEDIA_ROOT)


def add_all_files(archive: ArchiveWriter) -> int:
    """Every upload into the archive; returns how many. One that goes meanwhile is left out."""
    root, count = media_root(), 0
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            try:
                archive.add_file(FOLDER + path.relative_to(root).as_posix(), path)
            except FileNotFoundError:
                continue
            count += 1
    return count


def file_names(archive: Archive) -> list[str]:
    """The uploads in the archive, below its folder. Raises BackupError for one that leads out."""
    names = [n.removeprefix(FOLDER) for n in archive.names if n.startswith(FOLDER)]
    for name in names:
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute() or not name:
            raise BackupError(_("%(name)s would leave the folder of uploads.") % {"name": name})
    return names


@contextmanager
def swapped_files(archive: Archive) -> Iterator[None]:
    """The uploads of the archive in the place of all others, for good when the block ends well."""
    root = media_root()
    side, before = (root.with_name(f"{root.name}.{word}") for word in ("restoring", "before"))
    for leftover in (side, before):
        shutil.rmtree(leftover, ignore_errors=True)
    side.mkdir(parents=True)
    try:
        for name in file_names(archive):
            archive.extract(FOLDER + name, side / name)
        root.mkdir(parents=True, exist_ok=True)
        _rename(root, before)
        try:
            _rename(side, root)
            yield
        except BaseException:
            shutil.rmtree(root, ignore_errors=True)
            before.rename(root)
            raise
        shutil.rmtree(before)
    finally:
        shutil.rmtree(side, ignore_errors=True)


@contextmanager
def placed_files(archive: Archive, names: dict[str, str]) -> Iterator[None]:
    """Single uploads, by their name in the archive → here; taken back when the block fails."""
    root, undo = media_root(), []
    try:
        for name, here in names.items():
            target = root / here
            side = target.with_name(f"{target.name}.restoring")
            archive.extract(FOLDER + name, side)
            kept = target.with_name(f"{target.name}.before")
            if target.exists():
                os.replace(target, kept)
            undo.append((target, kept))
            os.replace(side, target)
        yield
    except BaseException:
        for target, kept in reversed(undo):
            target.unlink(missing_ok=True)
            if kept.exists():
                os.replace(kept, target)
        raise
    for _target, kept in undo:
        kept.unlink(missing_ok=True)


def _rename(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError as error:
        raise BackupError(
            _("Nothing was changed: %(folder)s cannot be renamed (%(error)s).")
            % {"folder": folder, "error": error.strerror}
        ) from error
