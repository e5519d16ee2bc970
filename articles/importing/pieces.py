"""Lines in, pieces out, in order: headings, paragraphs, lists, and calls to action among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from articles.importing.chrome import Chrome
from articles.importing.lines import Line, Marker, is_heading, join_wrapped, list_marker
from articles.importing.parsed import TextList


@dataclass(frozen=True)
class Heading:
    text: str


type Piece = Heading | str | TextList | Chrome

# "Signs include:" leads into a list; "Signs:" is a heading.
_LEADS_IN = re.compile(
    r"\b(?:includ\w+|are|is|be|as|following|follows?|these|like|consider|expect|below)\b", re.I
)


def read_pieces(read: Iterable[Line | Chrome]) -> tuple[Piece, ...]:
    """Chrome other than a call to action leaves no piece; text on both its sides is not joined."""
    pieces: list[Piece] = []
    for kind, group in groupby(read, key=type):
        if kind is Line:
            lines = join_wrapped([item for item in group if isinstance(item, Line)])
            pieces += _text_pieces(lines)
        else:
            pieces += [item for item in group if isinstance(item, Chrome) and item.kind == "cta"]
    return tuple(pieces)


def _text_pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    position = 0
    while position < len(lines):
        text = lines[position].text
        if items := _list_at(lines, position):
            yield TextList(tuple(m.rest for m in items), is_ordered=bool(items[0].number))
            position += len(items)
        elif bare := _bare_list_after(lines, position):
            yield text
            yield TextList(bare)
            position += 1 + len(bare)
        else:
            is_lead = _leads_in(text) and _list_at(lines, position + 1)
            yield Heading(text) if is_heading(text) and not is_lead else text
            position += 1


def _leads_in(text: str) -> bool:
    return text.endswith(":") and _LEADS_IN.search(text) is not None


def _list_at(lines: Sequence[Line], position: int) -> list[Marker]:
    """The list that starts here, else nothing.

    A number alone is the number of a heading, and a dash alone is a dash: both need company.
    """
    markers: list[Marker] = []
    for at in range(position, len(lines)):
        marker = list_marker(lines[at].text)
        if marker is None or not _continues(markers, marker):
            break
        markers.append(marker)
    needs_company = bool(markers) and (markers[0].number == 1 or markers[0].is_dash)
    return [] if needs_company and len(markers) == 1 else markers


def _continues(markers: Sequence[Marker], marker: Marker) -> bool:
    if not markers:
        return marker.number <= 1
    return marker.number == (markers[-1].number + 1 if markers[-1].number else 0)


def _bare_list_after(lines: Sequence[Line], position: int) -> tuple[str, ...]:
    """Short lines after a colon are a list that lost its bullets.

    The last of them before a paragraph is that paragraph's heading.
    """
    if not lines[position].text.endswith(":"):
        return ()
    following = (lines[at] for at in range(position + 1, len(lines)))
    run = list(takewhile(lambda line: _is_bare_item(line.text), following))
    if len(run) > 1 and run[0].block == run[1].block:
        run = [line for line in run if line.block == run[0].block]
    elif position + 1 + len(run) < len(lines):
        run = run[:-1]
    return tuple(line.text for line in run) if len(run) > 1 else ()


def _is_bare_item(text: str) -> bool:
    return is_heading(text) and list_marker(text) is None and not text.endswith((":", "?"))
