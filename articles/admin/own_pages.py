"""The pages of a clinic's site besides its articles: home, locations, about, costs and notices.

The last tab of My pages: what each page is, whether patients see it, and whether a draft waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.admin.my_articles import ArticlesScreen
from articles.admin.my_articles_filter import DRAFT
from articles.models import ArticleMountPage
from clinics.account_names import name_of
from clinics.choices import ClinicStatus
from clinics.models import ClinicPage, LocalPage, LocationIndexPage, LocationPage
from clinics.resolve import clinic_of
from clinics.roles.page_rights import may_change_at

_TYPES = (ClinicPage, LocationIndexPage, LocationPage, LocalPage, ArticleMountPage)


@dataclass(frozen=True)
class OwnPageRow:
    """A page. `live_url` and `edit_url` are "" where there is none for this user."""

    title: str
    kind: str
    depth: int
    is_live: bool
    is_draft_waiting: bool
    changed_by: str
    changed_at: datetime | None
    live_url: str
    edit_url: str


def own_pages(clinic: ClinicPage) -> QuerySet[Page]:
    """The home page and the pages of the site below it, in the order of the tree."""
    pages = Page.objects.filter(path__startswith=clinic.path).type(*_TYPES)
    return pages.order_by("path")


def with_draft(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Those whose newest text patients do not see yet."""
    return pages.filter(has_unpublished_changes=True)


class OwnPages(ArticlesScreen):
    """The list; ?state=DRAFT keeps pages with a draft."""

    http_method_names = ["get", "head", "options"]
    page_title = _("Pages of the site")
    template_name = "articles/admin/own_pages.html"
    tab = "own_pages"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = own_pages(self.clinic).select_related("content_type", "latest_revision__user")
        pages = pages.defer("latest_revision__content")
        is_filtered = self.request.GET.get("state") == DRAFT
        if is_filtered:
            pages = with_draft(pages)
        may_add = self.may_change(LocalPage)
        add_url = reverse("wagtailadmin_pages:add_subpage", args=[self.clinic.pk])
        return super().get_context_data(
            rows=self.rows(pages),
            is_filtered=is_filtered,
            add_url=add_url if may_add else "",
            **kwargs,
        )

    def rows(self, pages: QuerySet[Page]) -> list[OwnPageRow]:
        is_open = self.clinic.facts.status == ClinicStatus.LIVE
        clinic = clinic_of(self.clinic)
        allowed = {model: self.may_change(model) for model in _TYPES}
        return [self.row(page, clinic.origin if is_open else "", allowed) for page in pages]

    def row(self, page: Page, origin: str, allowed: dict[Any, bool]) -> OwnPageRow:
        model = page.content_type.model_class()
        path = "/" + page.url_path[len(self.clinic.url_path) :]
        user = page.latest_revision.user if page.latest_revision else None
        editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return OwnPageRow(
            title=page.draft_title or page.title,
            kind=str(model._meta.verbose_name),
            depth=page.depth - self.clinic.depth,
            is_live=page.live,
            is_draft_waiting=page.has_unpublished_changes,
            changed_by=name_of(user),
            changed_at=page.latest_revision_created_at,
            live_url=f"{origin}{path}" if origin and page.live else "",
            edit_url=editor if allowed[model] else "",
        )

    def may_change(self, model: type[Page]) -> bool:
        return may_change_at(self.request.user, self.clinic, model)

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]
