"""Chooser blocks for the rows that a section may refer to, and a reader that gets them all at once.

Wagtail fetches the rows of each type of block, and of each nested stream, on its own: a page with
ten overrides would ask ten times for its pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from copy import copy
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.base import Block
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from clinics.edge.memory import remembered_many
from clinics.pictures import pictures_by_id
from clinics.rows import rows_by_id

type RowsByModel = Mapping[type[Model], Mapping[int, Model]]

# What pages that show such a row depend on.
_SCOPES = {"articles.Source": "s", "articles.Figure": "fig", "clinics.Statement": "t"}

_at_hand: ContextVar[RowsByModel | None] = ContextVar("rows_at_hand", default=None)


class AtHandMixin:
    """Takes its row from what `read_streams` has fetched, else from the database."""

    def to_python(self, value: Any) -> Any:
        rows = _at_hand.get()
        return super().to_python(value) if rows is None else rows[self.model_class].get(value)

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        if _at_hand.get() is None:
            return super().bulk_to_python(values)
        return [self.to_python(value) for value in values]


class PictureChooserBlock(AtHandMixin, ImageChooserBlock):
    """A picture."""

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", args, kwargs  # as it is stored


class SourceChooserBlock(AtHandMixin, SnippetChooserBlock):
    """A reference of the library."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("articles.Source", **kwargs)

    def deconstruct(self) -> tuple[str, tuple, dict[str, Any]]:
        return self._own_path(super().deconstruct())

    def _own_path(self, parts: tuple) -> tuple[str, tuple, dict[str, Any]]:
        _path, _args, kwargs = parts
        return f"{type(self).__module__}.{type(self).__name__}", (), kwargs


class FigureChooserBlock(SourceChooserBlock):
    """A figure that the library keeps."""

    def __init__(self, **kwargs: Any) -> None:
        SnippetChooserBlock.__init__(self, "articles.Figure", **kwargs)


class StatementChooserBlock(SourceChooserBlock):
    """A versioned wording of the group."""

    def __init__(self, **kwargs: Any) -> None:
        SnippetChooserBlock.__init__(self, "clinics.Statement", **kwargs)


def read_streams(*streams: blocks.StreamValue, pictures: Iterable[int] = ()) -> None:
    """Read every section of these streams, nested ones too, in one query for each kind of row.

    `pictures` are others that their pages show: a process that remembers has them at hand then.
    """
    wanted: dict[type[Model], set[int]] = {model: set() for model in _models()}
    wanted[get_image_model()].update(pictures)
    for stream in streams:
        for model, id_ in _references(stream.stream_block, list(stream.raw_data)):
            wanted[model].add(id_)
    figure, source = apps.get_model("articles.Figure"), apps.get_model("articles.Source")
    # A page without figures does not ask for any.
    chosen = wanted.pop(figure)
    figures = _rows(figure, chosen) if chosen else {}
    wanted[source] |= {each.source_id for each in figures.values()}
    rows = {model: _rows(model, ids) for model, ids in wanted.items()}
    rows[figure] = {pk: _with_source(each, rows[source]) for pk, each in figures.items()}
    token = _at_hand.set(rows)
    try:
        for stream in streams:
            _convert(stream)
    finally:
        _at_hand.reset(token)


def _rows(model: type[Model], ids: set[int]) -> Mapping[int, Model]:
    if model is get_image_model():
        return pictures_by_id(ids)
    kind = _SCOPES[model._meta.label]
    rows = model._default_manager.all()
    return remembered_many(model, ids, partial(rows_by_id, rows), scope=lambda pk: f"{kind}:{pk}")


def _with_source(figure: Any, sources: Mapping[int, Any]) -> Any:
    """A copy that has its source: nobody changes what is remembered."""
    figure = copy(figure)
    figure.source = sources[figure.source_id]
    return figure


def _models() -> tuple[type[Model], ...]:
    return get_image_model(), *map(apps.get_model, _SCOPES)


def _references(block: Block, raw: Any) -> Iterator[tuple[type[Model], int]]:
    """The model and the id of every row that stored data refers to."""
    if not raw:
        return
    if isinstance(block, AtHandMixin):
        yield block.model_class, raw
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _references(child, raw.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in raw:
            yield from _references(block.child_block, item["value"])
    elif isinstance(block, blocks.BaseStreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _references(block.child_blocks[child["type"]], child["value"])


def _convert(stream: blocks.StreamValue) -> None:
    for child in stream:
        for part in child.value.values():
            if isinstance(part, blocks.StreamValue):
                _convert(part)
