"""Makes a world: many clinics and articles, as rows in bulk. What is wanted comes in, what was made
goes out, a line for each kind.

Nobody else may write meanwhile. It is for measuring and for trying things out, never for patients:
texts are live past the gate of a publish, without a review, and whatever they claim.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, Site

from articles.choices import ArticleKind
from clinics.edge.changes import bump
from clinics.models import ClinicPage, FranchisePage
from cms.world import library as group
from cms.world import texts
from cms.world.collection_order import sort_collections
from cms.world.example import Stencils, stencils
from cms.world.library import WorldArticle
from cms.world.places import WorldClinic
from cms.world.printing import Press

type Say = Callable[[str], None]

_SLUG_PREFIX = "clinic-"


class WorldExistsError(ValueError):
    """There are clinics already, and nobody asked to add to them."""


@dataclass(frozen=True)
class World:
    """What is wanted. `versions` is the number of local versions, with an override each, that a
    clinic has; `searchable` also fills Wagtail's search index and index of references.
    """

    clinics: int
    articles: int
    versions: int = 0
    domain: str = "localhost"
    pictures: bool = True
    searchable: bool = False
    add: bool = False


def make_world(world: World, say: Say) -> None:
    """Raises WorldExistsError, with nothing changed, where there are clinics and `add` is off."""
    if ClinicPage.objects.exists() and not world.add:
        raise WorldExistsError(_("This database has clinics already: use --add to add to them."))
    with _timed(say) as done, transaction.atomic():
        franchise, library = group.make_group(world.domain)
        group.services()  # not by the example: what it makes is undone
        pictures = group.make_pictures(franchise) if world.pictures else []
        count = group.make_articles(library, world.articles, pictures)
        done.append(_("%(count)s articles, each with its release") % {"count": f"{count:,}"})
    with _timed(say) as done:
        counts = _make_clinics(world, franchise.pk)
        done.append(
            _("%(clinics)s clinics, each with its site, pages, location and hours")
            % {"clinics": f"{counts['clinics.clinicpage']:,}"}
        )
        done.append(_("%(count)s pages") % {"count": f"{counts['wagtailcore.page']:,}"})
        versions = counts["articles.localversionpage"]
        done.append(_("%(count)s local versions") % {"count": f"{versions:,}"})
        done.append(_("%(count)s rows in all") % {"count": f"{sum(counts.values()):,}"})
    if world.searchable:
        with _timed(say) as done:
            call_command("update_index", verbosity=0)
            call_command("rebuild_references_index", verbosity=0)
            done.append(_("Indexes of search and of references"))


def _make_clinics(world: World, franchise_id: int) -> Counter[str]:
    articles = group.articles()
    franchise = FranchisePage.objects.get(pk=franchise_id)
    library = group.make_group(world.domain)[1]
    versions = min(world.versions, len(articles))
    with transaction.atomic():
        # Others wait for a medical review.
        general = (each for each in articles if each.kind == ArticleKind.ARTICLE)
        changed = next(general, articles[0]) if versions else None
        made = stencils(franchise, library, world.domain, changed)
        press = _ClinicPress(made, franchise, articles, versions)
        first = _first_free_number()
        for number in range(first, first + world.clinics):
            press.print_clinic(WorldClinic(number, world.domain))
        press.finish()
        bump("lib")
    _refresh_statistics()
    Site.clear_site_root_paths_cache()
    cache.clear()
    return press.counts


class _ClinicPress:
    """Prints clinics one after the other below a franchise."""

    def __init__(
        self,
        made: Stencils,
        franchise: FranchisePage,
        articles: list[WorldArticle],
        versions: int,
    ) -> None:
        self._made, self._articles, self._versions = made, articles, versions
        self._franchise = Page.objects.get(pk=franchise.pk)
        self._collections = Collection.get_first_root_node()
        self._page_step = _last_step(self._franchise)
        self._collection_step = _last_step(self._collections)
        self._press = Press()
        self._printed = 0

    @property
    def counts(self) -> Counter[str]:
        return self._press.counts

    def print_clinic(self, clinic: WorldClinic) -> None:
        self._printed += 1
        own = self._own_articles(clinic)
        gaps = self._press.gaps_for(self._made.clinic) | clinic.values()
        gaps["path"] = _child_path(self._franchise, self._page_step + self._printed)
        gaps["url_path"] = f"{self._franchise.url_path}{clinic.slug}/"
        gaps["collection_path"] = _child_path(
            self._collections, self._collection_step + self._printed
        )
        kinds = Counter(article.kind for article in own)
        gaps |= {f"versions {kind}": kinds[kind] for kind in self._made.mounts}
        self._press.print(self._made.clinic.lines, gaps)
        placed: Counter[str] = Counter()
        for article in own:
            placed[article.kind] += 1
            self._print_version(clinic, gaps, article, placed[article.kind])

    def finish(self) -> None:
        self._press.finish()
        for parent in (self._franchise, self._collections):
            parent.numchild += self._printed
            parent.save(update_fields=["numchild"])
        sort_collections()

    def _own_articles(self, clinic: WorldClinic) -> list[WorldArticle]:
        """Which articles a clinic has changed: every clinic others, in turn."""
        first = clinic.number * self._versions
        some = [self._articles[(first + n) % len(self._articles)] for n in range(self._versions)]
        return some

    def _print_version(
        self, clinic: WorldClinic, of_clinic: dict[str, object], article: WorldArticle, place: int
    ) -> None:
        stencil = self._made.version
        if stencil is None:
            return
        mount = self._made.mounts[article.kind]
        gaps = self._press.gaps_for(stencil)
        gaps |= {f"section {n}": id_ for n, id_ in enumerate(article.sections)}
        gaps |= {
            "name": clinic.name,
            "words": texts.own_words(clinic.number, article.number),
            "article_title": article.title,
            "#article": article.pk,
            "#release": article.release,
            "#clinic": of_clinic[self._made.home],
            "mount_url": f"{of_clinic['url_path']}{mount.url}",
            "path": f"{of_clinic['path']}{mount.path}{Page._int2str(place).rjust(4, '0')}",
        }
        self._press.print(stencil.lines, gaps)


def _child_path(parent: Page | Collection, step: int) -> str:
    return str(type(parent)._get_path(parent.path, parent.depth + 1, step))


def _last_step(parent: Page | Collection) -> int:
    last = type(parent).objects.child_of(parent).order_by("path").last()
    return int(type(parent)._str2int(last.path[-parent.steplen :])) if last else 0


def _first_free_number() -> int:
    slugs = ClinicPage.objects.filter(slug__startswith=_SLUG_PREFIX).values_list("slug", flat=True)
    numbers = [slug.removeprefix(_SLUG_PREFIX) for slug in slugs]
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1


def _refresh_statistics() -> None:
    """Without them a planner takes a table of 100,000 rows for one of ten."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _timed(say: Say) -> Iterator[list[str]]:
    """Says what was done, each with the seconds that all of it took."""
    started, done = time.perf_counter(), list[str]()
    yield done
    seconds = time.perf_counter() - started
    for each in done:
        say(f"{each} ({seconds:.1f} s)")
