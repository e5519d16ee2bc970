"""The medical review of one page: what changed since the last one, what was said, and the acts.

For whoever reviews the page's library or may edit the page; a 404 for everybody else. Acts are
POSTs to `articles.review.acts`, about exactly the text that was shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.review_words import PAGE_ICONS, TEXT_WORDS, Words, page_words
from articles.review.acts import (
    COMMENT_LENGTH,
    ask_for_changes,
    review_whole_page,
    seen_of,
    send_to_review,
)
from articles.review.dates import default_due
from articles.review.overdue import due_of
from articles.review.pages import acts_of, kind_of, reviewed_page, state_of
from articles.review.referred import ClinicalText
from articles.review.reviewers import NotReviewableError, reviewer_problem, reviews
from articles.review.states import PageState, ReviewState, TextState
from articles.review.texts import clinical_texts
from articles.word_diff import Change, Run, marked_change
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Review
    from articles.review.pages import Reviewed


@dataclass(frozen=True)
class TextRow:
    """A text beside the last approval, with what is different marked in it."""

    name: str
    state: TextState
    words: Words
    runs: tuple[Run, ...]


class ReviewScreen(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the newest draft; POST sends it, approves it, or asks for changes."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Medical review")
    template_name = "articles/admin/review.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page: Reviewed = reviewed_page(kwargs["page_id"])
        self.may_review = reviews(request.user, self.page)
        self.may_edit = bool(self.page.permissions_for_user(request.user).can_edit())
        if not (self.may_review or self.may_edit):
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            text = self._act(request.POST.get("act", ""))
        except PermissionDenied as error:
            raise Http404 from error
        except NotReviewableError as error:
            return self.render_to_response(self.get_context_data(errors=error.messages))
        messages.success(request, text)
        return redirect("articles_review", self.page.pk)

    def _act(self, act: str) -> str:
        user, posted = self.request.user, self.request.POST
        seen, comment = posted.get("seen", ""), posted.get("comment", "")
        if act == "send":
            send_to_review(self.page, user=user, comment=comment)
            return _("Sent: the medical reviewers find it on their list.")
        if act == "changes":
            ask_for_changes(self.page, seen=seen, user=user, comment=comment)
            return _("Sent back with your comment.")
        if act != "approve":
            raise Http404
        if not posted.get("whole_page"):
            raise NotReviewableError(_("Tick “I reviewed the whole page” when you have."))
        due = _typed_day(posted.get("due", ""))
        review_whole_page(self.page, seen=seen, user=user, due=due, comment=comment)
        return _("Noted: this text is approved, and can be published.")

    @cached_property
    def draft(self) -> Reviewed:
        return self.page.get_latest_revision_as_object()

    @cached_property
    def acts(self) -> list[Review]:
        return list(acts_of(self.page))

    @cached_property
    def state(self) -> ReviewState:
        return state_of(self.draft, self.acts)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("errors", [])
        user, today, state = self.request.user, timezone.localdate(), self.state
        is_open = state.page in {PageState.DRAFT, PageState.CHANGES}
        texts = clinical_texts(self.draft)
        return super().get_context_data(
            reviewed=self.page,
            state=state,
            words=page_words(state),
            icon=PAGE_ICONS[state.page],
            rows=text_rows(texts, state),
            acts=self.acts,
            sent=self.acts[0] if state.page is PageState.IN_REVIEW else None,
            due=due_of(state.approval.due_date, today) if state.approval else "",
            seen=seen_of(self.draft),
            may_send=self.may_edit and is_open and bool(texts),
            may_edit=self.may_edit,
            may_review=self.may_review and bool(texts),
            problem=reviewer_problem(user, today) if self.may_review else "",
            latest_due=default_due(kind_of(self.draft), today),
            comment=self.request.POST.get("comment", ""),
            comment_length=COMMENT_LENGTH,
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.may_review:
            items.append({"url": reverse("articles_reviews"), "label": _("Medical reviews")})
        if self.may_edit:
            url = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
            items.append({"url": url, "label": self.page.get_admin_display_title()})
        return [*items, {"url": "", "label": self.page_title}]


class ReviewDraft(ReviewScreen):
    """The whole newest draft as a patient would see it, what needs no review included."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mode = self.draft.default_preview_mode
        return self.draft.make_preview_request(request, preview_mode=mode)


def _typed_day(typed: str) -> date | None:
    """None for an empty field. Raises NotReviewableError for what is no day."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotReviewableError(_("Write the day of the next review like 2028-11-30.")) from error


def text_rows(texts: tuple[ClinicalText, ...], state: ReviewState) -> list[TextRow]:
    """Every text of the draft in reading order, then those that were taken out."""
    before = {each["key"]: each for each in (state.approval.texts if state.approval else ())}
    after = {text.key: text for text in texts}
    gone = [key for key, each in state.texts.items() if each is TextState.REMOVED]
    return [
        *(_row(state.texts[key], text.name, before.get(key), text) for key, text in after.items()),
        *(_row(TextState.REMOVED, before[key]["name"], before[key], None) for key in gone),
    ]


def _row(
    state: TextState, name: str, before: dict[str, str] | None, after: ClinicalText | None
) -> TextRow:
    then = readable(before["words"]) if before else ""
    now = readable(after.words) if after else ""
    # Without a text to compare with nothing is a change.
    runs = marked_change(then if before else now, now) if after else marked_removal(then)
    return TextRow(readable(name), state, TEXT_WORDS[state], runs)


def marked_removal(words: str) -> tuple[Run, ...]:
    """A text that is gone, all of it."""
    return (Run(Change.REMOVED, words),)
