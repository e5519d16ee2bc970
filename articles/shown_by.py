"""Which clinics show a shared article, and which change it: an article in, one line each out.

A fixed number of queries, whatever the number of clinics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.acting import differs
from articles.effective import is_in_force
from articles.models import ArticlePage, HeldArticle, LocalVersionPage
from articles.queries import DIGESTS, follow
from articles.release_reach import clinics_for, sites_without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import ArticleRelease
    from clinics.models import ClinicFacts


@dataclass(frozen=True)
class ShownAt:
    """One clinic. `is_held`: a newer release waits there."""

    clinic_id: int
    name: str
    is_changed: bool
    is_held: bool


@dataclass(frozen=True)
class Shown:
    """How many clinics show an article, and how many of them change it; `first` are some of them:
    those that differ first, then by name."""

    count: int = 0
    changed: int = 0
    first: tuple[ShownAt, ...] = ()


def shown_by(article: ArticlePage) -> list[ShownAt]:
    """The clinics whose patients find the article now, those that differ first, then by name.

    `article` may carry a draft: what counts is the article as it is live.
    """
    live = ArticlePage.objects.live().filter(pk=article.pk).first()
    if live is None:
        return []
    changed = _changed(article)
    found = [
        ShownAt(site.clinic_id, site.name, site.clinic_id in changed, site.now.is_held)
        for site in sites_without(live)
        if site.clinic_id and site.now.shown
    ]
    return sorted(found, key=lambda each: not (each.is_changed or each.is_held))


def shown_briefly(article: ArticlePage, most: int) -> Shown:
    """The same, counted, with as many by name as are asked for."""
    live = ArticlePage.objects.live().filter(pk=article.pk).first()
    if live is None:
        return Shown()
    changed = _changed(article)
    releases = list(live.releases.defer(*DIGESTS).order_by("-pk"))
    held = {row.clinic_id: row for row in HeldArticle.objects.filter(article=live)}
    chosen = changed | held.keys() | {pk for row in releases for pk in row.first_clinics or ()}
    is_by_itself = Q(review_first=True) | Q(clinic__in=chosen)
    clinics = clinics_for(live)
    found = list(_shown_at(clinics.filter(is_by_itself), releases, held, changed))
    # All others have the same: what the hub shows, which belongs to no first group either.
    others = clinics.exclude(is_by_itself) if follow(releases, None, None).shown else clinics.none()
    named = [ShownAt(row.clinic_id, row.name, False, False) for row in others[:most]]
    order = sorted([*found, *named], key=lambda each: (not _stands_out(each), each.name))
    return Shown(
        count=len(found) + others.count(),
        changed=sum(each.is_changed for each in found),
        first=tuple(order[:most]),
    )


def _changed(article: ArticlePage) -> set[int]:
    versions = LocalVersionPage.objects.filter(article=article).select_related("hero_image")
    return {row.clinic_id for row in versions if is_in_force(row) and differs(row)}


def _stands_out(each: ShownAt) -> bool:
    return each.is_changed or each.is_held


def _shown_at(
    clinics: Iterable[ClinicFacts],
    releases: list[ArticleRelease],
    held: dict[int, HeldArticle],
    changed: set[int],
) -> Iterable[ShownAt]:
    for facts in clinics:
        choice = follow(releases, facts, held.get(facts.clinic_id))
        if choice.shown:
            is_changed = facts.clinic_id in changed
            yield ShownAt(facts.clinic_id, facts.name, is_changed, choice.is_held)
