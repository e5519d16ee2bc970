"""Which release of an article a clinic shows: releases and the clinic's hold in, a choice out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.holding import ReleaseInfo, available_since, available_to, newest_of, release_for
from articles.models import ArticleRelease, HeldArticle
from clinics.edge.shown import shows_until
from clinics.models import ClinicFacts


def choose_release(
    releases: Iterable[ArticleRelease], facts: ClinicFacts | None, held: HeldArticle | None
) -> ArticleRelease | None:
    """The release to read, by the clinic's hold or the one of this article."""
    return follow(releases, facts, held).shown


@dataclass(frozen=True)
class Choice:
    """What a clinic shows of an article, and the newest release that it could show."""

    shown: ArticleRelease | None
    newest: ArticleRelease | None

    @property
    def is_held(self) -> bool:
        """True while a newer release waits until the clinic accepts it."""
        return self.shown != self.newest


def follow(
    releases: Iterable[ArticleRelease], facts: ClinicFacts | None, held: HeldArticle | None
) -> Choice:
    """Which of an article's releases a clinic shows and could show. `facts` is None for the hub.

    An article that is held by itself in a clinic that reviews everything first has been accepted up
    to the later of the two numbers.
    """
    rows = {release.number: release for release in releases}
    infos = [release_info(release) for release in rows.values()]
    review_first = bool(facts and facts.review_first)
    accepted = (facts.library_as_of or 0) if facts and review_first else 0
    if held is not None:
        accepted = max(accepted, held.release_id or 0)
    clinic, now = facts.clinic_id if facts else None, timezone.now()
    for moment in _turning_points(infos, clinic, facts.hold_days if facts else None):
        shows_until(moment if moment > now else None)
    shown = release_for(
        infos,
        now=now,
        review_first=review_first or held is not None,
        accepted=accepted,
        hold_days=facts.hold_days if facts else None,
        clinic=clinic,
    )
    newest = newest_of(available_to(clinic, infos, now))
    return Choice(
        shown=rows[shown.number] if shown else None, newest=rows[newest.number] if newest else None
    )


def _turning_points(
    infos: Iterable[ReleaseInfo], clinic: int | None, hold_days: int | None
) -> Iterator[datetime]:
    """When a release reaches a clinic although nobody does anything."""
    for info in infos:
        if info.everyone_at:
            yield info.everyone_at
        since = available_since(info, clinic)
        if hold_days and since:
            yield since + timedelta(days=hold_days)


def release_info(release: ArticleRelease) -> ReleaseInfo:
    """A release as `articles.holding` decides about it."""
    first = release.first_clinics
    return ReleaseInfo(
        release.number,
        release.published_at,
        release.change_class,
        first_clinics=None if first is None else frozenset(first),
        everyone_at=release.everyone_at,
        is_undone=release.undone_at is not None,
    )
