"""Reads articles for a clinic: a fixed number of queries, whatever is in an article or a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Revision

from articles.effective import (
    Bases,
    EffectiveArticle,
    EffectiveSummary,
    effective_article,
    effective_summary,
    own_article,
    own_summary,
)
from articles.following import Choice, choose_release, follow
from articles.models import (
    ArticleAddress,
    ArticleLibraryPage,
    ArticleMountPage,
    ArticlePage,
    ArticleRelease,
    LocalArticlePage,
    LocalVersionPage,
)
from articles.shelf import (
    articles_by_id,
    carries,
    held_at,
    hold_of,
    own_slugs_of,
    related_ids_of,
    releases_of,
    shelf_of,
    versions_at,
)
from clinics.edge.memory import is_remembering, remembered, texts
from clinics.edge.shown import shows, shows_until
from clinics.rows import asked_for, rows_by_id
from clinics.tree_paths import at_or_above

if TYPE_CHECKING:
    from clinics.clinic import Clinic

_CONTENT = ("hero_image", "author", "reviewer")
_VERSION = ("hero_image", "index_decision")
# What of a release only a merge needs.
DIGESTS = ("digests", "field_digests", "safety")


@dataclass(frozen=True)
class Found:
    """What a mount has at a path: an article, the address that it moved to, or "gone"."""

    article: EffectiveArticle | None = None
    slug: str = ""
    moved_to: str = ""
    gone: bool = False


def find_article(mount: ArticleMountPage, slug: str, clinic: Clinic) -> Found | None:
    """What a clinic shows at a slug of a mount; None is a 404."""
    may_be_own = not is_remembering() or slug in own_slugs_of(mount, clinic)
    own = own_articles(mount).filter(slug=slug).first() if may_be_own else None
    if own:
        return Found(own_article(own), slug)
    article = _offered_at(mount, slug, clinic)
    if article is None:
        return _former_address(mount, slug, clinic)
    effective = effective_for(article, clinic)
    return Found(effective, slug) if effective else None


def effective_for(article: ArticlePage, clinic: Clinic) -> EffectiveArticle | None:
    """The effective article of a clinic; None when its release is not offered to the clinic yet."""
    shows(f"a:{article.pk}")
    shows_until(article.expire_at)
    releases = releases_of([article.pk]).get(article.pk, [])
    held = held_at(clinic.page_id, [article.pk]).get(article.pk)
    choice = follow(releases, hold_of(clinic.page_id), held)
    release = choice.shown
    if release is None:
        return None
    version = local_version_of(article, clinic.page_id)
    return effective_article(
        content_of(article, release),
        release=release,
        local_version=version,
        bases=Bases({row.number: row for row in releases}),
        is_hub=clinic.is_hub,
        is_held=choice.is_held,
    )


def local_version_of(article: ArticlePage, clinic_id: int) -> LocalVersionPage | None:
    """The local version of a clinic, draft or live."""
    return versions_at(clinic_id, [article.pk]).get(article.pk)


def release_shown(article: ArticlePage, clinic_id: int) -> ArticleRelease | None:
    """The release of an article that a clinic shows now; None when it shows none."""
    return choice_of(article, clinic_id).shown


def choice_of(article: ArticlePage, clinic_id: int) -> Choice:
    """What a clinic shows now of an article, and could show."""
    held = held_at(clinic_id, [article.pk]).get(article.pk)
    return follow(releases_of([article.pk]).get(article.pk, []), hold_of(clinic_id), held)


def base_number(version: LocalVersionPage) -> int:
    """The number of the release that the clinic shows, which what it writes now is based on."""
    release = release_shown(version.article, version.clinic_id)
    return release.number if release else 0


def content_shown(article: ArticlePage, clinic_id: int) -> ArticlePage:
    """The article with the content that a clinic shows; as it is live when the clinic shows none.

    What is live may be for a first group only, or wait for the clinic.
    """
    release = release_shown(article, clinic_id)
    return content_of(article, release) if release else article


def content_of(article: ArticlePage, release: ArticleRelease) -> ArticlePage:
    """The article with the content of a release; its slug and place are always the current ones."""
    if release.revision_id == article.live_revision_id:
        return article

    def read() -> ArticlePage:
        shows(f"a:{article.pk}")
        content: ArticlePage = release.revision.as_object()
        content.slug, content.kind = article.slug, article.kind
        return content

    return remembered(("content", release.pk), read, memory=texts)


def _offered_at(mount: ArticleMountPage, slug: str, clinic: Clinic) -> ArticlePage | None:
    """The library's article at a slug; for a page to be kept with all that goes with it."""
    if not is_remembering():
        return offered(mount, clinic).filter(slug=slug).first()
    shelf = shelf_of(mount.library_id)
    found = shelf.addresses.get((mount.kind, slug))
    if found is None or not carries(shelf.articles[found], clinic):
        return None
    # What the page says of related articles comes along in the same queries.
    related = (pk for pk in related_ids_of(found) if pk in shelf.articles)
    ids = [found, *(pk for pk in related if carries(shelf.articles[pk], clinic))]
    versions_at(clinic.page_id, ids)
    releases_of(ids)
    return articles_by_id(ids).get(found)


