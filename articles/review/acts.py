"""The acts of the medical review: sending a page, reviewing the whole of it, asking for changes.

Each is about the newest draft as it was shown, is one transaction, and writes a row for good. None
of them publishes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.choices import ReviewAct
from articles.digest import field_digest
from articles.models import Review
from articles.review.dates import date_live_page, default_due
from articles.review.pages import kind_of, reviewed_page, state_of
from articles.review.reviewers import NotReviewableError, reviewing_person, reviews
from articles.review.states import PageState
from articles.review.texts import clinical_texts
from clinics.account_names import name_of
from clinics.credentials import credential_problem
from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import Person

LOG_ACTIONS = {act: f"articles.review.{act.lower()}" for act in ReviewAct.values}
COMMENT_LENGTH = 1000


class NewerTextError(NotReviewableError):
    """Somebody saved after the text was looked at."""


@transaction.atomic
def send_to_review(page: Any, *, user: AbstractUser | None, comment: str = "") -> Review:
    """The newest draft waits for a reviewer from now on. Code sends as nobody.

    Raises PermissionDenied for whoever may not edit the page, and NotReviewableError with the
    reason.
    """
    row, draft = _newest(page)
    if user is not None and not row.permissions_for_user(user).can_edit():
        raise PermissionDenied
    state = state_of(draft)
    if state.page is PageState.IN_REVIEW:
        raise NotReviewableError(_("It waits for a medical reviewer already."))
    if state.is_approved:
        raise NotReviewableError(_("Nothing to review: exactly this text is approved."))
    return _record(draft, ReviewAct.SENT, user=user, comment=_short(comment))


@transaction.atomic
def review_whole_page(
    page: Any, *, seen: str, user: AbstractUser, due: date | None = None, comment: str = ""
) -> Review:
    """ "I reviewed the whole page": the one act that moves the date of a review (T-03).

    `seen` is `seen_of` the text that was shown. Raises PermissionDenied for whoever is no reviewer
    of the library, NotReviewableError with the reason, and NewerTextError.
    """
    row, draft = _newest(page)
    if not reviews(user, row):
        raise PermissionDenied
    today = timezone.localdate()
    person = reviewing_person(user, today)
    _refuse_newer(draft, seen)
    return record_approval(draft, person, due=due, user=user, comment=comment)


@transaction.atomic
def ask_for_changes(page: Any, *, seen: str, user: AbstractUser, comment: str) -> Review:
    """The draft goes back to its authors with a comment; what is live stays. Raises as above."""
    row, draft = _newest(page)
    if not reviews(user, row):
        raise PermissionDenied
    if not comment.strip():
        raise NotReviewableError(_("Say in the comment what has to be changed."))
    _refuse_newer(draft, seen)
    return _record(draft, ReviewAct.CHANGES, user=user, comment=_short(comment))


def record_approval(
    draft: Any,
    person: Person,
    *,
    due: date | None = None,
    user: AbstractUser | None = None,
    comment: str = "",
) -> Review:
    """Write down that the person has reviewed the page as `draft` has it.

    For the act above, and for bringing in reviews of another system, which have no user. Raises
    NotReviewableError for a person without a license that is verified and in force.
    """
    today = timezone.localdate()
    problem = credential_problem(person, today)
    if problem:
        raise NotReviewableError(problem)
    latest = default_due(kind_of(draft), today)
    if due is not None and not today < due <= latest:
        text = _("The next review is due on a day after today, and on %(day)s at the latest.")
        raise NotReviewableError(text % {"day": date_format(latest, "DATE_FORMAT")})
    review = _record(
        draft,
        ReviewAct.APPROVED,
        user=user,
        comment=_short(comment),
        person=person,
        person_name=str(person),
        license=person.license_words,
        reviewed_date=today,
        due_date=due or latest,
    )
    date_live_page(draft)
    return review


def seen_of(draft: Any) -> str:
    """Names the clinical text that a reviewer is shown."""
    return field_digest([f"{text.key} {text.digest}" for text in clinical_texts(draft)])


def _newest(page: Any) -> tuple[Any, Any]:
    """The page and its newest draft, which nobody else writes meanwhile."""
    lock_page(page.pk)
    row = reviewed_page(page.pk)
    return row, row.get_latest_revision_as_object()


def _refuse_newer(draft: Any, seen: str) -> None:
    if seen != seen_of(draft):
        text = _("Nothing was noted: the text was saved again meanwhile. Here it is; look again.")
        raise NewerTextError(text)


def _record(draft: Any, act: ReviewAct, *, user: AbstractUser | None, **fields: Any) -> Review:
    review = Review.objects.create(
        page_id=draft.pk,
        act=act,
        texts=[text.stored() for text in clinical_texts(draft)],
        user=user,
        user_name=name_of(user) or "",
        **fields,
    )
    log(instance=draft, action=LOG_ACTIONS[act], user=user, data={"comment": review.comment})
    return review


def _short(comment: str) -> str:
    text = comment.strip()
    if len(text) > COMMENT_LENGTH:
        message = _("The comment has at most %(count)s characters: shorten it.")
        raise NotReviewableError(message % {"count": COMMENT_LENGTH})
    return text
