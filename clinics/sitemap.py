"""What search engines may list of a host, and robots.txt: clinic in, its own addresses out (L-06).

Lists the pages of the site that was asked and nothing else; a page that stays out of search
engines is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from wagtail.models import Page

    from clinics.clinic import Clinic

# The most addresses of one file: https://www.sitemaps.org/protocol.html
MOST_ADDRESSES = 50_000
# Of a page that stays out of search engines; its links are followed.
NOINDEX = "noindex, follow"


@dataclass(frozen=True)
class SitemapEntry:
    """A path on the clinic's host, and when what it says last changed."""

    path: str
    changed: datetime | None = None


def sitemap_entries(home: Page, clinic: Clinic) -> list[SitemapEntry]:
    """Every address of the site that is live, public and listed, in the order of the tree."""
    pages = home.get_descendants(inclusive=True).live().public().order_by("path")
    # What lies below a list of articles is listed by it, as patients find it there.
    children = pages.filter(depth__lte=home.depth + 1).specific()
    entries = [
        entry
        for page in children
        if hasattr(page, "sitemap_entries")
        for entry in page.sitemap_entries(clinic)
    ]
    return entries[:MOST_ADDRESSES]


def robots_text(clinic: Clinic) -> str:
    """robots.txt: everything may be read; what may not be listed says so itself.

    A page that may not be fetched could not say that it is not to be listed.
    """
    closed = "/admin/" if clinic.is_hub else ""
    return f"User-agent: *\nDisallow: {closed}\n\nSitemap: {clinic.origin}/sitemap.xml\n"


def is_listing_allowed() -> bool:
    """False on a staging server, of which nothing may be listed: `CLINICS_SEARCH_ENGINES`."""
    return bool(getattr(settings, "CLINICS_SEARCH_ENGINES", True))
