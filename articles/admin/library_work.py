"""What is to be done in the library: articles to review, drafts to publish, titles to give.

Whoever writes or reviews the library sees it, everybody else gets a 404.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView

from articles.models import ArticlePage
from articles.publishing import TITLE_NEEDED
from clinics.choices import Role
from clinics.roles.policy import memberships_of
from clinics.roles.table import ROLE_TABLE
from clinics.tokens import readable
from clinics.tree_paths import below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest, HttpResponse

REVIEW_AHEAD = timedelta(days=30)
_LIBRARY = "articles.ArticleLibraryPage"


class Work(StrEnum):
    """What is kept by ?what=, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    TITLES = "titles"
    DRAFTS = "drafts"


WORK_WORDS: dict[Work, str | Promise] = {
    Work.OVERDUE: _("Past their review date"),
    Work.SOON: _("To be reviewed within 30 days"),
    Work.TITLES: _("Imported drafts without a title"),
    Work.DRAFTS: _("Drafts that are not published"),
}


def articles_looked_after(user: AbstractUser) -> QuerySet[ArticlePage]:
    """The shared articles that the user writes or reviews."""
    if user.is_active and user.is_superuser:
        return ArticlePage.objects.all()
    libraries = [
        membership.page.path
        for membership in memberships_of(user)
        if ROLE_TABLE[Role(membership.role)].page_type == _LIBRARY
    ]
    return ArticlePage.objects.filter(below(libraries))


def work_of(user: AbstractUser, work: Work) -> QuerySet[ArticlePage]:
    """The articles with this to do, the oldest first."""
    articles, today = articles_looked_after(user), timezone.localdate()
    match work:
        case Work.OVERDUE:
            found = articles.live().filter(review_due_date__lt=today)
            return found.order_by("review_due_date", "title")
        case Work.SOON:
            ahead = (today, today + REVIEW_AHEAD)
            found = articles.live().filter(review_due_date__range=ahead)
            return found.order_by("review_due_date", "title")
        case Work.TITLES:
            return articles.filter(title__startswith=TITLE_NEEDED).order_by("title")
        case Work.DRAFTS:
            found = articles.filter(has_unpublished_changes=True)
            found = found.exclude(title__startswith=TITLE_NEEDED)
            return found.order_by("latest_revision_created_at", "title")


class LibraryWork(BaseListingView):
    """The list of one kind of work; without ?what= of the most urgent."""

    http_method_names = ["get", "head", "options"]
    page_title = _("To do in the library")
    header_icon = "openquote"
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    index_url_name = "articles_library_work"
    index_results_url_name = "articles_library_work_results"
    default_ordering: list[str] = []
    paginate_by = 50
    verbose_name_plural = _("articles")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        types = {ROLE_TABLE[Role(m.role)].page_type for m in memberships_of(user)}
        if not (user.is_superuser or _LIBRARY in types):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def work(self) -> Work:
        asked = self.request.GET.get("what", "")
        return Work(asked) if asked in list(Work) else Work.OVERDUE

    def get_page_subtitle(self) -> str:
        return str(WORK_WORDS[self.work])

    def get_base_queryset(self) -> QuerySet[ArticlePage]:
        return work_of(self.request.user, self.work).defer("body")

    def order_queryset(self, queryset: QuerySet[ArticlePage]) -> QuerySet[ArticlePage]:
        return queryset

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            TitleColumn(
                "title",
                label=_("Article"),
                accessor=lambda article: readable(article.draft_title or article.title),
                get_url=lambda article: reverse("wagtailadmin_pages:edit", args=[article.pk]),
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("due", label=_("Review due"), accessor="review_due_date"),
            DateColumn("saved", label=_("Last saved"), accessor="latest_revision_created_at"),
        ]
