"""What people read of a medical review: the way of a page, of its texts, and of what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.review.overdue import Due
from articles.review.states import PageState, TextState

if TYPE_CHECKING:
    from articles.review.states import ReviewState

type Words = str | Promise

CHANGED_WORDS = _("Changed since the review")

PAGE_WORDS: dict[PageState, Words] = {
    PageState.DRAFT: _("Not sent to review"),
    PageState.IN_REVIEW: _("In medical review"),
    PageState.CHANGES: _("Changes asked for"),
    PageState.APPROVED: _("Approved"),
}
# An icon beside the words: a state is never told by colour alone.
PAGE_ICONS = {
    PageState.DRAFT: "edit",
    PageState.IN_REVIEW: "time",
    PageState.CHANGES: "comment",
    PageState.APPROVED: "success",
}
TEXT_WORDS: dict[TextState, Words] = {
    TextState.APPROVED: _("As reviewed"),
    TextState.CHANGED: CHANGED_WORDS,
    TextState.NEW: _("New"),
    TextState.REMOVED: _("Taken out"),
}
DUE_WORDS: dict[Due, Words] = {
    Due.UNREVIEWED: _("Not reviewed"),
    Due.OVERDUE: _("Review overdue"),
    Due.SOON: _("Due within 30 days"),
    Due.IN_TIME: _("Reviewed"),
}


def page_words(state: ReviewState) -> Words:
    """The way of a page in one or two words: a change of what was approved says so."""
    if state.page is PageState.DRAFT and state.approval is not None:
        return CHANGED_WORDS
    return PAGE_WORDS[state.page]
