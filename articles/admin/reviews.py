"""Medical reviews that wait: for whoever reviews or writes shared articles; a 404 for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.library_reach import library_articles, writes_library
from articles.admin.library_work import Work, work_of
from articles.choices import ReviewAct
from articles.models import ArticlePage, Review
from articles.review.overdue import Due, DueLine, library_lines
from articles.review.queue import last_acts, seen_by_reviewer, with_pages
from articles.review.reviewers import reviewer_problem, reviews_anything
from clinics.admin.screens import Tab

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.http import HttpRequest

PAGES_A_PAGE = 30
_ACTS = {"waiting": ReviewAct.SENT, "changes": ReviewAct.CHANGES}


class ReviewsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_reviews(request.user)


def reviews_menu_item() -> MenuItem:
    """Hook `register_admin_menu_item`."""
    url = reverse("articles_reviews")
    label = gettext_lazy("Medical reviews")
    return ReviewsMenuItem(label, url, name="reviews", icon_name="clipboard-list", order=54)


def sees_reviews(user: AbstractUser) -> bool:
    """True for whoever reviews or writes a library. Reads no pages."""
    return reviews_anything(user) or writes_library(user)


def acts_seen_by(user: AbstractUser, act: str) -> QuerySet[Review]:
    """What has this as its last act: of a reviewer's libraries, or a writer's own articles."""
    if user.is_superuser or reviews_anything(user):
        return seen_by_reviewer(user, act)
    return last_acts(act).filter(page__in=library_articles(user).values("pk"))


class MedicalReviews(WagtailAdminTemplateMixin, TemplateView):
    """What waits for a reviewer, what went back to its authors, and what is due."""

    http_method_names = ["get", "head", "options"]
    header_icon = "clipboard-list"
    page_title = gettext_lazy("Medical reviews")
    template_name = "articles/admin/reviews.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not sees_reviews(request.user):
            raise Http404

    @cached_property
    def what(self) -> str:
        asked = self.request.GET.get("what", "")
        return asked if asked in {*_ACTS, "due"} else "waiting"

    @cached_property
    def tabs(self) -> list[Tab]:
        url = reverse("articles_reviews")
        labels = {
            "waiting": _("Waiting for review"),
            "changes": _("Changes asked for"),
            "due": _("Due again"),
        }
        return [
            Tab(label, f"{url}?what={name}", name == self.what) for name, label in labels.items()
        ]

    def due_lines(self) -> list[DueLine]:
        """The shared articles that are overdue, or due within 30 days."""
        user = self.request.user
        pks = {pk for work in (Work.OVERDUE, Work.SOON) for pk in _ids(work_of(user, work))}
        articles = ArticlePage.objects.filter(pk__in=pks).select_related("reviewer").defer("body")
        lines = library_lines(articles, timezone.localdate())
        return [line for line in lines if line.due in {Due.OVERDUE, Due.SOON}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        is_due = self.what == "due"
        found: Any = self.due_lines() if is_due else acts_seen_by(user, _ACTS[self.what])
        paginator = WagtailPaginator(found, PAGES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        is_reviewer = reviews_anything(user)
        return super().get_context_data(
            tabs=self.tabs,
            lines=list(page) if is_due else [],
            rows=[] if is_due else with_pages(page),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            problem=reviewer_problem(user, timezone.localdate()) if is_reviewer else "",
            what=self.what,
            **kwargs,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def _ids(articles: QuerySet[ArticlePage]) -> list[int]:
    return list(articles.values_list("pk", flat=True))
