"""Normalised text in, a `ParsedArticle` out: title, sections in order, chrome set aside.

Not a word of body text may be lost or doubled (I-01); a missing title is never guessed (I-03).
"""

from __future__ import annotations

from collections.abc import Sequence

from articles.importing.chrome import Chrome, read_chrome
from articles.importing.lines import HEADING_WORDS, is_credit, split_lines
from articles.importing.outline import outline
from articles.importing.parsed import ParsedArticle, ParsedSection
from articles.importing.pieces import Heading, Piece, read_pieces
from articles.importing.sentences import sentences

_SUGGESTED_WORDS = 8


def parse_article(text: str, *, title: str | None = None) -> ParsedArticle:
    """`text` is as `read_source` gives it.

    A `title` given by hand wins over the text's own first line; that line then stays as the first
    heading, unless it says the same.
    """
    read = read_chrome(split_lines(text))
    pieces = read_pieces(read)
    found, rest, repeated = _split_title(pieces)
    notes: tuple[str, ...] = ()
    if title and found and not _is_same(title, found):
        rest, repeated = pieces, ()
        notes = (f"“{found}” was kept as a heading: another title was given.",)
    sections, outline_notes = outline(rest)
    return ParsedArticle(
        title=title or found,
        title_suggestion=title or found or _suggestion(sections),
        sections=sections,
        removed=(*(item for item in read if isinstance(item, Chrome)), *repeated),
        warnings=(*notes, *outline_notes),
    )


def _split_title(
    pieces: Sequence[Piece],
) -> tuple[str | None, Sequence[Piece], tuple[Chrome, ...]]:
    """The title is a heading before all text. Printed twice, the second one is chrome."""
    at = _first_text(pieces)
    if at is None or not isinstance(title := pieces[at], Heading):
        return None, pieces, ()
    rest = [*pieces[:at], *pieces[at + 1 :]]
    again = _first_text(rest)
    if again is None or not isinstance(second := rest[again], Heading):
        return title.text, rest, ()
    if not _is_same(title.text, second.text):
        return title.text, rest, ()
    del rest[again]
    became = f"“{second.text}” was removed: it repeats the title."
    return title.text, rest, (Chrome(second.text, "repeat", became),)


def _first_text(pieces: Sequence[Piece]) -> int | None:
    """Where the text starts, buttons and bylines apart."""
    for position, piece in enumerate(pieces):
        is_byline = isinstance(piece, str) and is_credit(piece)
        if not is_byline and not isinstance(piece, Chrome):
            return position
    return None


def _is_same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _suggestion(sections: Sequence[ParsedSection]) -> str:
    """The first heading, else the first words of the text; "" when there is neither."""
    article = ParsedArticle(None, "", tuple(sections))
    if article.headings:
        return article.headings[0]
    first = next((sentences(text)[0] for text in article.strings), "")
    words = first.split()
    if len(words) <= HEADING_WORDS:
        return first.rstrip(".")
    return " ".join(words[:_SUGGESTED_WORDS]) + " …"
