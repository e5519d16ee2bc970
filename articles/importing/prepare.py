"""A source's text in, everything out that the import command needs to make an article of it.

Nothing is stored here, and no summary is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.importing.attention import warnings_about
from articles.importing.chrome import Chrome
from articles.importing.literals import Literal, report_known_clinics
from articles.importing.parse import parse_article
from articles.importing.parsed import rewritten
from articles.importing.reading import SourceError
from articles.importing.sections import to_stream
from articles.importing.symptoms import OfferedList, offered_lists
from articles.importing.tokens import Replaced, tokenise
from articles.importing.words import ClinicWords


@dataclass(frozen=True)
class PreparedArticle:
    """`title` None means title needed. What is `reported` refuses publishing; `warnings` do not."""

    title: str | None
    title_suggestion: str
    stream: list[dict[str, Any]]
    chrome: tuple[str, ...]
    tokens: tuple[Replaced, ...]
    reported: tuple[Literal, ...]
    warnings: tuple[str, ...]
    offers: tuple[OfferedList, ...]
    published_date: date | None
    removed: tuple[Chrome, ...] = ()


def prepare(
    text: str,
    title: str | None,
    clinic_words: ClinicWords | None,
    known_clinics: Iterable[ClinicWords],
) -> PreparedArticle:
    """`text` comes from `read_source`. Raises `SourceError` when it holds no article."""
    parsed = parse_article(text, title=title)
    if not parsed.strings:
        raise SourceError("The file holds no text of an article, only page chrome or a title.")
    others = [words for words in known_clinics if not _is_same(words, clinic_words)]
    filling = _Filling(clinic_words, others)
    filled = rewritten(parsed, filling.fill)
    known = report_known_clinics("\n".join([filled.title or "", *filled.strings]), others)
    names = tuple(literal for literal in known if literal.kind == "clinic")
    towns = tuple(literal for literal in known if literal.kind == "town")
    return PreparedArticle(
        title=filled.title,
        title_suggestion=filled.title_suggestion,
        stream=to_stream(filled),
        chrome=parsed.chrome,
        tokens=filling.tokens,
        reported=tuple(dict.fromkeys((*filling.reported, *names))),
        warnings=warnings_about(parsed, filled, filling.tokens, clinic_words, towns),
        offers=tuple(offer for text in filled.prose for offer in offered_lists(text)),
        published_date=parsed.date,
        removed=parsed.removed,
    )


def _is_same(words: ClinicWords, other: ClinicWords | None) -> bool:
    return other is not None and words.name.casefold() == other.name.casefold()


class _Filling:
    """Tokenises one string after the other and keeps the sums."""

    def __init__(self, words: ClinicWords | None, others: Sequence[ClinicWords]) -> None:
        self.words, self.others = words, others
        self.counts: Counter[tuple[str, str]] = Counter()
        self.found: dict[Literal, None] = {}

    def fill(self, text: str) -> str:
        if self.words is None:
            return text
        done = tokenise(text, self.words, self.others)
        for replaced in done.tokens:
            self.counts[replaced.literal, replaced.token] += replaced.count
        self.found |= dict.fromkeys(done.reported)
        return done.text

    @property
    def tokens(self) -> tuple[Replaced, ...]:
        return tuple(Replaced(*key, count) for key, count in self.counts.items())

    @property
    def reported(self) -> tuple[Literal, ...]:
        return tuple(self.found)
