"""Rich text of articles, stored only in the editor's own canonical form.

Opening and saving a text that is not canonical rewrites it (measured: 5 of 9 samples), which would
look like a change of the section. So whatever does not come from the editor passes `canonical`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.rich_text import RichText

if TYPE_CHECKING:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "superscript",
    "subscript",
    "clinic-token",
]


class ArticleTextBlock(blocks.RichTextBlock):
    """Rich text with the features of an article; brought to the canonical form when set by code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def get_prep_value(self, value: RichText | None) -> str | None:
        """Stored text is canonical, whoever wrote it."""
        return None if value is None else canonical(value.source)


@lru_cache(maxsize=2_000)
def canonical(html: str) -> str:
    """Rich text as the editor would store it; keys of blocks are kept.

    One round trip through the editor's own format, and a second one: what the first leaves of a tag
    that is not allowed, the next would drop.
    """
    return _round_trip(_round_trip(_well_formed(html))) if html else html


def _well_formed(html: str) -> str:
    """Every tag closed: the editor's converter trips over `<br>` and over what is left open."""
    return str(BeautifulSoup(html, "html.parser"))


@cache
def _converter() -> ContentstateConverter:
    from wagtail.admin.rich_text.converters.contentstate import (  # noqa: PLC0415 - app ready
        ContentstateConverter,
    )

    return ContentstateConverter(FEATURES)


def _round_trip(html: str) -> str:
    converter = _converter()
    return converter.to_database_format(converter.from_database_format(html))
