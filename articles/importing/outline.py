"""Pieces in reading order in, sections out, with notes for the editor about what was unclear."""

from __future__ import annotations

from collections.abc import Sequence

from articles.importing.chrome import Chrome
from articles.importing.lines import is_credit
from articles.importing.parsed import BodyPart, ParsedSection, SubHeading
from articles.importing.pieces import Heading, Piece


def outline(pieces: Sequence[Piece]) -> tuple[tuple[ParsedSection, ...], tuple[str, ...]]:
    draft = _Outline()
    for piece in pieces:
        if isinstance(piece, Heading):
            draft.add_heading(piece.text)
        elif isinstance(piece, Chrome):
            draft.add_button(piece)
        else:
            draft.add_body(piece)
    return draft.finish()


class _Outline:
    """The sections so far. Headings, and a button below one, wait for what follows them."""

    def __init__(self) -> None:
        self.sections: list[ParsedSection] = []
        self.notes: list[str] = []
        self.headings: list[str] = []
        self.button: Chrome | None = None
        self.open: tuple[str, list[BodyPart]] | None = None

    def add_heading(self, text: str) -> None:
        self._settle_button()
        if self.headings:
            self.notes.append(f"“{self.headings[-1]}” has no text before the heading “{text}”.")
        if text[0].islower():
            self.notes.append(f"“{text}” starts with a small letter: is it a heading?")
        self.headings.append(text)

    def add_button(self, line: Chrome) -> None:
        if self.headings and self.button is None:
            self.button = line
        else:
            self._place_button(line, heading="")

    def add_body(self, part: BodyPart) -> None:
        if self.button:
            # The button stood between a heading and its text: they stay together below it.
            self._place_button(self.button, heading="")
        if self.headings:
            heading, *below = self.headings
            self.headings = []
            self._close()
            self.open = (heading, [SubHeading(text) for text in below])
        if isinstance(part, str) and is_credit(part):
            self.notes.append(f"“{part}” names somebody: set author or credit, then remove it.")
        self._append(part)

    def finish(self) -> tuple[tuple[ParsedSection, ...], tuple[str, ...]]:
        self._settle_button()
        self._keep_headings_as_text()
        self._close()
        return tuple(self.sections), tuple(self.notes)

    def _settle_button(self) -> None:
        """A heading with a button below it and nothing else is the button's own heading."""
        if self.button:
            heading = self.headings.pop()
            self._keep_headings_as_text()
            self._place_button(self.button, heading=heading)

    def _place_button(self, line: Chrome, *, heading: str) -> None:
        self.button = None
        self._close()
        section = ParsedSection(heading=heading, kind="cta", action=line.action)
        if not self.sections and not heading:
            note = "stood before the text: the header's own button is there"
        elif self.sections and self.sections[-1] == section:
            note = "repeats the button before it"
        else:
            self.sections.append(section)
            note = f"became a call-to-action section ({line.action})"
        self.notes.append(f"“{line.text}” {note}.")

    def _keep_headings_as_text(self) -> None:
        headings, self.headings = self.headings, []
        for text in headings:
            self._append(text)
            self.notes.append(f"“{text}” may be a heading, but has no text: now a paragraph.")

    def _append(self, part: BodyPart) -> None:
        if self.open is None:
            self.open = ("", [])
        self.open[1].append(part)

    def _close(self) -> None:
        if self.open:
            heading, body = self.open
            self.sections.append(ParsedSection(heading=heading, body=tuple(body)))
        self.open = None
