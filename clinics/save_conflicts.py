"""No edit is overwritten in silence: who saved since a form was opened, asked under a lock.

Wagtail asks for it only when autosave posts, and it asks, then saves: between the two somebody else
can save. Whatever writes a page's text takes the lock first, then reads what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wagtail.models import Revision


# What to lock of a page that is read as its own type: the row that the editor locks too, and first.
# In another order two writers would wait for each other for ever.
PAGE_ROW = ("page_ptr",)


def lock_page(pk: int) -> None:
    """Nobody else writes this page until the transaction ends. Read it only afterwards.

    The row of the page's own type is not locked: Wagtail writes this row first, and whoever locks
    in another order waits for the other for ever. SQLite locks as a whole, when a transaction
    starts.
    """
    Page.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk").first()


def is_outdated(posted: Mapping[str, str], latest: Revision | None) -> bool:
    """True when the form was opened, or last autosaved, before `latest` was written.

    A form of a page without revisions names none: with one there by now, it is outdated too.
    """
    if latest is None:
        return False
    overwriting = posted.get("overwrite_revision_id")
    if overwriting:
        return overwriting != str(latest.pk)
    if posted.get("loaded_revision_id", "") != str(latest.pk):
        return True
    # Somebody's autosave writes into the revision that it began.
    return posted.get("loaded_revision_created_at", "") != latest.created_at.isoformat()
