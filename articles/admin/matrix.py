"""Articles by clinics: who follows, who differs, what waits, in one table with a spreadsheet.

For whoever writes the library or runs the franchise; a 404 for everybody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from articles.admin.library_reach import writes_library
from articles.admin.matrix_rows import export_rows, matrix_rows
from articles.admin.matrix_scope import (
    Asked,
    articles_seen_by,
    clinics_seen_by,
    clinics_that_may_be,
    sees_all_clinics,
)
from articles.admin.state_words import STATE_WORDS
from articles.choices import ArticleKind
from articles.merge import State
from articles.states_by_clinic import Cell, Matrix, states_by_clinic
from clinics.admin.screens import Tab
from clinics.admin.spreadsheet import ExportedScreen
from clinics.tokens import readable

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import ArticlePage
    from clinics.models import ClinicFacts

ARTICLES_A_PAGE = 50
CLINICS_A_PAGE = 20


class ClinicsReport(ExportedScreen, WagtailAdminTemplateMixin, TemplateView):
    """What the reports over several clinics have in common: who sees them, tabs, filters."""

    http_method_names = ["get", "head", "options"]
    header_icon = "table"
    tab = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not sees_all_clinics(request.user):
            raise Http404
        self.asked = Asked.of(request.GET)

    @cached_property
    def articles(self) -> list[ArticlePage]:
        """All of them, for what is found only by looking at every cell."""
        return list(articles_seen_by(self.request.user, self.asked))

    @cached_property
    def clinics(self) -> list[ClinicFacts]:
        return list(clinics_seen_by(self.request.user, self.asked))

    @cached_property
    def tabs(self) -> list[Tab]:
        labels = {
            "matrix": _("Articles by clinic"),
            "checks": _("Texts that deserve a look"),
            "acknowledgements": _("Safety changes"),
            "reviews": _("Medical reviews"),
        }
        return [
            Tab(label, reverse(f"articles_report_{name}"), name == self.tab)
            for name, label in labels.items()
        ]

    def cell_url(self, article: ArticlePage, facts: ClinicFacts, cell: Cell) -> str:
        """Where a cell leads: the editor for whoever writes there, else what it looks like."""
        user = self.request.user
        if user.is_superuser and cell.version:
            return reverse("wagtailadmin_pages:edit", args=[cell.version.pk])
        if writes_library(user) and not user.is_superuser:
            return reverse("articles_impact_clinic", args=[article.pk, facts.clinic_id])
        words = {"q": readable(article.title)} if "[" not in readable(article.title) else {}
        return f"{reverse('my_articles:list', args=[facts.clinic_id])}?{urlencode(words)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tabs=self.tabs, asked=self.asked, kinds=ArticleKind.choices, **kwargs
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class MatrixReport(ClinicsReport):
    """The table, in pages of both articles and clinics."""

    page_title = gettext_lazy("Articles by clinic")
    template_name = "articles/admin/matrix.html"
    tab = "matrix"
    export_filename = "articles-by-clinic"
    export_headings = {
        "article": gettext_lazy("Article"),
        "kind": gettext_lazy("Kind"),
        "clinic": gettext_lazy("Clinic"),
        "state": gettext_lazy("State"),
        "changes": gettext_lazy("Changes of the clinic's own"),
        "own_part": gettext_lazy("Part of the article that is the clinic's own"),
        "looks": gettext_lazy("What deserves a look"),
        "next_review": gettext_lazy("Next review of a change"),
    }
    list_export = list(export_headings)

    def lines(self) -> Any:
        cells = states_by_clinic(self.articles, self.clinics)
        today = timezone.localdate()
        return export_rows(self.articles, self.clinics, cells, today, self.wanted)

    @property
    def wanted(self) -> str:
        return self.asked.state if self.asked.state in STATE_WORDS else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.asked
        articles: Any = articles_seen_by(user, asked)
        clinics: Any = clinics_seen_by(user, asked)
        cells: Matrix | None = None
        if self.wanted and (some := clinics_that_may_be(clinics, self.wanted)) is not None:
            articles, clinics = list(articles), list(some)
            cells = states_by_clinic(articles, clinics)
            found = {key for key, cell in cells.items() if cell.state == self.wanted}
            of_articles = {article for article, _clinic in found}
            of_clinics = {clinic for _article, clinic in found}
            articles = [article for article in articles if article.pk in of_articles]
            clinics = [facts for facts in clinics if facts.clinic_id in of_clinics]
        rows_page = _page(articles, ARTICLES_A_PAGE, self.request.GET.get("p"))
        columns_page = _page(clinics, CLINICS_A_PAGE, self.request.GET.get("c"))
        shown, columns = list(rows_page), list(columns_page)
        cells = cells or states_by_clinic(shown, columns)
        return super().get_context_data(
            page_obj=rows_page,
            elided_page_range=rows_page.paginator.get_elided_page_range(rows_page.number),
            columns=columns,
            columns_page=columns_page,
            earlier=self._columns_url(columns_page.number - 1) if columns_page.number > 1 else "",
            later=self._columns_url(columns_page.number + 1) if columns_page.has_next() else "",
            rows=matrix_rows(shown, columns, cells, self.cell_url, self.wanted),
            states=[(state, STATE_WORDS[state]) for state in State],
            wanted=self.wanted,
            is_filtering=any((self.asked.article, self.asked.clinic, self.asked.kind, self.wanted)),
            **kwargs,
        )

    def _columns_url(self, number: int) -> str:
        query = self.request.GET.copy()
        query["c"] = str(number)
        return f"?{query.urlencode()}"


def _page(items: Any, size: int, number: str | None) -> Any:
    return WagtailPaginator(items, size).get_page(number)
