"""Which sites a page belongs to: its `url_path` in, the root paths above it out, of any number.

Wagtail unpickles the list of all sites in every request that writes a page's address, and walks
through it for every page. Here each process keeps that list once, by root path, and asks the shared
cache only whether it still holds: one short word for a request.

The word is kept in the shared cache rather than in a row of the database: a request that writes
addresses has always asked the cache, so nothing is added to its queries; whoever empties the cache
or calls `Site.clear_site_root_paths_cache` still gets what they mean; and several web processes
need a cache that they share anyway. It is replaced when a change is committed, not before, so that
no process can read the old sites and keep them under the new word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from wagtail.models import Site
from wagtail.models.sites import SiteRootPath

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

CACHE_KEY = "clinics_site_root_paths_version"
# As long as Wagtail keeps its own list.
SECONDS = 3600


@dataclass(frozen=True)
class RootPathIndex:
    """The root paths of all sites in Wagtail's order, found by prefix.

    A look-up tries each length that any root path has: there are a few dozen, of ten thousand sites
    as of ten.
    """

    by_path: dict[str, tuple[tuple[int, SiteRootPath], ...]]
    lengths: tuple[int, ...]
    sites: int

    @classmethod
    def of(cls, paths: Iterable[SiteRootPath]) -> RootPathIndex:
        """`paths` as `Site.get_site_root_paths` orders them."""
        found: dict[str, tuple[tuple[int, SiteRootPath], ...]] = {}
        sites = set()
        for place, path in enumerate(paths):
            found[path.root_path] = (*found.get(path.root_path, ()), (place, path))
            sites.add(path.site_id)
        return cls(found, tuple(sorted({len(path) for path in found})), len(sites))

    def above(self, url_path: str) -> tuple[SiteRootPath, ...]:
        """Those that the path begins with, in Wagtail's order."""
        return tuple(path for _place, path in sorted(self._placed_above(url_path)))

    def _placed_above(self, url_path: str) -> Iterator[tuple[int, SiteRootPath]]:
        for length in self.lengths:
            if length > len(url_path):
                return
            yield from self.by_path.get(url_path[:length], ())


@dataclass(frozen=True)
class _Kept:
    version: str
    index: RootPathIndex


class _Keeper:
    """The index of this process."""

    kept: _Kept | None = None

    def current(self) -> RootPathIndex:
        """Made anew when somebody changed a site. What is not committed is kept nowhere."""
        if _is_changing():
            return _read()
        version = _version()
        kept = self.kept
        if kept is None or kept.version != version:
            # The word was read before the sites: a change in between leaves an old word behind.
            kept = self.kept = _Kept(version, _read())
        return kept.index


_keeper = _Keeper()


def root_paths_above(page: Page, cache_object: Any = None) -> tuple[SiteRootPath, ...]:
    """What `Page._get_relevant_site_root_paths` returns."""
    return index_for(cache_object or page).above(page.url_path)


def number_of_sites(page: Page, request: HttpRequest | None = None) -> int:
    """How many sites have a root path at all."""
    return index_for(request or page).sites


def index_for(cache_object: Any) -> RootPathIndex:
    """The index of a request, or of a page where there is none: asked for once, as in Wagtail."""
    try:
        index: RootPathIndex = cache_object._clinics_root_paths
    except AttributeError:
        index = cache_object._clinics_root_paths = _keeper.current()
    return index


def forget() -> None:
    """Drop what every process keeps."""
    _keeper.kept = None
    cache.delete(CACHE_KEY)


def forget_when_committed() -> None:
    """A site has changed in this transaction, which reads the sites itself until it ends."""
    _keeper.kept = None
    transaction.on_commit(forget)


def is_root_path(url_path: str) -> bool:
    """True when this process knows it as the root path of a site."""
    kept = _keeper.kept
    return kept is not None and url_path in kept.index.by_path


def _is_changing() -> bool:
    """True in a transaction that has changed sites. Django empties the list when it ends."""
    waiting = transaction.get_connection().run_on_commit
    return any(entry[1] is forget for entry in waiting)


def _version() -> str:
    version: str | None = cache.get(CACHE_KEY)
    if version is None:
        # Of two processes that find none, the first one's word holds.
        cache.add(CACHE_KEY, uuid4().hex, SECONDS)
        version = cache.get(CACHE_KEY)
    return version or uuid4().hex


def _read() -> RootPathIndex:
    """One query and no models; in the order of `Site.get_site_root_paths`."""
    path, language = "root_page__url_path", "root_page__locale__language_code"
    rows = Site.objects.order_by(f"-{path}", "-is_default_site", "hostname")
    return RootPathIndex.of(
        SiteRootPath(pk, root_path, Site(hostname=host, port=port).root_url, code)
        for pk, root_path, host, port, code in rows.values_list(
            "pk", path, "hostname", "port", language
        )
    )
