from __future__ import annotations

from pathlib import Path

import pytest

from articles.importing.reading import SIZE_LIMIT, SourceError, normalised, read_source


def write(folder: Path, content: bytes) -> Path:
    path = folder / "source.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"One line", "One line"),
        (b"One line\n", "One line"),
        (b"\xef\xbb\xbfOne line\n\n", "One line"),
        (b"One\r\nTwo\rThree", "One\nTwo\nThree"),
        ("It hurts. \u00a0\nNot\u00a0now".encode(), "It hurts.\nNot now"),
        ("soft\u00adly, zero\u200bwidth".encode(), "softly, zerowidth"),
        ("a\tb   c\x0b d\u2028e".encode(), "a b c\nd\ne"),
        ("“Both” – it’s kept".encode(), "“Both” – it’s kept"),
    ],
)
def test_read_source_normalises_spaces_and_line_breaks(
    tmp_path: Path, content: bytes, text: str
) -> None:
    """I-02."""
    assert read_source(write(tmp_path, content)) == text


def test_normalised_text_stays_as_it_is_the_second_time() -> None:
    once = normalised("\ufeff A\u00a0 b \r\n\r\n\tc")

    assert normalised(once) == once == "A b\n\nc"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file holds nothing but white space."),
        ("\ufeff\u00a0\u200b\n".encode(), "The file holds nothing but white space."),
        (b"text\x00text", "The file is binary, not text: a NUL byte at byte offset 4."),
        (b"caf\xe9 au lait", "The file is not UTF-8 text: byte 0xe9 at byte offset 3."),
        (b"\xef\xbb\xbfa\xff", "The file is not UTF-8 text: byte 0xff at byte offset 4."),
        ("text".encode("utf-16"), "The file is UTF-16 text, not UTF-8: save it as UTF-8."),
    ],
)
def test_read_source_refuses_what_is_not_text(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path, content)

    with pytest.raises(SourceError) as refused:
        read_source(path)

    assert str(refused.value) == message


def test_read_source_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^There is no such file\.$"):
        read_source(tmp_path / "absent.txt")


def test_read_source_refuses_a_directory(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^This is a directory, not a file\.$"):
        read_source(tmp_path)


def test_read_source_refuses_a_device() -> None:
    with pytest.raises(SourceError, match=r"^This is a device or a pipe, not a file\.$"):
        read_source(Path("/dev/zero"))


def test_read_source_refuses_a_path_that_no_system_can_have(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^The file cannot be read: "):
        read_source(tmp_path / ("x" * 5000))


def test_read_source_refuses_a_file_of_50_mb_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(SourceError) as refused:
        read_source(path)

    assert str(refused.value) == (
        "The file is too large: 50.0 MB, and an article has at most 2 MB."
    )


def test_read_source_takes_a_file_of_just_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path, b"x" * SIZE_LIMIT)

    assert len(read_source(path)) == SIZE_LIMIT
