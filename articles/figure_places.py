"""Where kept figures are shown: slugs in, the live texts of articles that name them out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from articles.figures import PREFIX
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage

# The columns of each kind of page that patients read; the first holds the sections.
_COLUMNS: dict[type[Any], tuple[str, ...]] = {
    ArticlePage: ("body", "title", "summary", "seo_title", "search_description"),
    LocalVersionPage: (
        *("overrides", "title_override", "summary_override"),
        *("seo_title", "search_description"),
    ),
    LocalArticlePage: ("body", "title", "summary", "seo_title", "search_description"),
}


def live_pages_with(slug: str) -> Iterator[Any]:
    """Every live article and local version that names a figure, in three queries."""
    for model, (stream, *fields) in _COLUMNS.items():
        named = Q(stored__regex=_pattern(slug))
        for field in fields:
            named |= Q(**{f"{field}__regex": _pattern(slug)})
        rows = model.objects.live().annotate(stored=Cast(stream, TextField()))
        yield from rows.filter(named).order_by("title")


def _pattern(slug: str) -> str:
    """A slug that is the beginning of another one is not meant."""
    return rf"\{{\{{ *{PREFIX}\.{slug}(\.name)? *\}}\}}"
