"""What the medical review has to do today, for `clinics.today`: a scope in, items out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from articles.admin.library_reach import writes_library
from articles.admin.reviews import acts_seen_by
from articles.choices import ReviewAct
from articles.review.overdue import overdue_at
from articles.review.queue import of_clinic, seen_by_reviewer
from articles.review.reviewers import reviews_anything
from clinics.today import TodayItem, Urgency

if TYPE_CHECKING:
    from clinics.today import Scope


def library_reviews(scope: Scope) -> Iterator[TodayItem]:
    """What waits for a reviewer, and what one has sent back to the writers of the library."""
    if writes_library(scope.user):
        count = acts_seen_by(scope.user, ReviewAct.CHANGES).count()
        if count:
            words = ngettext(
                "A medical reviewer asked for changes of %(count)d text.",
                "A medical reviewer asked for changes of %(count)d texts.",
                count,
            )
            url = f"{reverse('articles_reviews')}?what=changes"
            yield TodayItem(words % {"count": count}, url, Urgency.WAITS)
    if not reviews_anything(scope.user):
        return
    count = seen_by_reviewer(scope.user, ReviewAct.SENT).count()
    if count:
        words = ngettext(
            "%(count)d text waits for your medical review.",
            "%(count)d texts wait for your medical review.",
            count,
        )
        yield TodayItem(words % {"count": count}, reverse("articles_reviews"), Urgency.WAITS)


def clinic_reviews(scope: Scope) -> Iterator[TodayItem]:
    """What a reviewer has sent back to a clinic, and its own texts whose review is overdue."""
    if scope.clinic is None:
        return
    url = reverse("my_articles:reviews", args=[scope.clinic.pk])
    overdue = overdue_at(scope.clinic, timezone.localdate()).count()
    if overdue:
        words = ngettext(
            "The medical review of %(count)d text of yours is overdue.",
            "The medical reviews of %(count)d texts of yours are overdue.",
            overdue,
        )
        yield TodayItem(words % {"count": overdue}, url, Urgency.DEADLINE)
    returned = list(of_clinic(scope.clinic, ReviewAct.CHANGES).values_list("page_id", flat=True))
    if returned:
        words = ngettext(
            "A medical reviewer asked for changes of %(count)d text of yours.",
            "A medical reviewer asked for changes of %(count)d texts of yours.",
            len(returned),
        )
        at = reverse("articles_review", args=[returned[0]]) if len(returned) == 1 else url
        yield TodayItem(words % {"count": len(returned)}, at, Urgency.WAITS)
