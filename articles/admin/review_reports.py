"""Whose medical review is due: over all clinics with the library, and for one clinic (T-05)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.admin.clinics_reports import ListReport
from articles.admin.my_articles import ArticlesScreen
from articles.admin.my_articles_rows import allowed_articles
from articles.admin.review_words import CHANGED_WORDS, DUE_WORDS
from articles.review.changed import changed_since_review
from articles.review.overdue import DueLine, clinic_lines, library_lines
from articles.review.pages import library_of
from articles.review.reviewers import libraries_reviewed_by
from clinics.admin.spreadsheet import ExportedScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from clinics.models import ClinicFacts

EXPORT_HEADINGS = {
    "article": gettext_lazy("Article"),
    "clinic": gettext_lazy("Clinic"),
    "state": gettext_lazy("Review"),
    "reviewer": gettext_lazy("Reviewed by"),
    "reviewed_date": gettext_lazy("Last reviewed"),
    "due_date": gettext_lazy("Review due"),
    "days_overdue": gettext_lazy("Days overdue"),
}


@dataclass(frozen=True)
class DueRow:
    """A line of the reports and their spreadsheets. `review` leads to its review, or is None.

    `is_changed`: a figure or statement that the text shows says something else since.
    """

    line: DueLine
    review: int | None
    is_changed: bool
    article: str
    clinic: str
    state: str
    reviewer: str
    reviewed_date: Any
    due_date: Any
    days_overdue: int


class ReviewsReport(ListReport):
    """Every live text: those that nobody reviewed and overdue ones come first."""

    page_title = gettext_lazy("Medical reviews")
    template_name = "articles/admin/review_report.html"
    tab = "reviews"
    export_filename = "medical-reviews"
    export_headings = EXPORT_HEADINGS
    list_export = list(EXPORT_HEADINGS)

    def lines(self) -> list[DueRow]:
        today = timezone.localdate()
        articles = {article.pk: article for article in self.articles}
        own = clinic_lines(self.clinics, today)
        if self.asked.article or self.asked.kind:
            own = [line for line in own if getattr(line.page, "article_id", None) in articles]
        lines = [*library_lines(articles.values(), today), *own]
        return due_rows(lines, self.request)


class ReviewsOfMyClinic(ExportedScreen, ArticlesScreen):
    """What the clinic shows of the library, and what it has written itself."""

    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Medical reviews")
    template_name = "articles/admin/my_reviews.html"
    tab = "reviews"
    export_filename = "medical-reviews"
    export_headings = EXPORT_HEADINGS
    list_export = list(EXPORT_HEADINGS)

    def lines(self) -> list[DueRow]:
        """Own texts first: the clinic can do something about those."""
        today = timezone.localdate()
        facts: ClinicFacts = self.clinic.facts
        shared = library_lines(allowed_articles(self.clinic), today)
        return due_rows([*clinic_lines([facts], today), *shared], self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.lines(), **kwargs)

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]


def due_rows(lines: Iterable[DueLine], request: HttpRequest) -> list[DueRow]:
    """The lines in words; a page leads to its review for whoever may see that."""
    today, user = timezone.localdate(), request.user
    lines = list(lines)
    changed = changed_since_review(line.page.pk for line in lines)
    libraries = libraries_reviewed_by(user)
    return [
        DueRow(
            line,
            line.page.pk if _may_open(line.page, user, libraries) else None,
            line.page.pk in changed,
            line.shown_title,
            line.clinic,
            str(CHANGED_WORDS if line.page.pk in changed else DUE_WORDS[line.due]),
            line.reviewer,
            line.reviewed_date or "",
            line.due_date or "",
            line.days_overdue(today),
        )
        for line in sorted(lines, key=lambda line: line.page.pk not in changed)
    ]


def _may_open(page: Any, user: Any, libraries: list[str]) -> bool:
    if libraries and any(library_of(page).path.startswith(path) for path in libraries):
        return True
    return bool(page.permissions_for_user(user).can_edit())
