"""The lines of "Articles of my clinic": a clinic in, every article that is offered to it out.

A fixed number of queries, whatever the number of articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from wagtail.models import Revision

from articles.acting import FIELD_COLUMNS
from articles.admin.state_words import STATE_WORDS
from articles.article_states import ArticleState, article_states, versions_of
from articles.choices import ArticleKind, HeroChoice
from articles.merge import State
from articles.models import ArticleMountPage, ArticlePage, LocalArticlePage, LocalVersionPage
from articles.models.library import ArticleTag
from articles.queries import allowed_by_library
from clinics.account_names import name_of
from clinics.choices import ClinicStatus
from clinics.resolve import clinic_of, root_page
from clinics.tokens import fill

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.models import ClinicPage

# What somebody of the clinic should look at, the most urgent first.
NEEDS_ATTENTION = (
    State.SUSPENDED,
    State.CONFLICT,
    State.ORPHAN,
    State.WAITING,
    State.HELD,
)


@dataclass(frozen=True)
class ArticleRow:
    """One article. `pk` is the shared article's, or that of the clinic's own article (`is_own`)."""

    pk: int
    title: str
    summary: str
    kind: str
    state: State
    version: LocalVersionPage | None = None
    is_own: bool = False
    is_live: bool = True
    is_draft_waiting: bool = False
    changed_by: str = ""
    changed_at: datetime | None = None
    live_url: str = ""
    edit_pk: int | None = None
    services: frozenset[int] = frozenset()
    topics: frozenset[str] = frozenset()

    @property
    def state_words(self) -> str | Promise:
        return STATE_WORDS[self.state]

    @property
    def kind_label(self) -> str | Promise:
        return ArticleKind(self.kind).label

    @property
    def needs_attention(self) -> bool:
        return self.state in NEEDS_ATTENTION


def article_rows(page: ClinicPage) -> list[ArticleRow]:
    """Every article of the clinic, by title: the library's, and its own ones, drafts included."""
    clinic = clinic_of(root_page(page.pk))
    mounts = {mount.kind: mount for mount in mounts_of(clinic)}
    states = article_states(_allowed(mounts.values(), clinic), clinic.page_id)
    ids = [each.article.pk for each in states]
    own = list(_own_articles(clinic))
    empty = _empty_drafts([each.version for each in states if each.version])
    services = _services(ArticlePage, ids) | _services(LocalArticlePage, [a.pk for a in own])
    topics = _topics(ids)
    origin = clinic.origin if page.facts.status == ClinicStatus.LIVE else ""
    rows = [
        _shared_row(each, clinic, mounts[each.article.kind], origin, empty, services, topics)
        for each in states
    ]
    by_path = {mount.path: mount for mount in mounts.values()}
    rows += [_own_row(each, clinic, by_path[each.path[:-4]], origin, services) for each in own]
    return sorted(rows, key=lambda row: row.title.casefold())


def drafts_waiting(page: ClinicPage, articles: Iterable[ArticlePage]) -> int:
    """How many lines have a draft that patients do not see, of these shared articles and the
    clinic's own: what the list counts, without its rows."""
    versions = versions_of(page.pk)
    mine = [versions[each.pk] for each in articles if each.pk in versions]
    drafts = [version for version in mine if version.has_unpublished_changes]
    own = LocalArticlePage.objects.filter(path__startswith=page.path, has_unpublished_changes=True)
    return len(drafts) - len(_empty_drafts(drafts)) + own.count()


def mounts_of(clinic: Clinic) -> list[ArticleMountPage]:
    mounts = ArticleMountPage.objects.filter(path__startswith=clinic.tree_path)
    return list(mounts.select_related("library"))


def allowed_article(page: ClinicPage, article_id: int) -> ArticlePage | None:
    """A shared article that is offered to the clinic, hidden or not; None for any other."""
    clinic = clinic_of(root_page(page.pk))
    for mount in mounts_of(clinic):
        articles = allowed_by_library(mount.library, clinic).filter(kind=mount.kind)
        found = articles.filter(pk=article_id).first()
        if found:
            return found
    return None