def offered(mount: ArticleMountPage, clinic: Clinic) -> QuerySet[ArticlePage]:
    """The library's live, public articles of the mount's kind that the clinic's services allow."""
    return offered_by_library(mount.library, clinic).filter(kind=mount.kind)


def offered_by_library(library: ArticleLibraryPage, clinic: Clinic) -> QuerySet[ArticlePage]:
    """What the clinic shows of a library: neither what its services exclude nor what it hides."""
    return allowed_by_library(library, clinic).filter(~Exists(_hidden_by(clinic)))


def allowed_by_library(library: ArticleLibraryPage, clinic: Clinic) -> QuerySet[ArticlePage]:
    """The library's live, public articles for a clinic, those that it hides included."""
    shows("lib")
    articles = (
        public_articles(library)
        .filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
        .select_related(*_CONTENT)
        .order_by("title")
    )
    if clinic.is_hub:
        return articles
    about_services = ArticlePage.services.through.objects.filter(articlepage_id=OuterRef("pk"))
    return articles.filter(
        ~Exists(about_services) | Exists(about_services.filter(service__slug__in=clinic.services))
    )


def public_articles(library: ArticleLibraryPage) -> QuerySet[ArticlePage]:
    """The library's live articles that nobody restricted, those that have expired included."""
    articles = ArticlePage.objects.live().child_of(library)
    is_restricted = Exists(_restrictions(library))
    return articles.annotate(is_restricted=is_restricted).filter(is_restricted=False)


def own_articles(mount: ArticleMountPage) -> QuerySet[LocalArticlePage]:
    """The live articles that the clinic wrote below this mount."""
    return (
        LocalArticlePage.objects.child_of(mount)
        .live()
        .filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))
        .select_related(*_CONTENT)
        .annotate(is_restricted=Exists(_restrictions(mount)))
        .filter(is_restricted=False)
    )


def listed(mount: ArticleMountPage, clinic: Clinic) -> list[EffectiveSummary]:
    """Every article of a mount as the clinic shows it, by title: own ones and the library's."""
    effective = effective_many(offered(mount, clinic).defer("body"), clinic)
    effective += [own_summary(page) for page in own_articles(mount).defer("body")]
    return sorted(effective, key=lambda each: each.value("title").casefold())


def effective_many(articles: Iterable[ArticlePage], clinic: Clinic) -> list[EffectiveSummary]:
    """What a clinic's lists show of these articles, in a fixed number of queries."""
    articles = list(articles)
    for article in articles:
        shows_until(article.expire_at)
    ids = [article.pk for article in articles]
    releases = releases_of(ids)
    versions = versions_at(clinic.page_id, ids)
    shown = _shown_by(clinic, releases)
    earlier = _earlier_contents(articles, shown)
    return [
        effective_summary(
            earlier.get(article.pk, article),
            versions.get(article.pk),
            Bases({row.number: row for row in releases[article.pk]}),
            shown[article.pk],
        )
        for article in articles
        if article.pk in shown
    ]


def mounts_of(clinic: Clinic) -> list[ArticleMountPage]:
    """The lists of articles that a clinic's site has, in the order of the tree."""

    def read() -> list[ArticleMountPage]:
        shows(f"c:{clinic.page_id}")
        mounts = ArticleMountPage.objects.live().filter(path__startswith=clinic.tree_path)
        return list(mounts.select_related("library").order_by("path"))

    return remembered(("mounts", clinic.page_id), read)


def article_paths(article_ids: Iterable[int], clinic: Clinic) -> dict[int, str]:
    """Paths of shared articles on a clinic's own site, by page id; what it lacks is left out."""
    by_library: dict[ArticleLibraryPage, dict[str, str]] = {}
    for mount in mounts_of(clinic):
        by_library.setdefault(mount.library, {})[mount.kind] = mount.slug
    if is_remembering():
        return _paths_on_shelves(set(article_ids), by_library, clinic)
    rows = {
        pk: f"/{slugs[kind]}/{slug}/"
        for library, slugs in by_library.items()
        for pk, kind, slug in offered_by_library(library, clinic)
        .filter(pk__in=asked_for(article_ids), kind__in=slugs)
        .values_list("pk", "kind", "slug")
    }
    releases = ArticleRelease.objects.filter(article__in=asked_for(rows)).defer(*DIGESTS)
    shown = _shown_by(clinic, _releases_by_article(releases))
    return {pk: path for pk, path in rows.items() if pk in shown}


