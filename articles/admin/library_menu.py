"""The menu "Library" and the front page's panel of whoever writes shared articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from articles.admin.imports import libraries_imported_to
from articles.admin.library_reach import library_articles, writes_library
from articles.admin.matrix_scope import sees_all_clinics
from articles.choices import OfferStatus
from articles.models import SectionOffer

if TYPE_CHECKING:
    from django.http import HttpRequest


class LibraryMenuItem(SubmenuMenuItem):
    """Shown to whoever may change shared articles, or sees several clinics at once."""

    def is_shown(self, request: HttpRequest) -> bool:
        return sees_all_clinics(request.user)


class _LibraryItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return writes_library(request.user)


class _ImportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(libraries_imported_to(request.user))


def library_menu_item() -> SubmenuMenuItem:
    """Hook `register_admin_menu_item`."""
    items = [
        _LibraryItem(_("Offers of clinics"), reverse("articles_offers"), name="library-offers"),
        _ImportItem(_("Import articles"), reverse("articles_imports"), name="library-imports"),
        MenuItem(
            _("Articles by clinic"), reverse("articles_report_matrix"), name="articles-by-clinic"
        ),
    ]
    return LibraryMenuItem(
        _("Library"), Menu(items=items), name="library", icon_name="openquote", order=52
    )


class LibraryPanel(Component):
    """The front page's line for a library editor: offers that wait for an answer."""

    name = "library"
    template_name = "articles/admin/library_panel.html"
    order = 51

    class Media:
        css = {"all": ["articles/css/my_articles.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        articles = library_articles(parent_context["request"].user)
        waiting = SectionOffer.objects.filter(article__in=articles, status=OfferStatus.OPEN)
        return {
            "count": waiting.count(),
            "url": reverse("articles_offers"),
            "matrix_url": reverse("articles_report_matrix"),
        }


def add_library_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`."""
    if writes_library(request.user):
        panels.append(LibraryPanel())
