"""Read receipts for safety changes: which are due at a clinic, who has given one, by when.

That one is due is computed from releases and receipts; publishing writes nothing for any clinic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from articles.accepting import may_accept
from articles.choices import ChangeClass
from articles.models import ArticlePage, ArticleRelease, LocalVersionPage, SafetyAcknowledgement
from articles.queries import DIGESTS
from clinics.account_names import name_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicFacts, ClinicPage


@dataclass(frozen=True)
class Receipt:
    """One safety release at one clinic. `given` is None until somebody there has read it."""

    release: ArticleRelease
    article: ArticlePage
    clinic_id: int
    clinic: str
    due_at: datetime
    given: SafetyAcknowledgement | None

    @property
    def is_overdue(self) -> bool:
        return self.given is None and self.due_at < timezone.now()


def receipts(articles: Sequence[ArticlePage], clinics: Sequence[ClinicFacts]) -> list[Receipt]:
    """One for each safety release of these articles at each clinic that it is for, newest first.

    Three queries, whatever the number of either. `clinics` come with `clinic` and `services` read
    along. A clinic that was opened after a release knows the article only as it is since.
    """
    by_id = {article.pk: article for article in articles}
    releases = ArticleRelease.objects.filter(
        article__in=by_id, change_class=ChangeClass.SAFETY, undone_at=None
    )
    rows = list(releases.defer(*DIGESTS).order_by("-pk"))
    given = {
        (row.release_id, row.clinic_id): row
        for row in SafetyAcknowledgement.objects.filter(release__in=rows)
    }
    needed = _services(row.article_id for row in rows)
    return [
        Receipt(
            release=release,
            article=by_id[release.article_id],
            clinic_id=facts.clinic_id,
            clinic=facts.name,
            due_at=release.published_at + acknowledge_within(),
            given=given.get((release.pk, facts.clinic_id)),
        )
        for release in rows
        for facts in clinics
        if _is_for(release, facts, needed)
    ]


def due_receipts(articles: Sequence[ArticlePage], facts: ClinicFacts) -> list[Receipt]:
    """What one clinic has not acknowledged, the oldest first."""
    return [each for each in receipts(articles, [facts]) if each.given is None][::-1]


@transaction.atomic
def acknowledge(
    clinic: ClinicPage, release: ArticleRelease, *, user: AbstractUser
) -> SafetyAcknowledgement:
    """Somebody of the clinic has read a safety change. The first receipt stays.

    Raises PermissionDenied without the right to publish at the clinic, ValueError for a release
    that is no safety change.
    """
    if not may_accept(user, clinic):
        raise PermissionDenied
    if release.change_class != ChangeClass.SAFETY or release.undone_at:
        raise ValueError(f"Release {release.number} asks for no acknowledgement.")
    name = name_of(user)[:150]
    found, is_new = SafetyAcknowledgement.objects.get_or_create(
        clinic=clinic.page_ptr, release=release, defaults={"user": user, "user_name": name}
    )
    if is_new:
        versions = LocalVersionPage.objects.filter(article=release.article_id, clinic=clinic.pk)
        data = {"release": release.number, "title": release.article.title}
        action = "articles.following.acknowledged"
        log(instance=versions.first() or clinic, action=action, user=user, data=data)
    return found


def acknowledge_within() -> timedelta:
    """How long a clinic has; the setting ARTICLES_ACKNOWLEDGE_DAYS is in days."""
    return timedelta(days=settings.ARTICLES_ACKNOWLEDGE_DAYS)


def _is_for(release: ArticleRelease, facts: ClinicFacts, needed: dict[int, set[int]]) -> bool:
    opened_at = facts.clinic.first_published_at
    if opened_at and opened_at > release.published_at:
        return False
    services = needed.get(release.article_id)
    return not services or bool(services & {service.pk for service in facts.services.all()})


def _services(article_ids: Iterable[int]) -> dict[int, set[int]]:
    through = ArticlePage.services.through.objects.filter(articlepage_id__in=set(article_ids))
    found: dict[int, set[int]] = {}
    for article, service in through.values_list("articlepage_id", "service_id"):
        found.setdefault(article, set()).add(service)
    return found
