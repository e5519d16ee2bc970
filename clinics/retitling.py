"""Changes what a page is called, everywhere at once: live text, what is scheduled, and the draft.

It is no publishing: nobody's draft goes live by it, no schedule and no approval is lost. Whoever
has the page open is told when they save, since its revision is a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.models import TaskState

from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page, Revision


@transaction.atomic
def change_everywhere(
    page: Page, change: Callable[[Any], None], *, user: AbstractUser | None
) -> None:
    """`change` gets the page as it is live, as it is scheduled and as it is drafted, in turn.

    It is not asked whether the rest of the page is right: whoever drafted it will be.
    """
    lock_page(page.pk)
    row = type(page)._default_manager.get(pk=page.pk)
    draft = row.latest_revision if row.latest_revision_id != row.live_revision_id else None
    scheduled = row.revisions.filter(approved_go_live_at__isnull=False).order_by("-pk").first()
    change(row)
    row.save(clean=False)
    if row.live:
        row.live_revision = row.save_revision(user=user, changed=False, clean=False)
        row.save(update_fields=["live_revision"])
    for revision in (scheduled, draft if draft != scheduled else None):
        if revision is not None:
            _write_again(revision, change)


def _write_again(revision: Revision, change: Callable[[Any], None]) -> None:
    """The same draft of the same person as a new revision, in whatever the old one was in."""
    page = revision.as_object()
    change(page)
    again = page.save_revision(
        user=revision.user, approved_go_live_at=revision.approved_go_live_at, clean=False
    )
    steps = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_IN_PROGRESS)
    steps.update(revision=again)
    if revision.approved_go_live_at:
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
