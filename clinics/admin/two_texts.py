"""After a save from an outdated form: what the other person saved, what you saved, your choice.

Both are revisions already, whatever is chosen: nothing is lost by looking away. Somebody who may
not edit the page gets a 404, as if it were not there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.revisions import RevisionsCompareView
from wagtail.models import Page

from clinics.admin.page_edit import author_of
from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision


class TwoTextsView(RevisionsCompareView):
    """GET compares the revisions `theirs` and `mine`; POST takes theirs, unless a third came."""

    template_name = "clinics/admin/two_texts.html"
    page_title = gettext_lazy("Two people saved this page")

    def setup(
        self, request: HttpRequest, pk: int, theirs: int, mine: int, *args: Any, **kwargs: Any
    ) -> None:
        self.request = request
        super().setup(request, pk, theirs, mine, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Page:
        page = get_object_or_404(Page, pk=self.pk).specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise Http404
        return page

    @cached_property
    def theirs(self) -> Revision:
        return get_object_or_404(self.object.revisions, pk=self.revision_id_a)

    @cached_property
    def mine(self) -> Revision:
        return get_object_or_404(self.object.revisions, pk=self.revision_id_b)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_theirs_live = self.object.live_revision_id == self.theirs.pk
        is_newest = self.object.latest_revision_id == self.mine.pk
        return context | {
            "author": author_of(self.theirs),
            "theirs": self.theirs,
            "mine": self.mine,
            "is_theirs_live": is_theirs_live,
            "is_newest": is_newest,
            "edit_url": self.get_edit_url(),
            "history_url": self.get_history_url(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            lock_page(self.object.pk)
            page = self.get_object()
            if page.latest_revision_id != self.mine.pk:
                text = _("Nothing was done: the page was saved once more. Here is its newest text.")
                messages.error(request, text)
                return redirect(self.get_edit_url())
            self._take_theirs(page)
        text = _("The page has the text of %(author)s again. Yours is kept in its history.")
        messages.success(request, text % {"author": author_of(self.theirs)})
        return redirect(self.get_edit_url())

    def _take_theirs(self, page: Page) -> None:
        draft = self.theirs.as_object()
        draft.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.theirs, clean=False
        )
        if page.live_revision_id == self.theirs.pk:  # what patients read, so nothing is unpublished
            Page.objects.filter(pk=page.pk).update(has_unpublished_changes=False)
