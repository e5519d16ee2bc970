"""Outcomes of a publish in words, in groups short enough to read: impacts and a query in.

A group with many clinics shows the first of them and leads to a list of its own, in pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator

from articles.admin.library_updates_rows import FIELD_WORDS
from articles.impact import ClinicImpact, Outcome

if TYPE_CHECKING:
    from django.utils.functional import Promise

FIRST = 12
CLINICS_A_PAGE = 100

OUTCOMES: dict[Outcome, tuple[str | Promise, str | Promise]] = {
    Outcome.SUSPENDED: (
        gettext_lazy("Shared text wins"),
        gettext_lazy("A safety change or a lock: the local text is kept, and not shown."),
    ),
    Outcome.CONFLICT: (
        gettext_lazy("Two local texts for one section"),
        gettext_lazy("The clinic has to choose one of them."),
    ),
    Outcome.ORPHANED: (
        gettext_lazy("Local text loses its section"),
        gettext_lazy("The section is gone, so patients no longer read the local text about it."),
    ),
    Outcome.REVIEW: (
        gettext_lazy("Update waiting"),
        gettext_lazy("Patients read the local text until the clinic has looked at the new one."),
    ),
    Outcome.CHANGES: (
        gettext_lazy("Changes at once"),
        gettext_lazy("Patients read the new text."),
    ),
    Outcome.KEEPS: (
        gettext_lazy("Keeps its own text"),
        gettext_lazy("Only sections change that the clinic has replaced or hidden."),
    ),
    Outcome.HELD: (
        gettext_lazy("Reviews first"),
        gettext_lazy("Patients read the former text until the clinic accepts this one."),
    ),
    Outcome.LATER: (
        gettext_lazy("Not in the first group"),
        gettext_lazy("Patients read the former text until the release is given to everybody."),
    ),
    Outcome.SAME: (
        gettext_lazy("Nothing changes"),
        gettext_lazy("The draft reads as what patients see now."),
    ),
    Outcome.HIDDEN: (
        gettext_lazy("Hidden"),
        gettext_lazy("The clinic does not show the article."),
    ),
    Outcome.NOT_OFFERED: (
        gettext_lazy("Service not offered"),
        gettext_lazy("The article is for services that the clinic does not offer: not shown."),
    ),
}


@dataclass(frozen=True)
class ImpactLine:
    """A clinic, and the sections and fields that bring about the outcome."""

    clinic_id: int
    name: str
    concerned: str


@dataclass(frozen=True)
class OutcomeGroup:
    """The clinics with one outcome, perhaps only the first; `code` is for the stylesheet."""

    code: str
    title: str
    meaning: str
    count: int
    clinics: tuple[ImpactLine, ...]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.clinics)


@dataclass(frozen=True)
class ImpactGroups:
    """`total` clinics in all; `page` is set for the list of one outcome."""

    total: int
    groups: tuple[OutcomeGroup, ...]
    search: str = ""
    outcome: str = ""
    page: Any = None
    page_range: Any = ()


def impact_groups(
    impacts: Iterable[ClinicImpact], query: Mapping[str, str] | None = None
) -> ImpactGroups:
    """The groups in order of urgency. `query`: q is part of a name, outcome a group, p its page."""
    query = query or {}
    every = list(impacts)
    search, wanted = query.get("q", "").strip(), query.get("outcome", "").upper()
    found = [row for row in every if search.casefold() in row.name.casefold()]
    by_outcome = {outcome: [row for row in found if row.outcome == outcome] for outcome in OUTCOMES}
    if wanted in by_outcome:
        outcome = Outcome(wanted)
        paginator = WagtailPaginator(by_outcome[outcome], CLINICS_A_PAGE)
        page = paginator.get_page(query.get("p"))
        group = _group(outcome, len(by_outcome[outcome]), page)
        pages = paginator.get_elided_page_range(page.number)
        return ImpactGroups(len(every), (group,), search, wanted.lower(), page, pages)
    groups = tuple(
        _group(outcome, len(rows), rows[:FIRST]) for outcome, rows in by_outcome.items() if rows
    )
    return ImpactGroups(len(every), groups, search)


def concerned_words(row: ClinicImpact) -> str:
    return ", ".join(str(FIELD_WORDS.get(each, each)) for each in row.concerned)


def _group(outcome: Outcome, count: int, rows: Iterable[ClinicImpact]) -> OutcomeGroup:
    title, meaning = OUTCOMES[outcome]
    lines = tuple(ImpactLine(row.clinic_id, row.name, concerned_words(row)) for row in rows)
    return OutcomeGroup(outcome.lower(), str(title), str(meaning), count, lines)
