"""Rows with gaps: rows of one example come in, a stencil goes out that prints the same rows with
other ids and values, thousands a second.

The rows become plain values (`cms.backup.rows`), and `cms.backup.references` finds every id in
them, wherever it is written: what a restored clinic needs, a copied one needs too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Field, Model
from wagtail.fields import StreamField

from cms.backup import rows
from cms.backup.keys import root_label
from cms.backup.owned import label_of, model_of
from cms.backup.references import swap_row

type Values = dict[str, Any]
type Gaps = Mapping[str, Any]

_GAP = re.compile(r"@\{(.*?)\}@")
# In JSON, and in JSON inside JSON, a gap whose name starts with "#" is no text: it stands for a
# number or for raw JSON. Attributes of HTML keep their quotes.
_RAW_IN_JSON = re.compile(r'(?<![=\\])(\\*)"(@\{#[^}]*\}@)\1"')


def gap(name: str) -> str:
    return f"@{{{name}}}@"


def id_name(label: str, number: int) -> str:
    """The gap for the id of one of the rows that are copied."""
    return f"#{label} {number}"


@dataclass(frozen=True)
class Cell:
    """A value of one column with gaps in it; `parts` are words and names of gaps in turn."""

    parts: Sequence[str]
    is_text: bool

    def filled(self, gaps: Gaps) -> Any:
        if len(self.parts) == 3 and not self.parts[0] and not self.parts[2]:
            value = gaps[self.parts[1]]
            return str(value) if self.is_text and value is not None else value
        found = list(self.parts)
        found[1::2] = [str(gaps[name]) for name in self.parts[1::2]]
        return "".join(found)


@dataclass(frozen=True)
class Line:
    """One row of one table."""

    model: type[Model]
    cells: Sequence[Any]

    def filled(self, gaps: Gaps) -> list[Any]:
        return [each.filled(gaps) if type(each) is Cell else each for each in self.cells]


@dataclass(frozen=True)
class Example:
    """What is copied: rows by label, parents first, and what is another one in every copy.

    `words` are texts that get a gap wherever they stand; `ids` those of single rows elsewhere;
    `change` may put gaps into the values of a row, or of what a revision keeps of it.
    """

    rows: Mapping[str, Iterable[Model]]
    words: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[tuple[str, int], str] = field(default_factory=dict)
    change: Callable[[str, Values], None] = lambda label, values: None


@dataclass(frozen=True)
class Stencil:
    """`own` are the ids of the example by the label of the model that gives them, in order;
    `uuids` the names of gaps that want a fresh UUID in every copy.
    """

    lines: Sequence[Line]
    own: Mapping[str, Sequence[int]]
    uuids: Sequence[str]


def stencil_of(example: Example) -> Stencil:
    plain = [(label, rows.values_of(row)) for label, some in example.rows.items() for row in some]
    own: dict[str, list[int]] = {}
    for label, values in plain:
        if root_label(model_of(label)) == label:
            own.setdefault(label, []).append(values[str(model_of(label)._meta.pk.attname)])
    names = dict(example.ids)
    names |= {(label, id_): id_name(label, id_) for label, ids in own.items() for id_ in ids}
    uuids = _uuids(plain)
    words = {**example.words, **{text: gap(name) for text, name in uuids.items()}}

    def swap(label: str, id_: int, _place: str) -> Any:
        name = names.get((label, id_))
        return gap(name) if name else id_

    lines = []
    for label, values in plain:
        swapped = swap_row(label, values, swap)
        example.change(label, swapped)
        if label == "wagtailcore.revision":
            about = label_of(model_of(swapped["content_type_id"]))
            example.change(about, swapped["content"])
        lines.append(_line(label, swapped, words))
    return Stencil(lines, own, list(uuids.values()))


def _uuids(plain: Iterable[tuple[str, Values]]) -> dict[str, str]:
    """Each UUID of a column → its gap; a page's translation key stands in its revisions too."""
    found: dict[str, str] = {}
    for label, values in plain:
        for column in model_of(label)._meta.local_concrete_fields:
            value = values[column.attname]
            if isinstance(column, models.UUIDField) and value is not None:
                found.setdefault(str(UUID(str(value))), f"uuid {len(found)}")
    return found


def _line(label: str, values: Values, words: Mapping[str, str]) -> Line:
    model = model_of(label)
    return Line(
        model,
        [_cell(each, values[each.attname], words) for each in model._meta.local_concrete_fields],
    )


def _cell(column: Field, value: Any, words: Mapping[str, str]) -> Any:
    if value is None:  # of which some columns make a blank text
        return column.get_db_prep_save(None, connection)
    is_json = isinstance(column, models.JSONField | StreamField)
    text = _json(column, value) if is_json else value
    if isinstance(text, str):
        for word, replacement in words.items():
            text = text.replace(word, replacement)
        parts = _GAP.split(text)
        if len(parts) > 1:
            is_number = column.get_internal_type() in _NUMBERS or column.is_relation
            return Cell(_uuid_parts(column, parts), is_text=not is_number)
    if is_json:
        return text
    return column.get_db_prep_save(rows.stored(column, value), connection)


_NUMBERS = {"AutoField", "BigAutoField", "FloatField", "IntegerField", "PositiveIntegerField",
            "PositiveSmallIntegerField"}  # fmt: skip


def _json(column: Field, value: Any) -> str:
    if not isinstance(column, StreamField):
        value = rows.stored(column, value)
    return _RAW_IN_JSON.sub(r"\2", json.dumps(value, ensure_ascii=False))


def _uuid_parts(column: Field, parts: list[str]) -> list[str]:
    """Where the database has no type for them, a UUID is stored without its hyphens."""
    if isinstance(column, models.UUIDField) and not connection.features.has_native_uuid_field:
        return [parts[0], f"hex {parts[1]}", parts[2]]
    return parts
