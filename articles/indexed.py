"""The articles of a mount that search engines may list: mount and clinic in, entries out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.index_policy import Standing, decide
from articles.queries import listed
from clinics.edge.shown import shows
from clinics.sitemap import SitemapEntry

if TYPE_CHECKING:
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic


def indexed_entries(mount: ArticleMountPage, clinic: Clinic) -> list[SitemapEntry]:
    """Those whose own page is the one to list, by title; a fixed number of queries (L-06)."""
    shows("rel")
    return [
        SitemapEntry(f"/{mount.slug}/{article.content.slug}/", article.changed)
        for article in listed(mount, clinic)
        if decide(article, clinic).standing == Standing.OWN
    ]
