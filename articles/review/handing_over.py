"""The review of a shared article that a clinic gets as its own: it is about the very same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.choices import ReviewAct
from articles.models import Review
from articles.review.pages import state_of
from articles.review.texts import clinical_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.effective import EffectiveArticle
    from articles.models import LocalArticlePage


def hand_over_review(
    effective: EffectiveArticle, page: LocalArticlePage, *, user: AbstractUser | None
) -> Review | None:
    """Patients of the clinic read exactly these words before, reviewed as far as they were.

    None where not all of them were: then nothing is approved by their moving. The older of the two
    dates counts.
    """
    states = [state_of(effective.content)]
    if effective.local_version is not None:
        states.append(state_of(effective.local_version))
    approvals = [state.approval for state in states if state.approval is not None]
    if not approvals or not all(state.is_approved for state in states):
        return None
    oldest: Any = min(approvals, key=lambda each: each.reviewed_date)
    return Review.objects.create(
        page_id=page.pk,
        act=ReviewAct.APPROVED,
        texts=[text.stored() for text in clinical_texts(page)],
        comment=oldest.comment,
        person=oldest.person,
        person_name=oldest.person_name,
        license=oldest.license,
        user=user,
        user_name=oldest.user_name,
        reviewed_date=oldest.reviewed_date,
        due_date=min(each.due_date for each in approvals),
    )
