"""Text for this clinic: every text of a section's value is compiled, then filled in one go.

Sections come in as stored values; what goes out is plain data that a section's template prints:
rich text as HTML of the clinic, strings with their tokens filled, references as the rows at hand.
No query is made here: `References` brings what the sections refer to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText

from clinics.clinic import Clinic
from clinics.rich_text import compile_text, fill_text
from clinics.tokens import fill, token_names


@dataclass(frozen=True)
class References:
    """What the sections of one page refer to: paths of pages by id, in this clinic's site."""

    paths: Mapping[int, str] = field(default_factory=dict)


def linked_pages(values: Iterable[Any]) -> frozenset[int]:
    """The ids of all pages that the rich text of some values links to."""
    return frozenset(
        page_id
        for value in values
        for text in _rich_texts(value)
        for page_id in compile_text(text.source).page_ids
    )


def texts_in(values: Iterable[Any]) -> Iterator[str]:
    """Every text of some values as it is stored, rich text as HTML."""
    for value in values:
        for leaf in _leaves(value):
            if isinstance(leaf, str | RichText):
                yield leaf.source if isinstance(leaf, RichText) else leaf


def tokens_named(values: Iterable[Any]) -> frozenset[str]:
    """The names of all tokens that the texts of some values have, known or not."""
    return frozenset().union(*map(token_names, texts_in(values)))


def fill_value(value: Any, clinic: Clinic, references: References) -> Any:
    """A section's value for templates; what is neither text nor a container stays as it is."""
    if isinstance(value, RichText):
        return fill_text(compile_text(value.source), clinic, references.paths)
    if isinstance(value, str):
        return fill(value, clinic)
    return _map_container(value, lambda each: fill_value(each, clinic, references))


def _map_container(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, blocks.StructValue):
        return {name: change(each) for name, each in value.items()}
    if isinstance(value, blocks.list_block.ListValue):
        return tuple(change(each) for each in value)
    return value


def _rich_texts(value: Any) -> Iterator[RichText]:
    return (each for each in _leaves(value) if isinstance(each, RichText))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, blocks.StructValue):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, blocks.list_block.ListValue):
        for each in value:
            yield from _leaves(each)
    else:
        yield value
