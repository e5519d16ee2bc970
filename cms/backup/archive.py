"""One backup as one file: a tar whose last member, the manifest, has the SHA-256 of all others.

Written beside its place and renamed when it is whole, so that a file of that name is never half a
backup. It holds passwords' hashes and drafts: only its owner may read it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

# Counted up when an older program could not read what a newer one writes.
FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made, read or put back; the message says why and what to do."""


class ArchiveWriter:
    """Members in, manifest at the end; `head` is what the manifest says of the whole."""

    def __init__(self, tar: tarfile.TarFile, head: dict[str, Any]) -> None:
        self.head = head
        self._tar = tar
        self._members: dict[str, dict[str, Any]] = {}

    def add_bytes(self, name: str, content: bytes) -> None:
        self._add(name, io.BytesIO(content), len(content))

    def add_file(self, name: str, path: Path) -> None:
        """Raises OSError for a file that cannot be read, FileNotFoundError for one that is gone."""
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size)

    def finish(self) -> None:
        content = json.dumps({"format": FORMAT, **self.head, "members": self._members}, indent=1)
        _add_member(self._tar, MANIFEST, io.BytesIO(content.encode()), len(content.encode()))

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        hashed = _Hashed(file)
        _add_member(self._tar, name, hashed, size)
        self._members[name] = {"size": size, "sha256": hashed.digest.hexdigest()}


@contextmanager
def written_archive(path: Path, head: Mapping[str, Any]) -> Iterator[ArchiveWriter]:
    """A new archive at `path`, which appears when the block ends well and not at all otherwise."""
    if path.is_dir():
        raise BackupError(_("%(path)s is a folder: name a file in it.") % {"path": path})
    if not path.parent.is_dir():
        raise BackupError(_("There is no folder %(path)s: make it first.") % {"path": path.parent})
    partial = path.with_name(f"{path.name}.partial")
    try:
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                writer = ArchiveWriter(tar, dict(head))
                yield writer
                writer.finish()
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@dataclass(frozen=True)
class Archive:
    """An archive that was opened: its manifest was read, its members were not."""

    tar: tarfile.TarFile
    manifest: Mapping[str, Any]

    @property
    def names(self) -> list[str]:
        return list(self.manifest["members"])

    def read(self, name: str) -> bytes:
        with self._member(name) as file:
            return file.read()

    def extract(self, name: str, target: Path) -> None:
        """Copies a member out; raises BackupError, and leaves the file, when its sum is wrong."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._member(name) as file, target.open("wb") as out:
            hashed = _Hashed(file)
            while chunk := hashed.read(_CHUNK):
                out.write(chunk)
        self._compare(name, hashed)

    def verify(self) -> None:
        """Raises BackupError that names the first member that is damaged, missing or too much."""
        found = [member.name for member in self.tar.getmembers() if member.name != MANIFEST]
        if sorted(found) != sorted(self.names):
            odd = sorted({*found} ^ {*self.names}) or sorted(found)
            raise BackupError(_damaged(_("%(name)s is missing or too much") % {"name": odd[0]}))
        for name in self.names:
            with self._member(name) as file:
                hashed = _Hashed(file)
                while hashed.read(_CHUNK):
                    pass
            self._compare(name, hashed)

    @contextmanager
    def _member(self, name: str) -> Iterator[IO[bytes]]:
        try:
            member = self.tar.getmember(name)
            file = self.tar.extractfile(member) if member.isreg() else None
            if file is None:
                raise KeyError(name)
            with file:
                yield file
        except (KeyError, tarfile.TarError, EOFError) as error:
            raise BackupError(_damaged(_("%(name)s cannot be read") % {"name": name})) from error

    def _compare(self, name: str, hashed: _Hashed) -> None:
        if hashed.digest.hexdigest() != self.manifest["members"][name]["sha256"]:
            raise BackupError(_damaged(_("the content of %(name)s has changed") % {"name": name}))


@contextmanager
def opened_archive(path: Path, kind: str) -> Iterator[Archive]:
    """An archive of this kind ("installation" or "clinic"), its format and manifest looked at.

    Raises BackupError for what is no archive, is damaged, newer than this program, or of the other
    kind.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            archive = Archive(tar, _manifest_of(tar))
            _refuse_other(archive.manifest, kind)
            yield archive
    except FileNotFoundError as error:
        raise BackupError(_("There is no file %(path)s.") % {"path": path}) from error
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(_damaged(_("it is no tar file, or only a part of one"))) from error


def kind_of(path: Path) -> str:
    """ "installation" or "clinic"; raises BackupError as `opened_archive` does."""
    with opened_archive(path, "") as archive:
        return str(archive.manifest["kind"])


def _manifest_of(tar: tarfile.TarFile) -> Mapping[str, Any]:
    try:
        file = tar.extractfile(MANIFEST)
        manifest = json.loads(file.read()) if file else None
    except (KeyError, ValueError) as error:
        raise BackupError(_damaged(_("its manifest is missing"))) from error
    if not isinstance(manifest, dict) or not {"format", "kind", "members"} <= set(manifest):
        raise BackupError(_damaged(_("its manifest is not one of ours")))
    return manifest


def _refuse_other(manifest: Mapping[str, Any], kind: str) -> None:
    if manifest["format"] > FORMAT:
        raise BackupError(
            _(
                "The archive has format %(format)s and this program reads up to %(known)s: "
                "install version %(version)s of Polyclinic or newer."
            )
            % {"format": manifest["format"], "known": FORMAT, "version": manifest.get("version")}
        )
    if kind and manifest["kind"] != kind:
        words = {
            "installation": _("This is a backup of a whole installation: leave --clinic out."),
            "clinic": _("This is a backup of one clinic: name it with --clinic."),
        }
        raise BackupError(words.get(manifest["kind"], _damaged(manifest["kind"])))


def _damaged(why: str) -> str:
    return _("The archive is damaged: %(why)s. Take another one.") % {"why": why}


def _add_member(tar: tarfile.TarFile, name: str, file: Any, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    tar.addfile(member, file)


class _Hashed:
    """A file whose bytes are counted into a digest as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self.digest.update(content)
        return content
