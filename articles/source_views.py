"""The sources of an article as its page lists them: sections in, numbers and views out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinics.cta import Link
from clinics.edge.shown import shows

if TYPE_CHECKING:
    from articles.merge import MergedSection


@dataclass(frozen=True)
class SourceView:
    """A reference with its number in this article."""

    number: int
    title: str
    publisher: str
    year: int | None
    url: str
    accessed: date | None
    anchor: str
    cited_in: tuple[Link, ...] = ()


@dataclass(frozen=True)
class SourceNumbers:
    """The sources of a page: numbers in reading order, and the section that lists each first."""

    numbers: Mapping[int, int]
    first_lists: Mapping[int, str]


def numbers_of(sections: Sequence[MergedSection]) -> SourceNumbers:
    """Each source counts where it is first listed."""
    first_lists: dict[int, str] = {}
    for section in sections:
        for source in section.content.value.get("sources") or ():
            if source:
                shows(f"s:{source.pk}")
                first_lists.setdefault(source.pk, section.id)
    return SourceNumbers(
        {pk: number for number, pk in enumerate(first_lists, start=1)}, first_lists
    )


def source_view(source: Any, sources: SourceNumbers, section: str = "") -> SourceView | None:
    """A source for a figure, or for the list of a section: only its first list is its anchor."""
    if source is None or source.pk not in sources.numbers:
        return None
    number = sources.numbers[source.pk]
    is_repeated = section and sources.first_lists[source.pk] != section
    return SourceView(
        number=number,
        title=source.title,
        publisher=source.publisher,
        year=source.year,
        url=source.address,
        accessed=source.accessed_date,
        anchor="" if is_repeated else f"source-{number}",
    )
