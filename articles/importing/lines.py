"""Text in, its lines out: which are headings, which are list items, which continue the line before.

A rule here looks at one line or one block of lines; what a line means in its article comes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

HEADING_WORDS = 12
# As long as the heading of a section may be.
_HEADING_CHARACTERS = 160

_CLOSERS = "\"'”’»)]"
_NOT_A_HEADING = (".", "…", ",", ";")
_UNORDERED = re.compile(r"([-*•‣◦·▪●○]|[–—])\s+(?=\S)")
_ORDERED = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_NAME = r"(?:Dr\.?\s+)?[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){1,3}"
_BYLINE = re.compile(rf"(?:By|BY|by):?\s+{_NAME}(?:\s*[,|–-].*)?$")
_CREDIT = re.compile(
    r"(?:(?:written|posted|published|authored|edited|(?:medically )?reviewed) by\b|author:"
    r"|(?:photo|image|picture)s? (?:by|credit|courtesy)\b|photo:|©|copyright\b)",
    re.IGNORECASE,
)

# Text wrapped by hand or by a terminal has lines of this length; scraped paragraphs are longer.
_WRAP_AT_LEAST, _WRAP_AT_MOST = 50, 120
_FULL_LINE = 0.6


@dataclass(frozen=True)
class Line:
    """`block` counts the groups of lines between blank lines."""

    text: str
    block: int


@dataclass(frozen=True)
class Marker:
    """The bullet or number in front of a list item; `number` is 0 for a bullet."""

    rest: str
    number: int = 0
    is_dash: bool = False


def split_lines(text: str) -> tuple[Line, ...]:
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    block = 0
    for line in text.split("\n"):
        if line.strip():
            yield Line(line.strip(), block)
        else:
            block += 1


def is_heading(text: str) -> bool:
    """I-03: twelve words or fewer without a final full stop.

    A line that ends in a comma or semicolon goes on elsewhere, a line without a letter is a number,
    and a byline or picture credit names somebody: none of them is a heading.
    """
    words = text.split()
    return (
        0 < len(words) <= HEADING_WORDS
        and len(text) <= _HEADING_CHARACTERS
        and not text.rstrip(_CLOSERS).endswith(_NOT_A_HEADING)
        and any(character.isalpha() for character in text)
        and not is_credit(text)
    )


def is_credit(text: str) -> bool:
    """A byline or a picture credit on a line of its own."""
    is_short = len(text.split()) <= HEADING_WORDS
    return is_short and bool(_BYLINE.match(text) or _CREDIT.match(text))


def list_marker(text: str) -> Marker | None:
    if found := _ORDERED.match(text):
        return Marker(text[found.end() :], number=int(found[1]))
    if found := _UNORDERED.match(text):
        return Marker(text[found.end() :], is_dash=found[1] in "–—")
    return None


def join_wrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Paragraphs that were cut into lines of equal length become one line again.

    A block counts as wrapped when a full line without an end is followed by one that starts small.
    """
    joined: list[Line] = []
    for block, group in groupby(lines, key=lambda line: line.block):
        joined += [Line(text, block) for text in _joined([line.text for line in group])]
    return tuple(joined)


def _joined(texts: list[str]) -> list[str]:
    longest = max(map(len, texts))
    pairs = list(pairwise(texts))
    if not _WRAP_AT_LEAST <= longest <= _WRAP_AT_MOST:
        return texts
    if not any(_is_cut(before, after, longest) for before, after in pairs):
        return texts
    joined = texts[:1]
    for before, after in pairs:
        if _goes_on(before, after, longest):
            joined[-1] += " " + after
        else:
            joined.append(after)
    return joined


def _is_cut(before: str, after: str, longest: int) -> bool:
    is_full = len(before) >= longest * _FULL_LINE
    return is_full and not _is_sentence_end(before) and after[0].islower()


def _goes_on(before: str, after: str, longest: int) -> bool:
    if list_marker(after) or len(before) < longest * _FULL_LINE:
        return False
    starts_a_heading = is_heading(after) and len(after) < longest * _FULL_LINE
    return not (starts_a_heading and _is_sentence_end(before))


def _is_sentence_end(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith((".", "!", "?", "…", ":"))
