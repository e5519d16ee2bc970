"""A path in, the plain text of a source file out; what is not plain UTF-8 text never gets further.

Every refusal is one sentence that an editor can act on (I-02).
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

SIZE_LIMIT = 2_000_000

_LINE_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# NBSP and its narrow and fixed-width kin, tabs, and control characters that HTML refuses.
_GAP = re.compile("[ \t\u00a0\u2007\u202f\x01-\x08\x0e-\x1f\x7f]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class SourceError(Exception):
    """A source that cannot be imported; the message names the reason, not the file."""


def read_source(path: Path) -> str:
    return read_content(_content(path))


def read_content(content: bytes) -> str:
    """The same for a file that is at hand."""
    text = normalised(_decoded(content))
    if not text:
        raise SourceError("The file holds nothing but white space.")
    return text


def check_size(size: int) -> None:
    """Raises SourceError for a file that nobody need begin to read."""
    if size == 0:
        raise SourceError("The file is empty.")
    if size > SIZE_LIMIT:
        raise SourceError(_too_large(size))


def normalised(text: str) -> str:
    """Plain spaces, line feeds and trimmed lines; dashes and curly quotes stay as they are."""
    text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))
    return "\n".join(_GAP.sub(" ", line).strip() for line in text.split("\n")).strip()


def _content(path: Path) -> bytes:
    try:
        _check_file(path)
        with path.open("rb") as source:
            content = source.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise SourceError("There is no such file.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"The file cannot be read: {reason}.") from error
    if len(content) > SIZE_LIMIT:
        raise SourceError(_too_large(len(content)))
    return content


def _check_file(path: Path) -> None:
    """Looks at the directory entry only, so that a file of 50 MB is refused without being read."""
    size = path.stat().st_size
    if path.is_dir():
        raise SourceError("This is a directory, not a file.")
    if not path.is_file():
        raise SourceError("This is a device or a pipe, not a file.")
    check_size(size)


def _too_large(size: int) -> str:
    return (
        f"The file is too large: {size / 1_000_000:.1f} MB, "
        f"and an article has at most {SIZE_LIMIT // 1_000_000} MB."
    )


def _decoded(content: bytes) -> str:
    if content.startswith(_WIDE_MARKS):
        raise SourceError("The file is UTF-16 text, not UTF-8: save it as UTF-8.")
    if b"\0" in content:
        offset = content.index(b"\0")
        raise SourceError(f"The file is binary, not text: a NUL byte at byte offset {offset}.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + (len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0)
        raise SourceError(
            f"The file is not UTF-8 text: byte 0x{content[offset]:02x} at byte offset {offset}."
        ) from None
