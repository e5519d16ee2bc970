"""What a browser would send for a form that nobody touched."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


def typed_values(form: Any) -> QueryDict:
    """The values that the form shows; a dict of more values may be merged in with `|`."""
    sent = MergeableQuery("", mutable=True)
    for part in _parts(form):
        for field in part:
            _add(sent, field)
    return sent


class MergeableQuery(QueryDict):
    def __or__(self, more: dict[str, Any]) -> QueryDict:
        merged = self.copy()
        for name, value in more.items():
            merged.setlist(name, value if isinstance(value, list) else [value])
        return merged


def _parts(form: Any) -> list[Any]:
    special = getattr(form, "special", None)
    return [form, special.management_form, *special.forms] if special else [form]


def _add(sent: MultiValueDict, field: forms.BoundField) -> None:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        if value:
            sent[field.html_name] = "on"
    elif isinstance(value, list) and isinstance(field.field, forms.ModelMultipleChoiceField):
        sent.setlist(field.html_name, [str(getattr(row, "pk", row)) for row in value])
    elif isinstance(field.field, forms.MultipleChoiceField):
        sent.setlist(field.html_name, value or [])
    else:
        sent[field.html_name] = "" if value is None else str(value)