def _paths_on_shelves(
    ids: set[int], by_library: Mapping[ArticleLibraryPage, Mapping[str, str]], clinic: Clinic
) -> dict[int, str]:
    shows("lib")
    found = [
        (each, slugs[each.kind])
        for library, slugs in by_library.items()
        for pk, each in shelf_of(library.pk).articles.items()
        if pk in ids and each.kind in slugs and carries(each, clinic)
    ]
    shown = _shown_by(clinic, {each.pk: list(each.releases) for each, _slug in found})
    return {each.pk: f"/{slug}/{each.slug}/" for each, slug in found if each.pk in shown}


def _shown_by(
    clinic: Clinic, releases: Mapping[int, list[ArticleRelease]]
) -> dict[int, ArticleRelease]:
    """The release that a clinic shows of each of these articles; those that it does not offer yet
    are left out."""
    held = held_at(clinic.page_id, releases)
    facts = hold_of(clinic.page_id)
    return {
        pk: release
        for pk, rows in releases.items()
        if (release := choose_release(rows, facts, held.get(pk)))
    }


def _former_address(mount: ArticleMountPage, slug: str, clinic: Clinic) -> Found | None:
    """Where an address leads that no article has now, by way of articles that were withdrawn."""
    kind, seen = mount.kind, set()
    while (kind, slug) not in seen:
        seen.add((kind, slug))
        row = ArticleAddress.objects.filter(library_id=mount.library_id, kind=kind, slug=slug)
        found = row.select_related("article").first()
        if found is None:
            return None
        if found.gone:
            return Found(gone=True)
        target = found.article
        if target is None:
            return Found(moved_to=f"/{mount.slug}/")
        path = article_paths([target.pk], clinic).get(target.pk)
        if path:
            return Found(moved_to=path)
        if target.live:  # This clinic does not carry it: the address was withdrawn, or is not its.
            return Found(moved_to=f"/{mount.slug}/") if _is_withdrawn(mount, kind, slug) else None
        kind, slug = target.kind, target.slug
    return None


def _is_withdrawn(mount: ArticleMountPage, kind: str, slug: str) -> bool:
    articles = ArticlePage.objects.child_of(mount.library).filter(live=False)
    return articles.filter(kind=kind, slug=slug).exists()


def _releases_by_article(releases: QuerySet[ArticleRelease]) -> dict[int, list[ArticleRelease]]:
    grouped: dict[int, list[ArticleRelease]] = {}
    for release in releases.order_by("-pk"):
        grouped.setdefault(release.article_id, []).append(release)
    return grouped


def _earlier_contents(
    articles: Iterable[ArticlePage], shown: Mapping[int, ArticleRelease]
) -> dict[int, ArticlePage]:
    """The fields of the articles of which a clinic shows an earlier release, by article id.

    `content_of` for lists: it makes no page of a revision, which takes queries for each.
    """
    held = [a for a in articles if a.pk in shown and shown[a.pk].revision_id != a.live_revision_id]
    if not held:
        return {}
    revisions = rows_by_id(Revision.objects.all(), (shown[a.pk].revision_id for a in held))
    contents = {a.pk: revisions[shown[a.pk].revision_id].content for a in held}
    heroes = (content["hero_image"] for content in contents.values() if content["hero_image"])
    images = rows_by_id(get_image_model().objects.all(), heroes)
    earlier = {}
    for article in held:
        content = contents[article.pk]
        earlier[article.pk] = page = copy(article)
        for name in ("title", "summary", "seo_title", "search_description"):
            setattr(page, name, content[name])
        page.hero_image = images.get(content["hero_image"])
        page.author_id, page.reviewer_id = content["author"], content["reviewer"]
        page.review_due_date = parse_date(content.get("review_due_date") or "")
        page.is_unreviewed = content.get("is_unreviewed", False)
    return earlier


def _hidden_by(clinic: Clinic) -> QuerySet[LocalVersionPage]:
    """The clinic's local version of the outer article, if it is in force and hides the article."""
    return LocalVersionPage.objects.live().filter(
        Q(expire_at=None) | Q(expire_at__gt=timezone.now()),
        clinic_id=clinic.page_id,
        article=OuterRef("pk"),
        hides_article=True,
    )


def _restrictions(parent: Page) -> QuerySet[PageViewRestriction]:
    """Restrictions of a page below this one or of one above, which public hosts answer with 404.

    By whole paths: compared by how they begin, every page would be looked at for every article.
    """
    paths = [*at_or_above(parent.path), OuterRef("path")]
    return PageViewRestriction.objects.filter(page__path__in=paths)


def draft_effective(version: LocalVersionPage, clinic: Clinic) -> EffectiveArticle:
    """What patients would read if this (perhaps unsaved) local version were live."""
    article = version.article
    releases = list(article.releases.order_by("-pk"))
    held = held_at(clinic.page_id, [article.pk]).get(article.pk)
    choice = follow(releases, hold_of(clinic.page_id), held)
    draft = copy(version)
    draft.live, draft.expire_at = True, None
    return effective_article(
        content_of(article, choice.shown) if choice.shown else article,
        release=choice.shown,
        local_version=draft,
        bases=Bases({row.number: row for row in releases}),
        is_hub=clinic.is_hub,
        is_held=choice.is_held,
    )
