"""An archive that is damaged, newer or of another kind is refused with the reason and a remedy."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cms.backup.archive import FORMAT, BackupError, opened_archive, written_archive

type Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "some.tar"
    with written_archive(found, {"kind": "clinic", "version": "9.9"}) as archive:
        archive.add_bytes("one", b"first")
        archive.add_bytes("two", b"second")
    return found


def rewrite(path: Path, change: Change) -> None:
    """The same archive with other members."""
    with tarfile.open(path) as tar:
        members = {each.name: tar.extractfile(each).read() for each in tar}
    change(members)
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def newer(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "format": FORMAT + 1}).encode()


DAMAGES: dict[str, tuple[Change, str]] = {
    "a byte": (lambda m: m.update(one=b"f1rst"), "the content of one has changed"),
    "a member gone": (lambda m: m.pop("two") and None, "two is missing or too much"),
    "a member more": (lambda m: m.update(three=b"3"), "three is missing or too much"),
    "no manifest": (lambda m: m.pop("manifest.json") and None, "its manifest is missing"),
    "a manifest of words": (lambda m: m.update({"manifest.json": b"[]"}), "not one of ours"),
    "a newer format": (newer, "install version 9.9 of Polyclinic or newer"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_archive_is_refused_with_the_reason(path: Path, damage: str) -> None:
    change, words = DAMAGES[damage]
    rewrite(path, change)

    with pytest.raises(BackupError, match=words), opened_archive(path, "clinic") as archive:
        archive.verify()


@pytest.mark.parametrize("part", [0, 300, 1200, 2000])
def test_part_of_an_archive_is_refused(path: Path, part: int) -> None:
    path.write_bytes(path.read_bytes()[:part])

    with pytest.raises(BackupError, match="damaged"), opened_archive(path, "clinic") as archive:
        archive.verify()


def test_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"no file .*none.tar"):
        opened_archive(tmp_path / "none.tar", "clinic").__enter__()


def test_archive_is_its_owners_and_never_half_there(path: Path) -> None:
    def break_off() -> None:
        with written_archive(path, {"kind": "clinic"}) as archive:
            archive.add_bytes("one", b"other")
            raise OSError("disk full")

    before = path.read_bytes()

    with pytest.raises(OSError, match="disk full"):
        break_off()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
