"""Kept figures in texts: "{{ figure.<slug> }}" is what articles say, with ".name" what it counts.

A page that shows a figure is stale when that figure changes; one that shows none asks for none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.choices import FigureUnit
from articles.claims.rule import Figure as Known
from articles.models import Figure
from clinics.edge.memory import remembered_many
from clinics.tokens import TokenFamily, token_names

PREFIX = "figure"
_NAME = ".name"

_at_hand: ContextVar[Mapping[str, FigureWords] | None] = ContextVar("figures", default=None)


@dataclass(frozen=True)
class FigureWords:
    """`text` is how articles say it, `name` what it counts, `evidence` the kind of its source."""

    text: str
    name: str
    evidence: str


def slugs_in(texts: Iterable[str]) -> frozenset[str]:
    """The slugs of all figures that these texts name, known or not."""
    return slugs_of(name for text in texts for name in token_names(text))


def slugs_of(names: Iterable[str]) -> frozenset[str]:
    """The same for the names of tokens."""
    return frozenset(
        name.removeprefix(f"{PREFIX}.").removesuffix(_NAME)
        for name in names
        if name.startswith(f"{PREFIX}.")
    )


@contextmanager
def figures_at_hand(names: Iterable[str]) -> Iterator[None]:
    """Within it the figures of these tokens are not asked for again: one query for a page."""
    slugs = slugs_of(names)
    with _having(_known(slugs) if slugs else None):
        yield


@contextmanager
def every_figure_at_hand() -> Iterator[None]:
    """The same for all figures, for what reads many texts at once: one query."""
    with _having(_as_words(Figure.objects.all())):
        yield


@contextmanager
def _having(figures: Mapping[str, FigureWords] | None) -> Iterator[None]:
    token = _at_hand.set(figures)
    try:
        yield
    finally:
        _at_hand.reset(token)


def figure_words(slugs: Collection[str]) -> dict[str, FigureWords]:
    """What these figures say, in at most one query; unknown slugs are left out."""
    known = _at_hand.get() or {}
    found = {slug: known[slug] for slug in slugs if slug in known}
    return found | _known({slug for slug in slugs if slug not in known})


def known_figures() -> tuple[Known, ...]:
    """Every kept figure that texts are compared with, for the claim checker: one query."""
    rows = Figure.objects.exclude(unit=FigureUnit.OTHER).order_by("name", "slug")
    return tuple(map(_as_known, rows))


def _as_known(row: Figure) -> Known:
    words = "|".join(map(re.escape, row.topics))
    return Known(
        about=re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE),
        unit=row.unit.lower(),
        low=float(row.low),
        high=float(row.low if row.high is None else row.high),
        slug=row.slug,
        said=row.text,
    )


def _known(slugs: Collection[str]) -> dict[str, FigureWords]:
    if not slugs:
        return {}
    return remembered_many(PREFIX, slugs, _read, scope=lambda slug: f"{PREFIX}:{slug}")


def scopes_of(figure: Figure) -> list[str]:
    """What pages that show it depend on: by number where it was chosen, by slug in a text."""
    return [f"fig:{figure.pk}", f"{PREFIX}:{figure.slug}"]


def _read(slugs: set[str]) -> dict[str, FigureWords]:
    return _as_words(Figure.objects.filter(slug__in=slugs))


def _as_words(rows: QuerySet[Figure]) -> dict[str, FigureWords]:
    found = rows.values_list("slug", "text", "name", "source__kind")
    return {slug: FigureWords(*words) for slug, *words in found}


def _words(names: Collection[str]) -> Mapping[str, str]:
    known = figure_words({name.removesuffix(_NAME) for name in names})
    return {
        name: words.name if name.endswith(_NAME) else words.text
        for name in names
        if (words := known.get(name.removesuffix(_NAME)))
    }


def _choices() -> list[tuple[str, str]]:
    return [(row.slug, str(row)) for row in Figure.objects.only("slug", "name", "text")]


def _vocabulary() -> str:
    known = _at_hand.get()
    every = _as_words(Figure.objects.all()) if known is None else known
    return " ".join(f"{words.text} {words.name}" for words in every.values())


FIGURES = TokenFamily(PREFIX, _("Figures"), _words, _choices, _vocabulary)
