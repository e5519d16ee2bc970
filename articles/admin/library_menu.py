"""The menu "Library" of whoever writes or reviews shared articles, or sees several clinics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from articles.admin.figures import FigureViewSet
from articles.admin.imports import libraries_imported_to
from articles.admin.library_reach import writes_library
from articles.admin.matrix_scope import sees_all_clinics
from articles.admin.terms import TermViewSet

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
        _LibraryItem(_("To do"), reverse("articles_library_work"), name="library-work"),
        _LibraryItem(_("Offers of clinics"), reverse("articles_offers"), name="library-offers"),
        _LibraryItem(
            _("Figures"), reverse(FigureViewSet().get_url_name("list")), name="library-figures"
        ),
        _LibraryItem(
            _("Figures that differ"),
            reverse("articles_figure_conflicts"),
            name="library-figure-conflicts",
        ),
        _LibraryItem(
            _("Glossary"), reverse(TermViewSet().get_url_name("list")), name="library-terms"
        ),
        _ImportItem(_("Import articles"), reverse("articles_imports"), name="library-imports"),
        MenuItem(
            _("Articles by clinic"), reverse("articles_report_matrix"), name="articles-by-clinic"
        ),
    ]
    return LibraryMenuItem(
        _("Library"), Menu(items=items), name="library", icon_name="openquote", order=53
    )
