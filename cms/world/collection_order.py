"""Puts collections in the order of their names, as the tree keeps them that Wagtail makes.

A tree of other order breaks the next one that Wagtail adds: it looks for a place by name.
"""

from __future__ import annotations

from django.db import connection
from wagtail.models import Collection


def sort_collections() -> None:
    """New paths for the collections at the top, and all below them."""
    root = Collection.get_first_root_node()
    top, step = root.depth + 1, root.steplen
    new_starts = {
        path: str(Collection._get_path(root.path, top, place))
        for place, path in enumerate(
            Collection.objects.filter(depth=top).order_by("name", "path").values_list(
                "path", flat=True
            ),
            start=1,
        )
    }  # fmt: skip
    length = step * top
    moved = [
        (new_starts[path[:length]] + path[length:], pk)
        for pk, path in Collection.objects.filter(depth__gte=top).values_list("pk", "path")
        if new_starts[path[:length]] != path[:length]
    ]
    table = connection.ops.quote_name(Collection._meta.db_table)
    update = f"UPDATE {table} SET path = %s WHERE id = %s"  # noqa: S608 - a table of Wagtail's
    with connection.cursor() as cursor:
        # Out of the way first: no two may have one path at any moment.
        cursor.executemany(update, [(f"~{pk}", pk) for _path, pk in moved])
        cursor.executemany(update, moved)
