"""The words of sections as they are read: blocks' values in, text without markup out.

Not by way of their stored form: to bring rich text to it asks for every page that it links to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from articles.plain_text import plain_text

if TYPE_CHECKING:
    from articles.merge import MergedSection


def words_read(sections: Iterable[MergedSection]) -> str:
    """The words that patients read, in their order; tokens are not filled."""
    return "\n".join(plain_text(_plain(section.content.value)) for section in sections)


def _plain(value: Any) -> Any:
    if isinstance(value, RichText):
        return value.source
    if isinstance(value, StreamValue):
        return [_plain(child.value) for child in value]
    if isinstance(value, ListValue):
        return [_plain(child) for child in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return value
