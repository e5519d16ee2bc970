"""Paths in Wagtail's trees of pages and of collections: what lies above a place, and below it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from wagtail.models import Page

# Of pages and of collections alike: how many characters of a path are one step down.
STEP = Page.steplen
NOWHERE = Q(pk__in=[])


def below(paths: Iterable[str], field: str = "path") -> Q:
    """What lies at or below one of these places; nothing without a place."""
    found = NOWHERE
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def above(path: str) -> list[str]:
    """The places above this one, from the root on; none for a place that is not in the tree yet."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def at_or_above(path: str) -> list[str]:
    """Those and the place itself."""
    return [*above(path), path] if path else []
