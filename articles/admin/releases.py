"""The releases of a shared article: who shows which, give one to everybody, undo the newest.

Whoever may not edit the article gets a 404. Acts are POSTs to `articles.release_acts`, which asks
for the right to publish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import Button

from articles.admin.releases_rows import release_rows
from articles.models import ArticlePage, ArticleRelease
from articles.release_acts import (
    ReleaseActError,
    give_to_everyone,
    previous_to_undo,
    undo_release,
)
from articles.release_changes import text_changes
from articles.release_reach import sites_without
from clinics.tokens import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

RELEASES_A_PAGE = 30


def releases_button(
    page: Page, user: AbstractUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Hook `register_page_header_buttons`: beside the history of a shared article."""
    article = page.specific_deferred
    if isinstance(article, ArticlePage) and article.permissions_for_user(user).can_edit():
        url = reverse("articles_releases", args=[page.pk])
        yield Button(_("Releases"), url, icon_name="history", priority=64)


class ReleasesScreen(WagtailAdminTemplateMixin, TemplateView):
    """What the list and the confirmation have in common."""

    http_method_names = ["get", "head", "options", "post"]
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.article = get_object_or_404(ArticlePage, pk=kwargs["article_id"])
        permissions = self.article.permissions_for_user(request.user)
        if not permissions.can_edit():
            raise Http404
        self.may_publish = permissions.can_publish()

    @cached_property
    def title(self) -> str:
        return readable(self.article.title)

    def get_page_subtitle(self) -> str:
        return self.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.article.pk]),
                "label": self.title,
            },
            {"url": self.url, "label": _("Releases")},
        ]

    @property
    def url(self) -> str:
        return reverse("articles_releases", args=[self.article.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            article=self.article, title=self.title, may_publish=self.may_publish, **kwargs
        )


class ArticleReleases(ReleasesScreen):
    """The list, the newest first."""

    page_title = gettext_lazy("Releases")
    template_name = "articles/admin/releases.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = WagtailPaginator(release_rows(self.article), RELEASES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give one to everybody."""
        number = request.POST.get("release", "")
        # Longer numbers fit in no column.
        pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
        release = get_object_or_404(ArticleRelease, article=self.article, pk=pk)
        try:
            give_to_everyone(release, user=request.user)
        except ReleaseActError as error:
            messages.error(request, str(error))
        else:
            text = _("Release %(number)s is with every clinic now.")
            messages.success(request, text % {"number": release.number})
        return redirect(self.url)


class UndoRelease(ReleasesScreen):
    """GET says which sites change back, and to what; POST does it."""

    page_title = gettext_lazy("Undo a release")
    template_name = "articles/admin/release_undo.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.may_publish:
            raise Http404
        releases = self.article.releases.select_related("revision")
        self.release = get_object_or_404(releases, pk=kwargs["release"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.previous = previous_to_undo(self.article, self.release)
        except ReleaseActError as error:
            messages.error(request, str(error))
            return redirect(self.url)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            previous = undo_release(self.release, user=request.user)
        except ReleaseActError as error:
            messages.error(request, str(error))
        else:
            text = _(
                "Release %(number)s is undone: release %(previous)s is the newest again. The text "
                "that was undone is a draft."
            )
            words = {"number": self.release.number, "previous": previous.number}
            messages.success(request, text % words)
        return redirect(self.url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sites = sites_without(self.article, self.release)
        now, before = self.release.revision.content, self.previous.revision.content
        kwargs.pop("release")  # its number, from the address
        return super().get_context_data(
            **kwargs,
            release=self.release,
            previous=self.previous,
            changing=[site for site in sites if site.changes],
            staying=[site for site in sites if not site.changes],
            changes=text_changes(now, before),
            address_before=before["slug"] if before["slug"] != now["slug"] else "",
            scheduled=self._scheduled(),
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        label = _("Undo release %(number)s") % {"number": self.release.number}
        return [*super().get_breadcrumbs_items(), {"url": "", "label": label}]

    def _scheduled(self) -> Any:
        scheduled = self.article.revisions.exclude(approved_go_live_at=None)
        return scheduled.values_list("approved_go_live_at", flat=True).first()
