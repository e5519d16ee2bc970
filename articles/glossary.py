"""Words that an article explains: filled sections in, out with links to explanations (T-13).

Each term is linked where running text uses it first, and explained in a list at the foot of the
page. Links work without a script, in reading modes, on paper and in old browsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Term
from clinics.edge.memory import remembered
from clinics.edge.shown import shows
from clinics.rich_text import mark_words

if TYPE_CHECKING:
    from articles.page_view import SectionView

SCOPE = "terms"
# The values of a section that are running text: HTML, plain text, or a list of texts.
EXPLAINING = ("text", "answer", "seek_help", "intro", "items")


@dataclass(frozen=True)
class TermView:
    """A term that a page explains. `url` leads to the article about it, "" where there is none."""

    name: str
    explanation: str
    anchor: str
    used_at: str
    url: str = ""


@dataclass(frozen=True)
class Glossary:
    """Every term by its spellings in lower case, and a pattern of them all, the longest first."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    words: re.Pattern[str] | None = None

    def articles_of(self, texts: Iterable[str]) -> frozenset[int]:
        """The articles about terms that some texts may use."""
        if self.words is None or not any(term.article_id for term in self.terms.values()):
            return frozenset()
        used = {word for text in texts for word in _words_in(text, self.words)}
        articles = (self.terms[word].article_id for word in used)
        return frozenset(pk for pk in articles if pk)


def the_glossary() -> Glossary:
    """All terms: a page depends on each of them, also on one that is still to come."""
    return remembered((SCOPE,), _read)


def with_terms(
    sections: Sequence[SectionView], glossary: Glossary, paths: Mapping[int, str]
) -> tuple[tuple[SectionView, ...], tuple[TermView, ...]]:
    """The sections with their terms linked, and the terms by name. `paths` are the clinic's."""
    if glossary.words is None:
        return tuple(sections), ()
    pen = _Pen(glossary)
    marked = tuple(replace(each, value=pen.value(each.value)) for each in sections)
    used = sorted(pen.used.values(), key=lambda term: term.name.casefold())
    return marked, tuple(_view(term, paths) for term in used)


class _Pen:
    """Links each term once."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.used: dict[int, Term] = {}

    def value(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self._texts(each) if name in EXPLAINING else each for name, each in value.items()
        }

    def _texts(self, value: Any) -> Any:
        if isinstance(value, tuple | list):
            return tuple(map(self._texts, value))
        if not isinstance(value, str) or self.glossary.words is None:
            return value
        return mark_words(value, self.glossary.words, self._link)

    def _link(self, word: SafeString) -> SafeString:
        term = self.glossary.terms.get(word.casefold())
        if term is None or term.pk in self.used:
            return word
        self.used[term.pk] = term
        return format_html(
            '<a class="term" role="doc-glossref" id="{}" href="#{}">{}</a>',
            *(_used_at(term), _anchor(term), word),
        )


@lru_cache(maxsize=1_000)
def _words_in(text: str, words: re.Pattern[str]) -> frozenset[str]:
    return frozenset(found[0].casefold() for found in words.finditer(text))


def _read() -> Glossary:
    shows(SCOPE)
    terms = {word.casefold(): term for term in Term.objects.all() for word in term.spellings}
    if not terms:
        return Glossary()
    longest_first = sorted(terms, key=lambda word: (-len(word), word))
    return Glossary(terms, re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE))


def _view(term: Term, paths: Mapping[int, str]) -> TermView:
    url = paths.get(term.article_id, "") if term.article_id else ""
    return TermView(term.name, term.explanation, _anchor(term), _used_at(term), url)


def _anchor(term: Term) -> str:
    return f"term-{term.slug}"


def _used_at(term: Term) -> str:
    return f"use-of-{term.slug}"
