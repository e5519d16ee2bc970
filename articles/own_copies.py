"""Compares the copies of an article: each with every indexed one, and writes what came out (L-05).

The owner's copy is indexed; then, the oldest local version first, each that is unlike all indexed
before it. So of two clinics with the same new words the first one is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from articles.blocks.words import words_read
from articles.effective import is_in_force
from articles.index_policy import is_owner
from articles.models import IndexDecision, LocalVersionPage
from articles.queries import effective_for
from articles.shingles import Shingles, jaccard, shingles
from clinics.choices import ClinicStatus, IndexPolicy
from clinics.models import HubPage
from clinics.resolve import clinic_of, root_page
from clinics.tokens import fill

if TYPE_CHECKING:
    from articles.effective import EffectiveArticle
    from articles.models import ArticlePage
    from clinics.clinic import Clinic

# Google publishes no number. Measured: a text with only names and towns swapped is 0.94 like its
# original, with 60 local words added 0.88; two texts about the same are below 0.01.
LIKE_FROM = 0.70


@dataclass(frozen=True)
class Copy:
    """What the patients of a clinic read."""

    clinic: Clinic
    words: Shingles


def likeness_limit() -> float:
    """From this likeness on a copy stays out of search engines: `ARTICLES_INDEX_LIKENESS`."""
    return float(getattr(settings, "ARTICLES_INDEX_LIKENESS", LIKE_FROM))


def decide_copies(article: ArticlePage) -> list[IndexDecision]:
    """Decides for every local version in force, and writes one row for each; older rows go."""
    indexed = _owners_copies(article)
    decisions = []
    for version in _versions(article):
        copy = _copy_of(article, version.clinic_id)
        if copy is None or is_owner(article, copy.clinic):
            continue
        likeness, nearest = _nearest(copy, indexed)
        is_own = likeness < likeness_limit()
        if is_own or copy.clinic.index_policy == IndexPolicy.OWN:
            indexed.append(copy)
        decisions.append(
            IndexDecision(
                version=version,
                is_own=is_own,
                likeness=likeness,
                nearest_id=nearest.clinic.page_id if nearest else None,
            )
        )
    with transaction.atomic():
        IndexDecision.objects.filter(version__article=article).delete()
        IndexDecision.objects.bulk_create(decisions)
    return decisions


def main_text(article: EffectiveArticle, clinic: Clinic) -> str:
    """The words of an effective article as patients read them: title, summary and sections."""
    texts = [article.value("title"), article.value("summary"), words_read(article.merged.sections)]
    return fill("\n".join(texts), clinic)


def _versions(article: ArticlePage) -> list[LocalVersionPage]:
    """Those of clinics that have closed are on no page that could be listed."""
    versions = LocalVersionPage.objects.filter(article=article, hides_article=False)
    versions = versions.exclude(clinic__clinicpage__facts__status=ClinicStatus.CLOSED)
    ordered = versions.order_by("first_published_at", "pk")
    return [version for version in ordered.defer("overrides") if is_in_force(version)]


def _owners_copies(article: ArticlePage) -> list[Copy]:
    owners = [article.owner_clinic_id] if article.owner_clinic_id else _hubs()
    return [copy for pk in owners if (copy := _copy_of(article, pk))]


def _hubs() -> list[int]:
    return list(HubPage.objects.live().values_list("pk", flat=True))


def _copy_of(article: ArticlePage, home_id: int) -> Copy | None:
    home = root_page(home_id)
    if home is None:
        return None
    clinic = clinic_of(home)
    effective = effective_for(article, clinic)
    if effective is None or effective.is_hidden:
        return None
    return Copy(clinic, shingles(main_text(effective, clinic)))


def _nearest(copy: Copy, indexed: list[Copy]) -> tuple[float, Copy | None]:
    pairs = [(jaccard(copy.words, other.words), other) for other in indexed]
    return max(pairs, key=lambda pair: pair[0], default=(0.0, None))
