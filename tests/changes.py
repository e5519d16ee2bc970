"""What a change makes stale: the tags that it writes into the log of changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clinics.models import PurgeOutbox


def newest_change() -> int:
    """The id of the newest row of the log, 0 for none."""
    return PurgeOutbox.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def tags_since(change: int) -> set[str]:
    rows = PurgeOutbox.objects.filter(pk__gt=change).values_list("tags", flat=True)
    return {tag for tags in rows for tag in tags}


@contextmanager
def written_tags() -> Iterator[set[str]]:
    """A set that holds afterwards what was written within."""
    before, tags = newest_change(), set[str]()
    yield tags
    tags |= tags_since(before)
