"""Which clinics show a shared article, and which change it: an article in, one line each out.

A fixed number of queries, whatever the number of clinics.
"""

from __future__ import annotations

from dataclasses import dataclass

from articles.acting import differs
from articles.effective import is_in_force
from articles.models import ArticlePage, LocalVersionPage
from articles.release_reach import sites_without


@dataclass(frozen=True)
class ShownAt:
    """One clinic. `is_held`: a newer release waits there."""

    clinic_id: int
    name: str
    is_changed: bool
    is_held: bool


def shown_by(article: ArticlePage) -> list[ShownAt]:
    """The clinics whose patients find the article now, those that differ first, then by name.

    `article` may carry a draft: what counts is the article as it is live.
    """
    live = ArticlePage.objects.live().filter(pk=article.pk).first()
    if live is None:
        return []
    versions = LocalVersionPage.objects.filter(article=article).select_related("hero_image")
    changed = {row.clinic_id for row in versions if is_in_force(row) and differs(row)}
    found = [
        ShownAt(site.clinic_id, site.name, site.clinic_id in changed, site.now.is_held)
        for site in sites_without(live)
        if site.clinic_id and site.now.shown
    ]
    return sorted(found, key=lambda each: not (each.is_changed or each.is_held))
