"""The page editor of Wagtail, in which the second of two people loses nothing and hears of it.

A save from an outdated form publishes nothing: its text becomes a draft, and the page that follows
shows both texts. Autosave is refused instead, which leaves the text in the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from clinics.account_names import name_of
from clinics.admin.comment_letters import CommentLetters
from clinics.gate.page_lists import OwnPageFilters, PagesOfType
from clinics.save_conflicts import is_outdated, lock_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision

# What would publish, and what would write over a revision that is not the latest any more.
_HELD_BACK = (
    "action-publish",
    "action-submit",
    "action-restart-workflow",
    "action-workflow-action",
    "overwrite_revision_id",
)


class OneAfterAnother:
    """Mixed into the views that save a page's form. `outdated_by` is what the form did not know."""

    outdated_by: Revision | None = None

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Of two saves at once, the second reads what the first has written."""
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            lock_page(page_id)
            try:
                return super().dispatch(request, page_id, **kwargs)
            except ValidationError as error:
                # A refused publish keeps the draft that was saved before it.
                refused = error
        raise refused

    @cached_property
    def is_out_of_date(self) -> bool:
        return is_outdated(self.request.POST, self.latest_revision)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_out_of_date and not self.expects_json_response:
            self.outdated_by = self.latest_revision
            self._opened_on = _base_of(request)
            posted = request.POST.copy()
            for name in _HELD_BACK:
                posted.pop(name, None)
            request.POST = posted
        return super().post(request, *args, **kwargs)

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> Any:
        """A hook that stops a publish leaves a saved draft, whose comments somebody waits for."""
        response = super().run_hook(hook_name, *args, **kwargs)
        is_stopped = response and hook_name == "before_publish_page"
        if is_stopped and self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, self.page.get_latest_revision())
            self.send_commenting_notifications(changes)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.outdated_by is not None:
            text = _(
                "%(author)s saved “%(page)s” after you opened it. Nothing of yours is saved yet: "
                "correct what is marked and save, then you see both texts."
            )
            messages.warning(self.request, text % self._words())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A form that is shown again still is the one that was opened before the other's save."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.outdated_by is not None:
            self.page.latest_revision_id, context["loaded_revision_created_at"] = self._opened_on
        return context

    def add_save_confirmation_message(self) -> None:
        if self.outdated_by is None:
            super().add_save_confirmation_message()

    def redirect_and_remain(self) -> HttpResponse:
        if self.outdated_by is None:
            return super().redirect_and_remain()
        ids = [self.page.pk, self.outdated_by.pk, self.page.latest_revision_id]
        return redirect("clinics_two_texts", *ids)

    def _words(self) -> dict[str, str]:
        page = self.page.get_admin_display_title()
        return {"author": author_of(self.outdated_by), "page": page}


class PageEditView(CommentLetters, OneAfterAnother, EditView):
    """The editor of every type of page."""


class PageRevertView(CommentLetters, OneAfterAnother, RevisionsRevertView):
    """An earlier revision in the editor, to be saved as the newest."""


class PagesViewSet(PageViewSet):
    """Every type of page. Stands before Wagtail's own, which is registered with order -1."""

    model = Page
    filterset_class = OwnPageFilters
    content_type_use_view_class = PagesOfType
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView


def author_of(revision: Revision) -> str:
    """Who wrote it, by name."""
    return name_of(revision.user) or _("Somebody")


def _base_of(request: HttpRequest) -> tuple[str, str]:
    """The revision that the form was opened on, or last wrote, and its moment."""
    posted = request.POST
    revision = posted.get("overwrite_revision_id") or posted.get("loaded_revision_id", "")
    return revision, posted.get("loaded_revision_created_at", "")