def allowed_articles(page: ClinicPage) -> list[ArticlePage]:
    """All shared articles that the library offers to the clinic, hidden or not."""
    clinic = clinic_of(root_page(page.pk))
    return _allowed(mounts_of(clinic), clinic)


def _allowed(mounts: Iterable[ArticleMountPage], clinic: Clinic) -> list[ArticlePage]:
    return [
        article
        for mount in mounts
        for article in allowed_by_library(mount.library, clinic).filter(kind=mount.kind)
    ]


def _own_articles(clinic: Clinic) -> Iterable[LocalArticlePage]:
    pages = LocalArticlePage.objects.filter(path__startswith=clinic.tree_path)
    pages = pages.select_related("latest_revision__user")
    return pages.defer("body", "latest_revision__content")


def _shared_row(
    found: ArticleState,
    clinic: Clinic,
    mount: ArticleMountPage,
    origin: str,
    empty: frozenset[int],
    services: Mapping[int, frozenset[int]],
    topics: Mapping[int, frozenset[str]],
) -> ArticleRow:
    article, version = found.article, found.version
    is_live = mount.live and found.is_offered and found.state != State.HIDDEN
    return ArticleRow(
        pk=article.pk,
        title=fill(found.title, clinic),
        summary=fill(found.summary, clinic),
        kind=article.kind,
        state=found.state,
        version=version,
        is_live=is_live,
        is_draft_waiting=bool(
            version and version.has_unpublished_changes and version.pk not in empty
        ),
        live_url=f"{origin}/{mount.slug}/{article.slug}/" if is_live and origin else "",
        edit_pk=version.pk if version else None,
        services=services.get(article.pk, frozenset()),
        topics=topics.get(article.pk, frozenset()),
        **_last_change(version),
    )


def _own_row(
    page: LocalArticlePage,
    clinic: Clinic,
    mount: ArticleMountPage,
    origin: str,
    services: Mapping[int, frozenset[int]],
) -> ArticleRow:
    is_live = mount.live and page.live
    return ArticleRow(
        pk=page.pk,
        title=fill(page.draft_title or page.title, clinic),
        summary=fill(page.summary, clinic),
        kind=mount.kind,
        state=State.OWN,
        is_own=True,
        is_live=is_live,
        is_draft_waiting=page.has_unpublished_changes,
        live_url=f"{origin}/{mount.slug}/{page.slug}/" if is_live and origin else "",
        edit_pk=page.pk,
        services=services.get(page.pk, frozenset()),
        **_last_change(page),
    )


def _last_change(page: LocalVersionPage | LocalArticlePage | None) -> dict[str, Any]:
    revision = page.latest_revision if page else None
    if revision is None:
        return {}
    return {"changed_by": name_of(revision.user), "changed_at": revision.created_at}


def _empty_drafts(versions: Iterable[LocalVersionPage]) -> frozenset[int]:
    """Local versions that were started and say nothing: no draft waits there."""
    by_revision = {v.latest_revision_id: v.pk for v in versions if not v.live}
    if not by_revision:
        return frozenset()
    drafts = Revision.objects.filter(pk__in=by_revision).values_list("pk", "content")
    return frozenset(by_revision[pk] for pk, content in drafts if _says_nothing(content))


def _says_nothing(content: Mapping[str, Any]) -> bool:
    texts = [content.get(column) for column in FIELD_COLUMNS.values()]
    is_other = content["hero_choice"] != HeroChoice.INHERIT or content.get("hides_article")
    return not (json.loads(content["overrides"]) or any(texts) or is_other)


def _services(
    model: type[ArticlePage | LocalArticlePage], ids: list[int]
) -> dict[int, frozenset[int]]:
    through = model.services.through.objects
    column = f"{model._meta.model_name}_id"
    pairs = through.filter(**{f"{column}__in": ids}).values_list(column, "service_id")
    return _grouped(pairs)


def _topics(ids: list[int]) -> dict[int, frozenset[str]]:
    tags = ArticleTag.objects.filter(content_object__in=ids)
    return _grouped(tags.values_list("content_object_id", "tag__name"))


def _grouped[T](pairs: Iterable[tuple[int, T]]) -> dict[int, frozenset[T]]:
    found: dict[int, set[T]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
