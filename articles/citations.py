"""From the text to its sources and back: numbers in brackets become links (W-10).

Editors write "[1]" or "[8, 9]", as printed articles do; the numbers are those of the list of
sources below. A number that no source has stays what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinics.cta import Link
from clinics.rich_text import link_notes

if TYPE_CHECKING:
    from articles.page_view import SectionView
    from articles.source_views import SourceView

# The values of a section in which sources are cited: HTML, or the plain text of an introduction.
CITING = ("text", "answer", "seek_help", "intro")


def with_citations(sections: Sequence[SectionView]) -> tuple[SectionView, ...]:
    """The same sections with links to their sources, and from each source to where it is cited."""
    numbers = {source.number for source in _listed(sections) if source.anchor}
    if not numbers:
        return tuple(sections)
    cited: dict[int, list[Link]] = defaultdict(list)
    linked = [_linked(section, numbers, cited) for section in sections]
    return tuple(_with_ways_back(section, cited) for section in linked)


def _listed(sections: Iterable[SectionView]) -> Iterable[SourceView]:
    return (
        source for each in sections if each.type == "sources" for source in each.value["sources"]
    )


def _linked(section: SectionView, numbers: set[int], cited: dict[int, list[Link]]) -> SectionView:
    """The first link to a source in a section has a name, for the way back."""
    here: set[int] = set()

    def place(number: int) -> str:
        if number in here:
            return ""
        here.add(number)
        name = f"cited-{number}-{len(cited[number]) + 1}"
        cited[number].append(Link(section.heading or _("the text"), f"#{name}"))
        return name

    def note(number: str) -> str | SafeString:
        if int(number) not in numbers:
            return number
        label = _("Source %(number)s") % {"number": number}
        name = place(int(number))
        named = format_html(' id="{}"', name) if name else ""
        return format_html(
            '<a{} href="#source-{}" aria-label="{}">{}</a>', named, number, label, number
        )

    value: dict[str, Any] = {
        name: link_notes(each, note) if name in CITING and each else each
        for name, each in section.value.items()
    }
    if section.type == "figures":
        value["figures"] = tuple(
            {**figure, "name": place(figure["source"].number) if figure["source"] else ""}
            for figure in section.value["figures"]
        )
    return replace(section, value=value)


def _with_ways_back(section: SectionView, cited: dict[int, list[Link]]) -> SectionView:
    if section.type != "sources":
        return section
    sources = tuple(
        replace(source, cited_in=tuple(cited[source.number])) if source.anchor else source
        for source in section.value["sources"]
    )
    return replace(section, value={**section.value, "sources": sources})
