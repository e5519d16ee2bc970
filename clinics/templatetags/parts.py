"""`{% part "includes/cta.html" cta=cta look="panel" %}`: an include whose result is kept by value.

A thousand pages of a clinic print the same header, footer and call to action, a thousand clinics
the same section of an article. What such a template prints follows from its values alone, so equal
values need not be rendered twice, and nothing ever has to be made stale: what changes has another
value.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# A few kilobytes each: four for a clinic, and some twenty for an article.
MOST_PARTS = 1_500
# Equal as keys and printed otherwise: text that is safe and text to be escaped; 1, 1.0 and True.
_TOLD_APART = frozenset({SafeString, int, float, bool, Decimal, date, datetime})


@register.simple_tag
def part(template_name: str, /, **values: Any) -> SafeString:
    """The template as a child of nothing: it sees these values only.

    They are texts, numbers, days, and containers and frozen dataclasses of these; in one that is
    hashable no text is marked safe. With anything else it is a plain include: rows of the database
    are equal by their ids, whatever they say.
    """
    try:
        key = tuple((name, _frozen(value)) for name, value in values.items())
    except _CannotBeKept:
        return render_to_string(template_name, values)
    return _rendered(template_name, get_language(), _Values(key, values))


@lru_cache(maxsize=MOST_PARTS)
def _rendered(template_name: str, _language: str | None, values: _Values) -> SafeString:
    return render_to_string(template_name, values.values)


class _Values:
    """Values of a part; equal to others of which the same is printed."""

    __slots__ = ("_hash", "key", "values")

    def __init__(self, key: Hashable, values: Mapping[str, Any]) -> None:
        self.key, self.values = key, values
        self._hash = hash(key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Values) and self.key == other.key


class _CannotBeKept(TypeError):
    """Among the values is something that may change behind its id."""


def _frozen(value: Any) -> Hashable:
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind in _TOLD_APART:
        return (kind, value)
    if kind is tuple or kind is list:
        return tuple([_frozen(each) for each in value])
    if kind is dict:
        return tuple([(name, _frozen(each)) for name, each in value.items()])
    if is_dataclass(value) and kind is not type:
        return _frozen_dataclass(value)
    raise _CannotBeKept


def _frozen_dataclass(value: Any) -> Hashable:
    try:
        hash(value)
    except TypeError:
        names = (field.name for field in fields(value))
        return (type(value), *(_frozen(getattr(value, name)) for name in names))
    found: Hashable = value
    return found
