"""Rows as plain values that JSON can hold, and back, without anything that saving would do.

Values are those of the row's own table: a page has a row of `Page` and one of its type. Content
types are written by name, since their ids differ between installations.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Field, JSONField, Model
from wagtail.fields import StreamField

from cms.backup.owned import model_of

type Values = dict[str, Any]

# Below the number of parameters that a statement may have in SQLite.
_AT_ONCE = 200


def values_of(row: Model) -> Values:
    """The row's own columns by name, content types as "app.model"."""
    values = {f.attname: _plain(f, row) for f in row._meta.local_concrete_fields}
    if row._meta.label_lower == "wagtailcore.revision":
        values["content"] = _with_names(values["content"])
    return values


def insert(label: str, rows: Iterable[Values]) -> None:
    """New rows in the model's own table. Nothing else happens: no signal, no moment, no parent."""
    model = model_of(label)
    fields = list(model._meta.local_concrete_fields)
    made = [_row(model, fields, values) for values in rows]
    for start in range(0, len(made), _AT_ONCE):
        part = made[start : start + _AT_ONCE]
        model._base_manager.get_queryset()._insert(part, fields, raw=True, using="default")


def delete(label: str, ids: Iterable[Any]) -> None:
    """These rows of the model's own table, and no others."""
    ids, model = list(ids), model_of(label)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        model._base_manager.filter(pk__in=part)._raw_delete(using="default")


def lines_of(rows: Iterable[Values]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def rows_in(lines: bytes) -> Iterator[Values]:
    for line in lines.decode().split("\n"):
        if line:
            yield json.loads(line)


def _plain(field: Field, row: Model) -> Any:
    value = field.value_from_object(row)
    if field.is_relation:
        return type_name(value) if field.related_model is ContentType and value else value
    if isinstance(field, StreamField):
        return json.loads(field.value_to_string(row))
    if isinstance(field, JSONField) or value is None or isinstance(value, bool | int | float | str):
        return value
    return field.value_to_string(row)


def _row(model: type[Model], fields: Iterable[Field], values: Values) -> Model:
    row = model()
    for field in fields:
        setattr(row, field.attname, stored(field, values[field.attname]))
    return row


def stored(field: Field, value: Any) -> Any:
    is_json = isinstance(field, JSONField) and not isinstance(field, StreamField)
    if is_json and field.model._meta.label_lower == "wagtailcore.revision":
        return _with_ids(value)
    if value is None or is_json:
        return value
    if field.is_relation:
        return type_id(value) if field.related_model is ContentType else value
    if isinstance(field, StreamField):
        return field.to_python(json.dumps(value))
    return field.to_python(value)


def type_name(id_: int) -> str:
    found = ContentType.objects.get_for_id(id_)
    return f"{found.app_label}.{found.model}"


def type_id(name: str) -> int:
    return int(ContentType.objects.get_for_model(model_of(name)).pk)


def _with_names(content: Values) -> Values:
    if isinstance(content.get("content_type"), int):
        return {**content, "content_type": type_name(content["content_type"])}
    return content


def _with_ids(content: Values) -> Values:
    if isinstance(content.get("content_type"), str):
        return {**content, "content_type": type_id(content["content_type"])}
    return content


def reset_sequences(labels: Iterable[str]) -> None:
    """Where ids come from a sequence, the next one is beyond those that were inserted."""
    from django.core.management.color import no_style  # noqa: PLC0415 - slow import

    with connection.cursor() as cursor:
        models = [model_of(label) for label in labels]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
