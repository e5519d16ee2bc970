"""`{% part "includes/cta.html" cta=cta look="panel" %}`: an include whose result is kept by value.

A thousand pages of a clinic print the same header, footer and call to action. What such a template
prints follows from its values alone, so equal values need not be rendered twice, and nothing ever
has to be made stale: what changes has another value.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

# A few kilobytes each, four for a clinic.
MOST_PARTS = 500


@register.simple_tag
def part(template_name: str, /, **values: Hashable) -> SafeString:
    """The template as a child of nothing: it sees these values only, which have to be hashable.

    Texts among them are plain. A text that is marked safe equals the same text that is not, so one
    could be printed for the other: pages with such texts use `include`.
    """
    return _rendered(template_name, get_language(), tuple(values.items()))


@lru_cache(maxsize=MOST_PARTS)
def _rendered(
    template_name: str, _language: str | None, values: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return render_to_string(template_name, dict(values))
