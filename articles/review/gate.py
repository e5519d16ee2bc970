"""What of the medical review stands in the way of publishing: a page in, problems out (T-01, T-04).

Shown where an article is about to be published and met by every publish, but no error of the
editor's form: a draft has to be saved before anybody can review it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.models import LocalVersionPage
from articles.review.pages import is_gated, state_of
from articles.review.states import PageState, ReviewState, TextState
from articles.review.texts import clinical_texts
from articles.stream import raw_stream
from clinics.publish_guard import Problem

MOST_NAMES = 5


def review_problems(page: Any) -> Iterator[Problem]:
    """Nothing for a page that takes its article off the site, or whose pages say that nobody has
    reviewed it yet.
    """
    if not is_gated(page):
        return
    is_local = isinstance(page, LocalVersionPage)
    if (is_local and page.hides_article) or may_stay_unreviewed(page):
        return
    state = state_of(page)
    if not is_local:
        yield from _who_stands_for_it(page)
    if not state.is_approved:
        yield Problem(_("Medical review"), _not_approved(page, state))


def may_stay_unreviewed(page: Any) -> bool:
    """Marked as not reviewed, and no page that patients have as a reviewed one."""
    if not getattr(page, "is_unreviewed", False):
        return False
    live = type(page).objects.live().filter(pk=page.pk, is_unreviewed=False)
    return not live.exists()


def has_source(page: Any) -> bool:
    """Whether an article names at least one source."""
    return any(
        any(each.get("value") for each in section["value"].get("sources") or [])
        for section in raw_stream(page.body)
        if section["type"] == "sources"
    )


def _who_stands_for_it(page: Any) -> Iterator[Problem]:
    if page.author_id is None:
        yield Problem(_("Author"), _("Nobody is named who wrote it: choose an author."))
    if not has_source(page):
        message = _("The article names no source: add a section “Sources” with at least one.")
        yield Problem(_("Sources"), message)


def _not_approved(page: Any, state: ReviewState) -> str:
    """The reason with the texts it is about, and what to do now."""
    names = ", ".join(f"“{name}”" for name in unapproved_names(page, state))
    if state.approval is None:
        reason = _("no medical reviewer has approved this text yet")
    elif names:
        reason = _("changed since the review: %(names)s") % {"names": names}
    else:
        reason = _("these texts were never reviewed together")
    return f"{reason}. {_REMEDIES[state.page]()}"


def unapproved_names(page: Any, state: ReviewState) -> list[str]:
    """What is new, changed or gone since the last approval, the first few of it."""
    names = {text.key: text.name for text in clinical_texts(page)}
    gone = {each["key"]: each["name"] for each in (state.approval.texts if state.approval else [])}
    found = [
        names.get(key) or gone.get(key, "")
        for key, each in state.texts.items()
        if each is not TextState.APPROVED
    ]
    shown = found[:MOST_NAMES]
    return [*shown, "…"] if len(found) > MOST_NAMES else shown


def _send() -> str:
    return _("Send the page to medical review; it can be published once that is done.")


def _wait() -> str:
    return _("It waits for a medical reviewer; it can be published once that is done.")


def _correct() -> str:
    return _("The reviewer asked for changes: make them, then send the page to review again.")


_REMEDIES = {PageState.DRAFT: _send, PageState.IN_REVIEW: _wait, PageState.CHANGES: _correct}
