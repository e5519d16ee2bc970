"""Articles that say different numbers of the same people (T-08): for whoever writes or reviews the
library; a 404 for everybody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.library_reach import library_articles, writes_library
from articles.admin.reviews import sees_reviews
from articles.claims.figure_conflicts import Said, Subject
from articles.claims.populations import PERCENT
from articles.claims.rule import Figure
from articles.library_figures import figure_subjects
from articles.models import ArticlePage
from articles.review.reviewers import libraries_reviewed_by
from clinics.admin.spreadsheet import ExportedScreen
from clinics.tokens import readable
from clinics.tree_paths import below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest


@dataclass(frozen=True)
class FigureRow:
    """One number in one sentence. `url` leads to the editor, "" for whoever may not write there."""

    subject: str
    article: str
    section: str
    says: str
    sentence: str
    kept: str
    advice: str
    url: str


@dataclass(frozen=True)
class FigureGroup:
    """What articles say of one disease."""

    subject: str
    is_conflict: bool
    rows: tuple[FigureRow, ...]


class FigureConflicts(ExportedScreen, WagtailAdminTemplateMixin, TemplateView):
    """Conflicts first, then what is typed by hand though a figure is kept."""

    http_method_names = ["get", "head", "options"]
    page_title = gettext_lazy("Figures that differ")
    header_icon = "order"
    template_name = "articles/admin/figure_conflicts.html"
    export_filename = "figures-that-differ"
    export_headings = {
        "subject": gettext_lazy("About"),
        "article": gettext_lazy("Article"),
        "section": gettext_lazy("Section"),
        "says": gettext_lazy("Says"),
        "sentence": gettext_lazy("Sentence"),
        "kept": gettext_lazy("Known"),
        "advice": gettext_lazy("What to do"),
    }
    list_export = list(export_headings)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not sees_reviews(request.user):
            raise Http404

    def lines(self) -> list[FigureRow]:
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def groups(self) -> list[FigureGroup]:
        """What needs somebody: a subject that all texts agree on is left out."""
        articles = articles_compared_for(self.request.user)
        titles = {str(pk): readable(title) for pk, title in articles.values_list("pk", "title")}
        groups = (self._group(each, titles) for each in figure_subjects(articles))
        return [group for group in groups if group.rows]

    def _group(self, subject: Subject, titles: dict[str, str]) -> FigureGroup:
        said = subject.said
        if not subject.is_conflict:
            said = tuple(each for each in said if each.is_typed_though_kept)
        rows = tuple(self._row(subject, each, titles[each.text]) for each in said)
        return FigureGroup(subject.name, subject.is_conflict, rows)

    def _row(self, subject: Subject, said: Said, title: str) -> FigureRow:
        may_write = writes_library(self.request.user)
        url = reverse("wagtailadmin_pages:edit", args=[int(said.text)]) if may_write else ""
        return FigureRow(
            subject=subject.name,
            article=title,
            section=readable(said.part.section) or _("Head of the page"),
            says=said.phrase,
            sentence=readable(said.sentence),
            kept=known_words(said.figure) if said.figure else "",
            advice=advice_for(said),
            url=url,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(groups=self.groups, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


def articles_compared_for(user: AbstractUser) -> QuerySet[ArticlePage]:
    """The shared articles that the user writes or reviews, drafts too."""
    if writes_library(user):
        return library_articles(user)
    return ArticlePage.objects.filter(below(libraries_reviewed_by(user)))


def known_words(figure: Figure) -> str:
    """A kept figure as articles say it, another one by its numbers."""
    if figure.said:
        return figure.said
    numbers = [f"{each:g}" for each in dict.fromkeys((figure.low, figure.high))]
    words = _("%(numbers)s percent") if figure.unit == PERCENT else _("%(numbers)s million")
    return words % {"numbers": _(" to ").join(numbers)}


def advice_for(said: Said) -> str:
    """What a writer does about it."""
    if said.is_typed_though_kept and said.figure:
        text = _("Typed by hand though it is kept: insert the figure “%(said)s”.")
        return text % {"said": said.figure.said}
    if said.figure and not said.agrees:
        if said.figure.slug:
            text = _("Differs from the kept figure: insert “%(said)s”, or correct the figure.")
            return text % {"said": said.figure.said}
        return _("Differs from what is known: correct it, or cite the study that found it.")
    return _("Articles differ: decide on one number, keep it as a figure, and insert it.")
