"""What the demo library keeps once: its figures and its glossary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from articles.choices import FigureUnit
from articles.models import Figure, Term
from cms.demo.content_files import read


def load_figures(sources: Mapping[str, int]) -> dict[str, int]:
    """The figures that are not there yet; all of them by key."""
    return {key: _figure(key, row, sources).pk for key, row in read("figures").items()}


def load_terms(articles: Mapping[str, int]) -> None:
    """The words that are not there yet, with the articles about them."""
    for key, row in read("terms").items():
        values = {name: value for name, value in row.items() if name != "article"}
        values["article_id"] = articles.get(row.get("article", ""))
        Term.objects.get_or_create(slug=key, defaults=values)


def _figure(key: str, row: Mapping[str, Any], sources: Mapping[str, int]) -> Figure:
    values = {name: value for name, value in row.items() if name not in ("unit", "source")}
    values["unit"] = FigureUnit(row["unit"].upper())
    values["source_id"] = sources[row["source"]]
    return Figure.objects.get_or_create(slug=key, defaults=values)[0]
