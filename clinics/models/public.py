"""Pages that a sitemap may list. Wagtail's `get_sitemap_urls` is asked; its addresses are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from clinics.sitemap import SitemapEntry

if TYPE_CHECKING:
    from clinics.clinic import Clinic


class ListedPageMixin:
    """For pages with an address of their own on a clinic's site."""

    def sitemap_entries(self, clinic: Clinic) -> list[SitemapEntry]:
        """The addresses that search engines may list for this page; none keeps it out."""
        path = "/" + self.url_path[len(clinic.url_path) :]
        return [SitemapEntry(path, self.last_published_at)]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Wagtail's own form of the same, for whoever mounts its sitemap."""
        clinic = getattr(request, "clinic", None)
        if clinic is None:
            return []
        return [
            {"location": clinic.origin + each.path, "lastmod": each.changed}
            for each in self.sitemap_entries(clinic)
        ]
