"""Opens a site for articles: a library is made, and mounted below a clinic or the hub."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.choices import MOUNT_SLUGS, ArticleKind
from articles.models import ArticleLibraryPage, ArticleMountPage
from clinics.compliance.gate import bringing_in
from clinics.creating import NewClinic, create_clinic
from clinics.models import ClinicPage, FranchisePage

_TITLES = {
    ArticleKind.CONDITION: _("Conditions"),
    ArticleKind.TREATMENT: _("Treatments"),
    ArticleKind.ARTICLE: _("Articles"),
}


def create_library(name: str = "Library") -> ArticleLibraryPage:
    """The library, at the root of the tree and outside every site."""
    library = ArticleLibraryPage(title=name, slug="library")
    Page.get_first_root_node().add_child(instance=library)
    return library


def the_library() -> ArticleLibraryPage | None:
    """The installation's library; None before it was made."""
    return ArticleLibraryPage.objects.first()


@transaction.atomic
def open_clinic(
    franchise: FranchisePage, library: ArticleLibraryPage, new: NewClinic, *, port: int = 80
) -> ClinicPage:
    """A clinic that shows the library's articles."""
    page = create_clinic(franchise, new, port=port)
    mount_library(page, library)
    return page


@bringing_in()
@transaction.atomic
def mount_library(home: Page, library: ArticleLibraryPage) -> None:
    """One mount for each kind, first in the menu."""
    first = home.get_first_child()
    for kind in ArticleKind:
        mount = ArticleMountPage(
            title=str(_TITLES[kind]),
            slug=MOUNT_SLUGS[kind],
            kind=kind,
            library=library,
            show_in_menus=True,
        )
        home.add_child(instance=mount)
        mount.save_revision().publish()
        if first:
            mount.move(first, pos="left")
            first = Page.objects.get(pk=first.pk)
        home.refresh_from_db()
