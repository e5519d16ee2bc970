"""The lines of the matrix: cells in, what a template or a spreadsheet shows of them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from articles.admin.state_words import STATE_ICONS, STATE_WORDS
from articles.admin.text_check_words import check_words
from articles.merge import State
from articles.text_checks import own_share, text_checks
from clinics.tokens import readable

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from articles.states_by_clinic import Cell, Matrix
    from clinics.models import ClinicFacts

type CellUrl = Callable[[ArticlePage, ClinicFacts, Cell], str]


@dataclass(frozen=True)
class CellView:
    """A cell with its state in words; `state` "" where the article is not for the clinic."""

    state: str
    words: str
    icon: str
    url: str


@dataclass(frozen=True)
class MatrixRow:
    """One article over the clinics of this page."""

    article: ArticlePage
    title: str
    cells: list[CellView]


@dataclass(frozen=True)
class ExportRow:
    """One cell of the spreadsheet. Parts are 0.0 to 1.0, dates are dates."""

    article: str
    kind: str
    clinic: str
    state: str
    changes: int
    own_part: float
    looks: str
    next_review: date | str


def matrix_rows(
    articles: Sequence[ArticlePage],
    clinics: Sequence[ClinicFacts],
    cells: Matrix,
    url: CellUrl,
    wanted: str = "",
) -> list[MatrixRow]:
    """`wanted` is a state: other cells stay blank."""
    return [
        MatrixRow(
            article,
            readable(article.title),
            [
                _view(article, facts, cells[article.pk, facts.clinic_id], url, wanted)
                for facts in clinics
            ],
        )
        for article in articles
    ]


def with_state[T](
    items: Sequence[T], others: Sequence[object], has: Callable[[T, object], bool]
) -> list[T]:
    """The items that have a wanted cell with one of the others."""
    return [item for item in items if any(has(item, other) for other in others)]


def export_rows(
    articles: Sequence[ArticlePage],
    clinics: Sequence[ClinicFacts],
    cells: Matrix,
    today: date,
    wanted: str = "",
) -> Iterator[ExportRow]:
    """One line for each article at each clinic that it is for."""
    for article in articles:
        title, kind = readable(article.title), str(article.get_kind_display())
        for facts in clinics:
            cell = cells[article.pk, facts.clinic_id]
            if cell.state is None or (wanted and cell.state != wanted):
                continue
            checks = [check_words(check) for check in text_checks(cell, today)]
            raw = cell.version.overrides.raw_data if cell.reading and cell.version else ()
            yield ExportRow(
                article=title,
                kind=kind,
                clinic=facts.name,
                state=str(STATE_WORDS[cell.state]),
                changes=len(raw) + _own_fields(cell),
                own_part=round(own_share(cell), 2),
                looks="; ".join(checks),
                next_review=min(
                    (d["value"].get("review_date") for d in raw if d["value"].get("review_date")),
                    default="",
                ),
            )


def _own_fields(cell: Cell) -> int:
    fields = cell.reading.fields.values() if cell.reading else ()
    return sum(field.state != State.FOLLOWS for field in fields)


def _view(
    article: ArticlePage, facts: ClinicFacts, cell: Cell, url: CellUrl, wanted: str
) -> CellView:
    state = cell.state
    if state is None or (wanted and state != wanted):
        return CellView("", "", "", "")
    words, icon = str(STATE_WORDS[state]), STATE_ICONS[state]
    return CellView(state, words, icon, url(article, facts, cell))
