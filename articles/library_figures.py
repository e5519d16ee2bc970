"""What shared articles say of whole populations: articles in, conflicts with their places out.

Reads the newest text of each article, a draft too, as it is stored: one query for the articles and
one for the figures, however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from articles.claim_texts import FIELDS, paragraphs
from articles.claims.figure_conflicts import Subject, subjects_of
from articles.claims.rule import Part
from articles.claims.rulebook import compiled, the_rulebook
from articles.figures import known_figures
from articles.plain_text import plain_text
from articles.section_names import raw_name

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import ArticlePage


def figure_subjects(articles: QuerySet[ArticlePage]) -> tuple[Subject, ...]:
    """By disease; `text` of what is said is the number of the article."""
    book = the_rulebook()
    rows = articles.order_by("title").values_list("pk", "latest_revision__content")
    texts = {str(pk): list(_parts(content or {})) for pk, content in rows}
    figures = (*known_figures(), *book.figures)
    return subjects_of(texts, figures, compiled("%illness%", book.words))


def _parts(content: dict[str, Any]) -> Iterator[Part]:
    """The texts of a stored revision."""
    for name in FIELDS:
        yield Part("", name, content.get(name) or "")
    for section in json.loads(content.get("body") or "[]"):
        yield from _parts_of_section(section, raw_name(section))


def _parts_of_section(section: dict[str, Any], name: str) -> Iterator[Part]:
    # Titles of sources are other people's words.
    if section["type"] == "sources":
        return
    for field, value in section["value"].items():
        if section["type"] == "slot" and field == "fallback":
            for inner in value or []:
                yield from _parts_of_section(inner, name)
        elif section["type"] == "figures" and field == "figures":
            yield from (
                Part(name, field, text, section["type"], section["id"])
                for text in _items(value or [])
            )
        else:
            text = paragraphs(value) if isinstance(value, str) else plain_text({field: value})
            yield Part(name, field, text, section["type"], section["id"])


def _items(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A number and what it counts are one sentence."""
    for item in items:
        value = item.get("value") or {}
        yield f"{value.get('value') or ''} {value.get('label') or ''}"
