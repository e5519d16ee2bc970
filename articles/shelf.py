"""What a process remembers of the library and of a clinic, so that an article's page asks little.

The same answers as the queries of `articles.queries`, for pages that are going to be kept: a shelf
holds what decides whether and where a clinic shows an article, never its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from articles.blocks.choosers import read_streams
from articles.models import (
    ArticleLibraryPage,
    ArticlePage,
    ArticleRelease,
    HeldArticle,
    LocalArticlePage,
    LocalVersionPage,
)
from clinics.edge.memory import is_remembering, remembered, remembered_many, texts
from clinics.edge.shown import shows, shows_until
from clinics.models import ClinicFacts
from clinics.rows import asked_for, rows_by_id

if TYPE_CHECKING:
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic


@dataclass(frozen=True)
class ShelfArticle:
    """`services` are slugs; an article without any is for every clinic."""

    pk: int
    kind: str
    slug: str
    expire_at: datetime | None
    services: frozenset[str]
    releases: tuple[ArticleRelease, ...]


@dataclass(frozen=True)
class Shelf:
    """The live, public articles of a library by id, and by kind and slug."""

    articles: Mapping[int, ShelfArticle]
    addresses: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class OwnPages:
    """What a clinic has of its own: articles with a local version, those that it hides and until
    when (None for good), and the releases that it holds.
    """

    versions: frozenset[int]
    hidden: Mapping[int, datetime | None]
    held: Mapping[int, HeldArticle]


def shelf_of(library_id: int) -> Shelf:
    """What a library offers, in four queries the first time."""
    return remembered(("shelf", library_id), lambda: _read_shelf(library_id))


def own_pages_of(clinic_id: int) -> OwnPages:
    """What a clinic has of its own, in two queries the first time."""
    return remembered(("own pages", clinic_id), lambda: _read_own_pages(clinic_id))


def own_slugs_of(mount: ArticleMountPage, clinic: Clinic) -> frozenset[str]:
    """The slugs of what a clinic wrote itself below a mount, drafts too."""

    def read() -> frozenset[str]:
        shows(f"c:{clinic.page_id}")
        return frozenset(LocalArticlePage.objects.child_of(mount).values_list("slug", flat=True))

    return remembered(("own slugs", mount.pk), read)


def carries(article: ShelfArticle, clinic: Clinic) -> bool:
    """Whether the clinic's services allow the article, and the clinic does not hide it."""
    now = timezone.now()
    shows_until(article.expire_at)
    if article.expire_at and article.expire_at <= now:
        return False
    if not (clinic.is_hub or not article.services or article.services & clinic.services):
        return False
    hidden = own_pages_of(clinic.page_id).hidden
    if article.pk not in hidden:
        return True
    until = hidden[article.pk]
    shows_until(until)
    return until is not None and until <= now


def articles_by_id(ids: Iterable[int]) -> dict[int, ArticlePage]:
    """Whole articles, with everything that their sections refer to."""
    return remembered_many("article", ids, _read_articles, scope=lambda pk: f"a:{pk}", memory=texts)


def releases_of(ids: Iterable[int]) -> dict[int, list[ArticleRelease]]:
    """The releases of articles, the newest first; an article without any is left out."""
    return remembered_many("releases", ids, _read_releases, scope=lambda pk: f"a:{pk}")


def related_ids_of(article_id: int) -> tuple[int, ...]:
    """The articles that an article names as related."""

    def read() -> tuple[int, ...]:
        shows(f"a:{article_id}")
        rows = ArticlePage.related.through.objects.filter(from_articlepage=article_id)
        return tuple(rows.order_by("pk").values_list("to_articlepage_id", flat=True))

    return remembered(("related", article_id), read)


def versions_at(clinic_id: int, ids: Iterable[int]) -> dict[int, LocalVersionPage]:
    """The local versions that a clinic has of these articles, draft or live, in one query."""
    ids = set(ids)
    if is_remembering():
        ids &= own_pages_of(clinic_id).versions

    def read(missing: set[int]) -> dict[int, LocalVersionPage]:
        rows = LocalVersionPage.objects.select_related("hero_image", "index_decision")
        of_clinic = rows.filter(clinic_id=clinic_id, article__in=asked_for(missing))
        return {row.article_id: row for row in of_clinic}

    return remembered_many(
        ("version", clinic_id), ids, read, scope=lambda _pk: f"c:{clinic_id}", memory=texts
    )


def held_at(clinic_id: int, ids: Iterable[int]) -> Mapping[int, HeldArticle]:
    """The articles among these that a clinic holds by themselves."""
    if is_remembering():
        return own_pages_of(clinic_id).held
    rows = HeldArticle.objects.filter(clinic_id=clinic_id, article__in=asked_for(ids))
    return {row.article_id: row for row in rows}


def hold_of(clinic_id: int) -> ClinicFacts | None:
    """The clinic's choice between following at once and reviewing first; None for the hub."""

    def read() -> ClinicFacts | None:
        shows(f"c:{clinic_id}")
        facts = ClinicFacts.objects.only("clinic_id", "review_first", "library_as_of", "hold_days")
        return facts.filter(clinic_id=clinic_id).first()

    return remembered(("hold", clinic_id), read)


def _read_shelf(library_id: int) -> Shelf:
    from articles.queries import public_articles  # noqa: PLC0415 - it needs this module

    shows("lib")
    library = ArticleLibraryPage.objects.get(pk=library_id)
    rows = public_articles(library).values_list("pk", "kind", "slug", "expire_at")
    services: dict[int, set[str]] = {}
    about = ArticlePage.services.through.objects.values_list("articlepage_id", "service__slug")
    for pk, slug in about:
        services.setdefault(pk, set()).add(slug)
    releases: dict[int, list[ArticleRelease]] = {}
    light = ArticleRelease.objects.defer("digests", "field_digests", "safety", "credits", "note")
    for release in light.order_by("-pk"):
        releases.setdefault(release.article_id, []).append(release)
    articles = {
        pk: ShelfArticle(
            pk,
            kind,
            slug,
            expire_at,
            frozenset(services.get(pk, ())),
            tuple(releases.get(pk, ())),
        )
        for pk, kind, slug, expire_at in rows
    }
    return Shelf(articles, {(each.kind, each.slug): each.pk for each in articles.values()})


def _read_articles(ids: set[int]) -> dict[int, ArticlePage]:
    rows = rows_by_id(ArticlePage.objects.select_related("hero_image", "author", "reviewer"), ids)
    people = {pk for row in rows.values() for pk in (row.author_id, row.reviewer_id) if pk}
    shows(*(f"p:{pk}" for pk in people))
    heroes = (row.hero_image_id for row in rows.values() if row.hero_image_id)
    read_streams(*(row.body for row in rows.values()), pictures=heroes)
    return rows


def _read_releases(ids: set[int]) -> dict[int, list[ArticleRelease]]:
    rows: dict[int, list[ArticleRelease]] = {}
    for release in ArticleRelease.objects.filter(article__in=asked_for(ids)).order_by("-pk"):
        rows.setdefault(release.article_id, []).append(release)
    return rows


def _read_own_pages(clinic_id: int) -> OwnPages:
    shows(f"c:{clinic_id}")
    versions = LocalVersionPage.objects.filter(clinic_id=clinic_id)
    rows = list(versions.values_list("article_id", "live", "hides_article", "expire_at"))
    held = HeldArticle.objects.filter(clinic_id=clinic_id)
    return OwnPages(
        versions=frozenset(article for article, *_rest in rows),
        hidden={article: until for article, live, hides, until in rows if live and hides},
        held={row.article_id: row for row in held},
    )
