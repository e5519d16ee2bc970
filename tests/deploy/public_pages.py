"""One address of everything that a patient can read, over all sites of the tests' world."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import Page, Site

from clinics.brand import stylesheet_urls
from clinics.clinic import Brand
from tests.articles.every_state import make_every_state
from tests.factories import World

BESIDE_PAGES = ("/search/?q=state", "/feed.xml", "/sitemap.xml", "/robots.txt",
                "/locations/?near=75204", "/?src=ads")  # fmt: skip

# A local version is read at the address of its article.
NOT_ASKED_FOR = {"Page", "FranchisePage", "ArticleLibraryPage", "ArticlePage", "LocalVersionPage"}


def every_public_address(world: World) -> Iterator[tuple[str, str, str]]:
    """Host, path and kind of page."""
    make_every_state(world.hillside)
    for site in Site.objects.select_related("root_page"):
        home = site.root_page
        for page in home.get_descendants(inclusive=True).live().specific():
            if type(page).__name__ in NOT_ASKED_FOR:
                continue
            path = "/" + page.url_path.removeprefix(home.url_path)
            yield site.hostname, path, type(page).__name__
        for path in BESIDE_PAGES:
            yield site.hostname, path, path
        for path in stylesheet_urls(Brand("#0b4f6c", "#f2a541")):
            yield site.hostname, path, "styles"
        # An article that the clinic follows without a page of its own for it.
        yield site.hostname, "/conditions/every-state/", "followed article"


def kinds_of_pages() -> set[str]:
    """Those that have an address: the library and the group have none."""
    return {type(page).__name__ for page in Page.objects.all().specific()} - NOT_ASKED_FOR
