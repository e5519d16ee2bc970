"""A plain text before its import in, its parts for the claim checker and what is known of it out.

Read by the importer's own reader, so that headings, lists and page chrome are what they will be.
Asks no queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from articles.claim_texts import ClaimTexts
from articles.claims.checking import check_claims
from articles.claims.required import describes_risks, missing_blocks, states_off_label
from articles.claims.rule import Figure, Finding, PageFacts, Part
from articles.crisis import names_the_lifeline
from articles.importing.parse import parse_article
from articles.importing.parsed import ParsedArticle, ParsedSection, SubHeading, TextList
from articles.importing.reading import read_source
from articles.required_words import BLOCK_NAMES

REVIEW_INTERVAL = timedelta(days=365)
_SOURCES = re.compile(r"(?:sources?|references?|citations?|bibliography|further reading)\b", re.I)
_LISTED = re.compile(r"^\s*(?:\[(\d{1,3})\]|(\d{1,3})[.)])\s+\S", re.MULTILINE)
_AUTHOR = re.compile(r"\b(?:written by|author:|^by [A-Z])", re.IGNORECASE | re.MULTILINE)
_REVIEWER = re.compile(r"\b(?:reviewed by|reviewer:)", re.IGNORECASE)


def file_findings(
    path: Path, states: Iterable[str], day: date, figures: Sequence[Figure] = ()
) -> tuple[Finding, ...]:
    """What is found in a file. Raises SourceError for one that is no plain text."""
    return text_findings(read_source(path), states, day, figures)


def text_findings(
    text: str, states: Iterable[str], day: date, figures: Sequence[Figure] = ()
) -> tuple[Finding, ...]:
    """The same for a text as `read_source` gives it."""
    texts = texts_in(text, day)
    return check_claims(texts.parts, states=states, day=day, facts=texts.facts, figures=figures)


def texts_in(text: str, day: date) -> ClaimTexts:
    """Title, sections and removed lines of a plain text, and what its words say of the page."""
    parsed = parse_article(text)
    parts = (*_parts(parsed), *_removed(parsed, day))
    numbers = _numbers(text)
    about = [parsed.title or "", *parsed.headings]
    facts = PageFacts(
        off_label=states_off_label(parts),
        risks=describes_risks(parts),
        lifeline="988" in text,
        is_about_crisis=names_the_lifeline(about, text),
        sources=dict.fromkeys(numbers, "CITED"),
        missing=tuple(_missing(parsed, parts, text, has_sources=bool(numbers))),
    )
    return ClaimTexts(parts, facts)


def _parts(parsed: ParsedArticle) -> Iterator[Part]:
    if parsed.title:
        yield Part("", "title", parsed.title)
    for number, section in enumerate(parsed.sections):
        # Titles of sources are other people's words.
        if not _SOURCES.match(section.heading):
            yield from _section(section, str(number))


def _section(section: ParsedSection, id_: str) -> Iterator[Part]:
    name = section.heading
    if name:
        yield Part(name, "heading", name, section.kind, id_)
    for piece in section.body:
        if isinstance(piece, SubHeading):
            yield Part(name, "heading", piece.text, section.kind, id_)
        elif isinstance(piece, TextList):
            items = [item for item in piece.items if not _LISTED.match(item)]
            yield Part(name, "items", "\n".join(items), section.kind, id_)
        elif not _LISTED.match(piece):
            yield Part(name, "text", piece, section.kind, id_)
    if section.kind == "cta":
        yield Part(name, "action", section.action, section.kind, id_)


def _removed(parsed: ParsedArticle, day: date) -> Iterator[Part]:
    for line in parsed.removed:
        is_old = line.day is not None and day - line.day > REVIEW_INTERVAL
        yield Part("", "removed", line.text, "old date" if is_old else line.kind)


def _numbers(text: str) -> set[int]:
    """The numbers of a list of sources at the end, in brackets or with a full stop."""
    heading = [
        found.start() for found in re.finditer(rf"(?m)^{_SOURCES.pattern}.{{0,30}}$", text, re.I)
    ]
    listed = text[heading[-1] :] if heading else ""
    return {int(one or other) for one, other in _LISTED.findall(listed)}


def _missing(
    parsed: ParsedArticle, parts: Iterable[Part], text: str, *, has_sources: bool
) -> Iterator[str]:
    if parsed.title is None:
        yield _("title")
    if not _AUTHOR.search(text):
        yield _("author")
    if not _REVIEWER.search(text):
        yield _("medical reviewer")
    if not has_sources:
        yield _("sources")
    yield from (str(BLOCK_NAMES[block]) for block in missing_blocks(parts))
