"""The library updates that a clinic holds: a clinic in, one line for each article out.

A fixed number of queries, whatever the number of articles and of releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from wagtail.models import Revision

from articles.following import follow, release_info
from articles.holding import available_since, available_to
from articles.models import ArticleRelease, HeldArticle
from articles.queries import DIGESTS

if TYPE_CHECKING:
    from articles.models import ArticlePage
    from clinics.models import ClinicFacts


@dataclass(frozen=True)
class Differences:
    """How many sections two releases differ by, and in which fields."""

    changed: int
    added: int
    removed: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class WaitingUpdate:
    """An article that patients read in an older release, or not at all (`shown` None).

    `steps` are the releases in between and the newest one, the newest first; `anyway_at` is when
    the newest is shown whether it is accepted or not.
    """

    article: ArticlePage
    title: str
    shown: ArticleRelease | None
    newest: ArticleRelease
    steps: tuple[ArticleRelease, ...]
    differences: Differences | None
    anyway_at: datetime | None


def waiting_updates(articles: Iterable[ArticlePage], facts: ClinicFacts) -> list[WaitingUpdate]:
    """The updates of these articles that the clinic holds, the newest first."""
    by_id = {article.pk: article for article in articles}
    held = {row.article_id: row for row in HeldArticle.objects.filter(clinic_id=facts.clinic_id)}
    grouped: dict[int, list[ArticleRelease]] = {}
    for row in ArticleRelease.objects.defer(*DIGESTS).order_by("-pk"):
        grouped.setdefault(row.article_id, []).append(row)
    choices = {
        pk: choice
        for pk, rows in grouped.items()
        if pk in by_id and (choice := follow(rows, facts, held.get(pk))).is_held
    }
    pairs = [release for c in choices.values() for release in (c.shown, c.newest) if release]
    full = ArticleRelease.objects.in_bulk([release.pk for release in pairs])
    titles = _titles([c.newest.revision_id for c in choices.values() if c.newest])
    found = [
        WaitingUpdate(
            article=by_id[pk],
            title=titles.get(choice.newest.revision_id) or by_id[pk].title,
            shown=choice.shown,
            newest=choice.newest,
            steps=_steps(grouped[pk], facts, after=choice.shown),
            differences=_differences(full, choice.shown, choice.newest),
            anyway_at=_anyway_at(choice.newest, facts),
        )
        for pk, choice in choices.items()
        if choice.newest
    ]
    return sorted(found, key=lambda update: -update.newest.number)


def differences(before: ArticleRelease, after: ArticleRelease) -> Differences:
    """What changed from one release of an article to another one."""
    old, new = before.digests, after.digests
    return Differences(
        changed=sum(old[id_] != new[id_] for id_ in old.keys() & new.keys()),
        added=len(new.keys() - old.keys()),
        removed=len(old.keys() - new.keys()),
        fields=tuple(
            name
            for name, digest in after.field_digests.items()
            if before.field_digests.get(name) != digest
        ),
    )


def _differences(
    full: Mapping[int, ArticleRelease], shown: ArticleRelease | None, newest: ArticleRelease
) -> Differences | None:
    return differences(full[shown.pk], full[newest.pk]) if shown else None


def _steps(
    releases: Iterable[ArticleRelease], facts: ClinicFacts, *, after: ArticleRelease | None
) -> tuple[ArticleRelease, ...]:
    rows = {release.number: release for release in releases}
    infos = available_to(facts.clinic_id, map(release_info, rows.values()), timezone.now())
    numbers = sorted((info.number for info in infos), reverse=True)
    return tuple(rows[number] for number in numbers if not after or number > after.number)


def _anyway_at(newest: ArticleRelease, facts: ClinicFacts) -> datetime | None:
    since = available_since(release_info(newest), facts.clinic_id)
    return since + timedelta(days=facts.hold_days) if since and facts.hold_days else None


def _titles(revision_ids: list[int]) -> dict[int, str]:
    rows = Revision.objects.filter(pk__in=revision_ids)
    return dict(rows.values_list("pk", "content__title"))
