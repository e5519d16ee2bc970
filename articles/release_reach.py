"""Which clinics show which release of an article: an article in, one line for each site out.

A fixed number of queries, whatever the number of clinics.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from articles.following import Choice, follow
from articles.models import ArticleRelease, HeldArticle, LocalVersionPage
from articles.queries import DIGESTS
from clinics.choices import ClinicStatus
from clinics.models import ClinicFacts, HubPage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import ArticlePage


@dataclass(frozen=True)
class SiteChoice:
    """One site that may show the article, with what it shows now and after an undo.

    `clinic_id` is None for the hub.
    """

    name: str
    now: Choice
    after: Choice
    clinic_id: int | None = None

    @property
    def changes(self) -> bool:
        return self.now.shown != self.after.shown


def sites_without(article: ArticlePage, undone: ArticleRelease | None = None) -> list[SiteChoice]:
    """The hub and every clinic that the article is for, by name; `after` is without `undone`.

    A clinic that hides the article, or does not offer its services, is left out.
    """
    releases = list(article.releases.defer(*DIGESTS).order_by("-pk"))
    left = [_undone(row) if undone and row.pk == undone.pk else row for row in releases]
    held = {row.clinic_id: row for row in HeldArticle.objects.filter(article=article)}
    sites = [
        SiteChoice(name, follow(releases, None, None), follow(left, None, None))
        for name in HubPage.objects.values_list("title", flat=True)
    ]
    return sites + [
        SiteChoice(
            facts.name,
            follow(releases, facts, held.get(facts.clinic_id)),
            follow(left, facts, held.get(facts.clinic_id)),
            facts.clinic_id,
        )
        for facts in clinics_for(article)
    ]


def _undone(release: ArticleRelease) -> ArticleRelease:
    copied = copy(release)
    copied.undone_at = timezone.now()
    return copied


def clinics_for(article: ArticlePage) -> QuerySet[ClinicFacts]:
    """The clinics that may show the article, by name; not those that hide or do not offer it."""
    in_force = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    hiding = LocalVersionPage.objects.live().filter(in_force, article=article, hides_article=True)
    # Patients of a clinic that has closed read its neighbour's pages.
    clinics = ClinicFacts.objects.exclude(status=ClinicStatus.CLOSED).order_by("name")
    clinics = clinics.exclude(clinic__in=hiding.values("clinic"))
    services = list(article.services.values_list("pk", flat=True))
    return clinics.filter(services__in=services).distinct() if services else clinics
