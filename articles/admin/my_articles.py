"""My pages: the articles of a clinic over all its mounts, with what is followed, own and waiting.

Updates, texts to look at and the other pages of the site are tabs beside it. Whoever does not reach
the clinic gets a 404. Acts on one article are in `my_articles_acts`, acts on many in
`my_articles_bulk`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BaseColumn, Column

from articles.admin.article_rights import rights_at
from articles.admin.clinic_tasks import offers_of, tasks_of
from articles.admin.my_articles_filter import FilterForm, ordered, sort_links
from articles.admin.my_articles_rows import article_rows
from articles.admin.offers import offered_text
from articles.admin.text_check_words import check_words
from clinics.admin.index import ClinicChoice, ClinicMenuItem
from clinics.admin.screens import ClinicScreen, Tab
from clinics.tokens import readable

if TYPE_CHECKING:
    pass


ARTICLES_A_PAGE = 50
MOST_OFFERS = 50
ICON = "doc-full-inverse"


def my_pages_menu_item() -> MenuItem:
    url = reverse("my_articles:index")
    return ClinicMenuItem(_("My pages"), url, name="my-pages", icon_name=ICON, order=51)


class ArticlesOfWhichClinic(ClinicChoice):
    """The clinics of a franchise admin, to choose one; whoever has one clinic is led there."""

    page_title = _("My pages")
    header_icon = ICON
    index_url_name = "my_articles:index"
    index_results_url_name = "my_articles:index_results"
    clinic_route = "my_articles:list"

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.name_column(),
            Column("status", label=_("Status"), accessor="facts.get_status_display"),
        ]


class ArticlesScreen(ClinicScreen):
    """What the list and its bulk actions have in common."""

    page_title = _("My pages")
    header_icon = ICON
    tab = "list"

    @cached_property
    def tabs(self) -> list[Tab]:
        return [
            Tab(label, reverse(f"my_articles:{name}", args=[self.clinic.pk]), name == self.tab)
            for name, label in (
                ("list", gettext("Articles")),
                ("updates", gettext("Library updates")),
                ("checks", gettext("Texts to look at")),
                ("reviews", gettext("Medical reviews")),
                ("claims", gettext("Claims")),
                ("own_pages", gettext("Pages of the site")),
            )
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("my_articles:index"), "label": _("My pages")},
            {
                "url": reverse("my_articles:list", args=[self.clinic.pk]),
                "label": _("Pages of %(clinic)s") % {"clinic": self.clinic.facts.name},
            },
            *self.own_breadcrumbs(),
        ]


class ChecksOfMyClinic(ArticlesScreen):
    """Local texts that deserve a look: a review is due, or the library says the same by now."""

    http_method_names = ["get", "head", "options"]
    page_title = _("Texts to look at")
    template_name = "articles/admin/my_checks.html"
    tab = "checks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tasks=[
                (task, readable(task.article.title), check_words(task.check))
                for task in tasks_of(self.clinic).checks
            ],
            offers=[
                (offer, readable(offer.article.title), offered_text(offer).split("\n", 1)[0][:80])
                for offer in offers_of(self.clinic)[:MOST_OFFERS]
            ],
            **kwargs,
        )

    def own_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.page_title}]


class ArticlesOfMyClinic(ArticlesScreen):
    """The list: filters, order and page are in the address."""

    http_method_names = ["get", "head", "options"]
    template_name = "articles/admin/my_articles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = article_rows(self.clinic)
        form = FilterForm(self.request.GET, rows)
        order = self.request.GET.get("order", "")
        paginator = WagtailPaginator(ordered(form.kept(rows), order), ARTICLES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filters_form=form,
            order=order,
            columns=sort_links(self.request.GET),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            total=len(rows),
            rights=rights_at(self.request.user, self.clinic),
            **kwargs,
        )
