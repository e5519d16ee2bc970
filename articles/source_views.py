"""The sources of an article as its page lists them: sections in, numbers and views out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    """The sources of a page: numbers in reading order, and the section that lists each first.

    `added` are those of kept figures that no section names; the last list of the page has them.
    """

    numbers: Mapping[int, int]
    first_lists: Mapping[int, str]
    rows: Mapping[int, Any]
    added: frozenset[int] = frozenset()

    def listed_in(self, section: MergedSection) -> list[Any]:
        """The sources of a section's list, each once."""
        named = {source.pk: source for source in section.content.value["sources"] if source}
        here = (pk for pk in self.first_lists if pk in self.added)
        return [
            *named.values(),
            *(self.rows[pk] for pk in here if self.first_lists[pk] == section.id),
        ]


def numbers_of(sections: Sequence[MergedSection]) -> SourceNumbers:
    """Each source counts where it is first listed."""
    first_lists: dict[int, str] = {}
    rows: dict[int, Any] = {}
    last_list = ""
    for section in sections:
        for source in section.content.value.get("sources") or ():
            if source:
                first_lists.setdefault(source.pk, section.id)
                rows[source.pk] = source
                last_list = section.id
    kept = {source.pk: source for source in _of_kept_figures(sections)} if last_list else {}
    added = frozenset(kept.keys() - first_lists.keys())
    first_lists |= {pk: last_list for pk in kept if pk in added}
    rows |= kept
    shows(*(f"s:{pk}" for pk in rows))
    numbers = {pk: number for number, pk in enumerate(first_lists, start=1)}
    return SourceNumbers(numbers, first_lists, rows, added)


def source_of(figure: Mapping[str, Any]) -> Any:
    """The source of an item of a section of figures; a kept figure brings its own."""
    return figure["kept"].source if figure["kept"] else figure["source"]


def _of_kept_figures(sections: Sequence[MergedSection]) -> Iterator[Any]:
    for section in sections:
        if section.type == "figures":
            chosen = (each["kept"] for each in section.content.value["figures"])
            yield from (figure.source for figure in chosen if figure)


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
