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
from articles.models import ArticlePage, LocalVersionPage, Review
from articles.review.pages import state_of
from clinics.edge.changes import bump
from clinics.edge.touching import of_page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from wagtail.models import Revision


def default_due(kind: str, day: date) -> date:
    """When an article of this kind that was reviewed on this day is due again (T-05)."""
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

    A text that nobody approved leaves the dates where they are (T-03). Without any approval on
    record the revision stays as it is.
    """
    approvals = list(_approvals(revision.object_id))
    if not approvals:
        return
    page = revision.as_object()
    state = state_of(page, approvals)
    _write(revision, _fields(state.approval) if state.is_approved else _dates_of_live(page))


def date_live_page(page: Any) -> bool:
    """What patients read says of its review what the record says; True when it said otherwise.

    Writes no release: not a word of the text is another.
    """
    row = type(page).objects.select_related("live_revision").get(pk=page.pk)
    if not (row.live and row.live_revision_id) or isinstance(row, LocalVersionPage):
        return False
    state = state_of(row.live_revision.as_object(), list(_approvals(row.pk)))
    if not state.is_approved:
        return False
    found = _fields(state.approval)
    if all(_stored(row, name) == value for name, value in found.items()):
        return False
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


def _approvals(page: Any) -> QuerySet[Review]:
    return Review.objects.filter(page=page, act=ReviewAct.APPROVED)


def _fields(approval: Review) -> dict[str, Any]:
    """What a page keeps of an approval, as a revision stores it."""
    found: dict[str, Any] = {
        "reviewed_date": _day(approval.reviewed_date),
        "review_due_date": _day(approval.due_date),
        "is_unreviewed": False,
    }
    if approval.person_id:
        found["reviewer"] = approval.person_id
    return found


def _dates_of_live(page: Any) -> dict[str, Any]:
    row = type(page).objects.live().filter(pk=page.pk).first()
    names = ("reviewed_date", "review_due_date")
    return {name: _stored(row, name) for name in names} if row else {}


def _stored(row: Any, name: str) -> Any:
    value = getattr(row, row._meta.get_field(name).attname)
    return _day(value) if isinstance(value, date) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write(revision: Revision, found: Mapping[str, Any]) -> None:
    if any(revision.content.get(name) != value for name, value in found.items()):
        revision.content = {**revision.content, **found}
        # Not `save`, which would make it the page's latest.
        type(revision).objects.filter(pk=revision.pk).update(content=revision.content)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return day.replace(year=day.year + year, month=month + 1, day=min(day.day, last))
