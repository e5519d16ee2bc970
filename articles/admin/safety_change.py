"""A safety change at one clinic: what patients read since, and "I have read it".

Whoever does not reach the clinic gets a 404.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.acknowledging import Receipt, acknowledge, receipts
from articles.admin.library_updates import UpdatesScreen
from articles.models import ArticleRelease
from articles.release_changes import text_changes
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SafetyChange(UpdatesScreen):
    """GET shows the change word by word; POST gives the receipt."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "warning"
    page_title = gettext_lazy("Safety change")
    template_name = "articles/admin/safety_change.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.receipt is None:
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            acknowledge(self.clinic, self.receipt.release, user=request.user)
        except PermissionDenied:
            messages.error(request, _("Only somebody who publishes at this clinic acknowledges."))
        else:
            text = _("Acknowledged: the safety change of “%(title)s”.")
            messages.success(request, text % {"title": readable(self.receipt.article.title)})
        return redirect("my_articles:updates", self.clinic.pk)

    @cached_property
    def receipt(self) -> Receipt | None:
        every = receipts(self.articles, [self.clinic.facts])
        return next((each for each in every if each.release.pk == self.kwargs["release"]), None)

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().own_breadcrumbs(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.receipt.release
        earlier = ArticleRelease.objects.filter(article=release.article_id, pk__lt=release.pk)
        before = earlier.filter(undone_at=None).select_related("revision").first()
        kwargs.pop("release", None)
        return super().get_context_data(
            receipt=self.receipt,
            title=readable(self.receipt.article.title),
            changes=text_changes(
                before.revision.content if before else None, release.revision.content
            ),
            may_accept=self.may_accept,
            back=reverse("my_articles:updates", args=[self.clinic.pk]),
            **kwargs,
        )
