"""What a source says, as plain frozen values: title, sections, and what was not text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from articles.importing.chrome import Chrome


@dataclass(frozen=True)
class SubHeading:
    """A heading inside a section: it followed directly on the section's own heading."""

    text: str


@dataclass(frozen=True)
class TextList:
    items: tuple[str, ...]
    is_ordered: bool = False


type BodyPart = str | SubHeading | TextList


@dataclass(frozen=True)
class ParsedSection:
    """`kind` is "text" or "cta"; a call to action has an `action` and no body."""

    heading: str = ""
    level: str = "h2"
    body: tuple[BodyPart, ...] = ()
    kind: str = "text"
    action: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part for part in self.body if isinstance(part, str))


@dataclass(frozen=True)
class ParsedArticle:
    """`title` is None when the source has none: then `title_suggestion` is only that (I-03)."""

    title: str | None
    title_suggestion: str
    sections: tuple[ParsedSection, ...]
    removed: tuple[Chrome, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def chrome(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.removed)

    @property
    def alts(self) -> tuple[str, ...]:
        return tuple(line.text for line in self.removed if line.kind == "alt")

    @property
    def date(self) -> date | None:
        return next((line.day for line in self.removed if line.day), None)

    @property
    def is_cta_found(self) -> bool:
        return any(line.kind == "cta" for line in self.removed)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading below the title, in reading order."""
        found: list[str] = []
        for section in self.sections:
            found += [section.heading] if section.heading else []
            found += [part.text for part in section.body if isinstance(part, SubHeading)]
        return tuple(found)

    @property
    def prose(self) -> tuple[str, ...]:
        """Every paragraph and list item, in reading order."""
        found: list[str] = []
        for section in self.sections:
            for part in section.body:
                found += [] if isinstance(part, SubHeading) else _strings(part)
        return tuple(found)

    @property
    def strings(self) -> tuple[str, ...]:
        """Every heading, paragraph and list item, in reading order, without the title."""
        found: list[str] = []
        for section in self.sections:
            found += [section.heading] if section.heading else []
            for part in section.body:
                found += _strings(part)
        return tuple(found)


def rewritten(article: ParsedArticle, change: Callable[[str], str]) -> ParsedArticle:
    """The article with `change` applied to every heading, paragraph, list item and the title."""
    return replace(
        article,
        title=None if article.title is None else change(article.title),
        title_suggestion=change(article.title_suggestion),
        sections=tuple(
            replace(
                section,
                heading=change(section.heading),
                body=tuple(_changed(part, change) for part in section.body),
            )
            for section in article.sections
        ),
    )


def _strings(part: BodyPart) -> list[str]:
    if isinstance(part, TextList):
        return list(part.items)
    return [part.text if isinstance(part, SubHeading) else part]


def _changed(part: BodyPart, change: Callable[[str], str]) -> BodyPart:
    if isinstance(part, TextList):
        return replace(part, items=tuple(map(change, part.items)))
    if isinstance(part, SubHeading):
        return SubHeading(change(part.text))
    return change(part)
