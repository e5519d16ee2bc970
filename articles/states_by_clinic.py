"""The state of many articles at many clinics: two lists in, one cell for each pair out.

A fixed number of queries, whatever the number of either. `articles.article_states` says the same of
one clinic; a test compares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import Revision

from articles.article_states import (
    StoredContent,
    VersionReading,
    content_of_page,
    content_of_revision,
    read_version,
)
from articles.effective import is_in_force
from articles.following import Choice, follow
from articles.merge import State
from articles.models import (
    ArticleMountPage,
    ArticlePage,
    ArticleRelease,
    HeldArticle,
    LocalVersionPage,
)
from articles.queries import DIGESTS
from clinics.models import ClinicFacts
from clinics.tree_paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable

# More clinics than this are asked for all at once instead of by name.
_MOST_TERMS = 100


@dataclass(frozen=True)
class Cell:
    """One article at one clinic. `state` None: the article is not for this clinic.

    `version` is a local version, in force or not; `reading` is there for one in force; `release`
    is what patients read.
    """

    state: State | None
    version: LocalVersionPage | None = None
    release: ArticleRelease | None = None
    content: StoredContent | None = None
    reading: VersionReading | None = None


type Matrix = dict[tuple[int, int], Cell]


def states_by_clinic(articles: Sequence[ArticlePage], clinics: Sequence[ClinicFacts]) -> Matrix:
    """The cells by article and clinic id.

    `clinics` come with `clinic` and `services` read along.
    """
    rows = _Rows(articles, clinics)
    chosen = {
        (article.pk, facts.clinic_id): rows.choice(article, facts)
        for article in articles
        for facts in clinics
        if rows.is_offered(article, facts)
    }
    contents = _contents(articles, chosen, rows)
    return {
        (article.pk, facts.clinic_id): _cell(article, facts, chosen, rows, contents)
        for article in articles
        for facts in clinics
    }


class _Rows:
    """Everything that the cells are made of."""

    def __init__(self, articles: Sequence[ArticlePage], clinics: Sequence[ClinicFacts]) -> None:
        ids = [article.pk for article in articles]
        homes = [facts.clinic_id for facts in clinics]
        versions = LocalVersionPage.objects.filter(article__in=ids, clinic__in=homes)
        self.versions = {
            (row.article_id, row.clinic_id): row for row in versions.select_related("hero_image")
        }
        held = HeldArticle.objects.filter(article__in=ids, clinic__in=homes)
        self.held = {(row.article_id, row.clinic_id): row for row in held}
        self.releases = _releases(ids, {article for article, _clinic in self.versions})
        self.services = _services(ids)
        self.kinds = _kinds(clinics)
        self._common: dict[int, Choice] = {}

    def is_offered(self, article: ArticlePage, facts: ClinicFacts) -> bool:
        """Live, of a kind that the clinic has a list for, and about a service of it or of none."""
        needed = self.services.get(article.pk)
        offered = {service.pk for service in facts.services.all()}
        is_for = not needed or bool(needed & offered)
        return article.live and is_for and article.kind in self.kinds.get(facts.clinic.path, ())

    def choice(self, article: ArticlePage, facts: ClinicFacts) -> Choice:
        """Most clinics follow at once: what they show is found once for all of them."""
        releases = self.releases.get(article.pk, [])
        held = self.held.get((article.pk, facts.clinic_id))
        is_common = not facts.review_first and held is None
        if not is_common or any(row.first_clinics is not None for row in releases):
            return follow(releases, facts, held)
        if article.pk not in self._common:
            self._common[article.pk] = follow(releases, facts, None)
        return self._common[article.pk]


def _releases(ids: list[int], with_versions: set[int]) -> dict[int, list[ArticleRelease]]:
    """By article, the newest first; digests only where a local version needs them."""
    found: dict[int, list[ArticleRelease]] = {}
    every = ArticleRelease.objects.filter(article__in=ids).order_by("-pk")
    for row in every.exclude(article__in=with_versions).defer(*DIGESTS):
        found.setdefault(row.article_id, []).append(row)
    for row in every.filter(article__in=with_versions):
        found.setdefault(row.article_id, []).append(row)
    return found


def _services(ids: list[int]) -> dict[int, set[int]]:
    through = ArticlePage.services.through.objects.filter(articlepage_id__in=ids)
    found: dict[int, set[int]] = {}
    for article, service in through.values_list("articlepage_id", "service_id"):
        found.setdefault(article, set()).add(service)
    return found


def _kinds(clinics: Sequence[ClinicFacts]) -> dict[str, set[str]]:
    """The kinds that each clinic has a live list for, by the clinic's path in the tree."""
    mounts = ArticleMountPage.objects.live()
    if len(clinics) <= _MOST_TERMS:
        mounts = mounts.filter(below(facts.clinic.path for facts in clinics))
    found: dict[str, set[str]] = {}
    for path, kind in mounts.values_list("path", "kind"):
        found.setdefault(path[: -ArticleMountPage.steplen], set()).add(kind)
    return found


def _contents(
    articles: Iterable[ArticlePage], chosen: Mapping[tuple[int, int], Choice], rows: _Rows
) -> dict[int, StoredContent]:
    """What local versions in force are read with, by revision."""
    by_id = {article.pk: article for article in articles}
    wanted: dict[int, ArticlePage] = {}
    for (article_id, clinic_id), choice in chosen.items():
        version = rows.versions.get((article_id, clinic_id))
        if choice.shown and is_in_force(version):
            wanted[choice.shown.revision_id] = by_id[article_id]
    older = [pk for pk, article in wanted.items() if pk != article.live_revision_id]
    found = {
        pk: content_of_page(article)
        for pk, article in wanted.items()
        if pk == article.live_revision_id
    }
    stored = Revision.objects.filter(pk__in=older).values_list("pk", "content") if older else ()
    return found | {pk: content_of_revision(content) for pk, content in stored}


def _cell(
    article: ArticlePage,
    facts: ClinicFacts,
    chosen: Mapping[tuple[int, int], Choice],
    rows: _Rows,
    contents: Mapping[int, StoredContent],
) -> Cell:
    key = (article.pk, facts.clinic_id)
    choice, version = chosen.get(key), rows.versions.get(key)
    if choice is None or choice.newest is None:
        return Cell(None, version)
    release = choice.shown
    if release is None:
        return Cell(State.HELD, version)
    if version is None or not is_in_force(version):
        return Cell(State.HELD if choice.is_held else State.FOLLOWS, version, release)
    content = contents[release.revision_id]
    releases = rows.releases[article.pk]
    reading = read_version(content, release, version, releases, is_held=choice.is_held)
    return Cell(reading.state, version, release, content, reading)
