"""Live texts that say something else since their review, by a figure or statement that they show.

Numbers of pages in, those among them out. Everything else that is live was reviewed as it is: the
gate sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from articles.choices import ReviewAct
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage, Review
from articles.review.referred import ClinicalText, field_text, text_of, with_referred
from articles.review.texts import place_and_content
from clinics.rows import asked_for

# The stream of each kind of page, and its fields by the keys that a review has them under.
_COLUMNS: dict[type[Any], tuple[str, dict[str, str]]] = {
    ArticlePage: ("body", {"title": "title", "summary": "summary"}),
    LocalArticlePage: ("body", {"title": "title", "summary": "summary"}),
    LocalVersionPage: ("overrides", {"title": "title_override", "summary": "summary_override"}),
}


def changed_since_review(pages: Iterable[int]) -> frozenset[int]:
    """In a fixed number of queries, however many pages are asked about."""
    rows = Review.objects.filter(page__in=asked_for(pages), act=ReviewAct.APPROVED).order_by("pk")
    digests = {row.page_id: row.digests for row in rows}
    owners: list[int] = []
    texts: list[ClinicalText] = []
    for page, text in _live_texts(digests):
        owners.append(page)
        texts.append(text)
    return frozenset(
        page
        for page, text in zip(owners, with_referred(texts), strict=True)
        if digests[page].get(text.key, text.digest) != text.digest
    )


def _live_texts(pages: Iterable[int]) -> Iterator[tuple[int, ClinicalText]]:
    """Of each page what refers to something, as it is stored."""
    for model, (stream, fields) in _COLUMNS.items():
        rows = model.objects.filter(pk__in=asked_for(pages)).only("pk", stream, *fields.values())
        for page in rows:
            texts = [field_text(key, "", getattr(page, name)) for key, name in fields.items()]
            stored = getattr(page, stream).raw_data
            texts += [text_of(key, "", sections) for key, sections in _sections(page, stored)]
            yield from ((page.pk, text) for text in texts if text.statements or "{{" in text.words)


def _sections(page: Any, raw: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """The sections by the key that their review has them under."""
    if isinstance(page, LocalVersionPage):
        return map(place_and_content, raw)
    return ((section["id"], [section]) for section in raw)
