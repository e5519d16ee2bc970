"""The dates of a review: how long one holds, and what a page keeps of the one that covers it.

Only an approval of exactly the page's text moves its dates (T-03): a publish takes them over from
it, whatever the draft said.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from articles.choices import ArticleKind, ReviewAct
from articles.models import ArticlePage, Review
from articles.review.pages import state_of
from clinics.edge.changes import bump
from clinics.edge.touching import of_page

if TYPE_CHECKING:
    from wagtail.models import Revision


def default_due(kind: str, day: date) -> date:
    """When an article of this kind that was reviewed on this day has to be reviewed again (T-05)."""
    is_treatment = kind == ArticleKind.TREATMENT
    name = "ARTICLES_REVIEW_MONTHS_OF_TREATMENTS" if is_treatment else "ARTICLES_REVIEW_MONTHS"
    return _months_later(day, getattr(settings, name))


def left_out_from(due: date | None) -> datetime | None:
    """From when on search engines leave a page out whose review was due then; None for never."""
    days = settings.ARTICLES_NOINDEX_OVERDUE_DAYS
    if due is None or days is None:
        return None
    return timezone.make_aware(datetime.combine(due + timedelta(days=days + 1), time.min))


def date_revision(revision: Revision) -> None:
    """Before a publish: the revision says of its review what the record says.

    Without any approval on record it stays as it is.
    """
    approvals = Review.objects.filter(page=revision.object_id, act=ReviewAct.APPROVED)
    acts = list(approvals)
    if not acts:
        return
    page = revision.as_object()
    state = state_of(page, acts)
    is_unreviewed = page.is_unreviewed and not state.is_approved
    found = _fields(state.approval or acts[0], is_unreviewed=is_unreviewed)
    _write(revision, found)


def date_live_page(page: Any, approval: Review) -> bool:
    """After an approval: what patients read says so at once when it is exactly what was approved.

    Writes no release: not a word of the text is another. True when the page was dated.
    """
    row = type(page).objects.get(pk=page.pk)
    if not (row.live and row.live_revision_id and hasattr(row, "reviewed_date")):
        return False
    live = row.live_revision.as_object()
    if not state_of(live, [approval]).is_approved:
        return False
    found = _fields(approval, is_unreviewed=False)
    _write(row.live_revision, found)
    # Not `save`: nothing was published, and no release is written.
    type(row).objects.filter(pk=row.pk).update(**found)
    bump(*({f"a:{row.pk}", "rel"} if isinstance(row, ArticlePage) else of_page(row)))
    return True


def mark_unreviewed(revision: Revision) -> None:
    """Once it is published, its pages say that nobody has reviewed it, and no search engine lists
    them, until a text of it is published that somebody has.
    """
    _write(revision, {"is_unreviewed": True})


def _fields(approval: Review, *, is_unreviewed: bool) -> dict[str, Any]:
    """As a revision stores them."""
    found: dict[str, Any] = {
        "reviewed_date": approval.reviewed_date.isoformat() if approval.reviewed_date else None,
        "review_due_date": approval.due_date.isoformat() if approval.due_date else None,
        "is_unreviewed": is_unreviewed,
    }
    if approval.person_id:
        found["reviewer"] = approval.person_id
    return found


def _write(revision: Revision, found: Mapping[str, Any]) -> None:
    if any(revision.content.get(name) != value for name, value in found.items()):
        revision.content = {**revision.content, **found}
        # Not `save`, which would make it the page's latest.
        type(revision).objects.filter(pk=revision.pk).update(content=revision.content)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, last))
