"""Everything that patients of a clinic read in, what the claim checker has against it out.

One article after the other, with the same resolver as its page; the pages of the site after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from articles.admin.own_pages import own_pages
from articles.claim_findings import findings_in
from articles.claims.checking import check_claims
from articles.claims.required import describes_risks, states_off_label
from articles.claims.rule import Figure, Finding, PageFacts, Part
from articles.effective import own_article
from articles.figures import known_figures
from articles.models import LocalArticlePage
from articles.queries import effective_for, mounts_of, offered, own_articles
from clinics.models import ClinicPage
from clinics.prose import words_in

if TYPE_CHECKING:
    from datetime import date

    from articles.effective import EffectiveArticle
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic

# So many are read at once.
PAGES_AT_ONCE = 25
_SHARED, _OWN, _SITE = "shared", "own", "site"


class Place(NamedTuple):
    """Where a page is: what it is, the id of its mount (0 for none), and its own."""

    what: str
    mount: int
    page: int


@dataclass(frozen=True)
class CheckedPage:
    """A page by its path on the site, and what was found in it.

    `page` is the shared article, the clinic's own or the page; an article also has its `kind` and
    what patients read of it.
    """

    path: str
    findings: tuple[Finding, ...]
    page: Any
    kind: str = ""
    effective: EffectiveArticle | None = None


def places_of(clinic: Clinic) -> list[Place]:
    """Every page of the clinic's site that the checker reads, in a fixed number of queries."""
    found: list[Place] = []
    for mount in mounts_of(clinic):
        shared, own = offered(mount, clinic), own_articles(mount)
        found += (Place(_SHARED, mount.pk, pk) for pk in shared.values_list("pk", flat=True))
        found += (Place(_OWN, mount.pk, pk) for pk in own.values_list("pk", flat=True))
    home = ClinicPage.objects.filter(pk=clinic.page_id).first()
    pages = own_pages(home).live().values_list("pk", flat=True) if home else ()
    return found + [Place(_SITE, 0, pk) for pk in pages]


def checked_pages(
    clinic: Clinic,
    states: frozenset[str] | None = None,
    day: date | None = None,
    places: Iterable[Place] | None = None,
) -> Iterator[CheckedPage]:
    """Each effective article and each page of the site, one by one: it may take a while.

    `places` are some of `places_of`; of a page that is gone meanwhile nothing is said.
    """
    states = frozenset({clinic.state} - {""}) if states is None else states
    day, figures = day or timezone.localdate(), known_figures()
    mounts = {mount.pk: mount for mount in mounts_of(clinic)}
    for some in batched(places_of(clinic) if places is None else places, PAGES_AT_ONCE):
        rows = _rows(some, mounts, clinic)
        for place in some:
            page = rows.get(place)
            if page is not None:
                mount = mounts.get(place.mount)
                yield from _checked(page, mount, clinic, states, day, figures)


def _rows(
    places: Iterable[Place], mounts: dict[int, ArticleMountPage], clinic: Clinic
) -> dict[Place, Any]:
    """The pages of some places, in a query for each mount and kind of page."""
    wanted: dict[tuple[str, int], list[int]] = {}
    for place in places:
        wanted.setdefault((place.what, place.mount), []).append(place.page)
    found: dict[Place, Any] = {}
    for (what, mount), pks in wanted.items():
        rows: Iterable[Any] = ()
        if what == _SITE:
            home = ClinicPage.objects.filter(pk=clinic.page_id).first()
            rows = own_pages(home).live().filter(pk__in=pks).specific(defer=False) if home else ()
        elif mount in mounts:
            pages: Any = (
                offered(mounts[mount], clinic) if what == _SHARED else own_articles(mounts[mount])
            )
            rows = pages.filter(pk__in=pks)
        found |= {Place(what, mount, row.pk): row for row in rows}
    return found


def _checked(
    page: Any,
    mount: ArticleMountPage | None,
    clinic: Clinic,
    states: frozenset[str],
    day: date,
    figures: Sequence[Figure],
) -> Iterator[CheckedPage]:
    if mount is None:
        path = "/" + page.url_path[len(clinic.url_path) :]
        yield CheckedPage(path, page_findings(page, clinic, states, day, figures), page)
        return
    is_own = isinstance(page, LocalArticlePage)
    effective = own_article(page) if is_own else effective_for(page, clinic)
    if effective is not None:
        found = findings_in(effective, states, day, kind=mount.kind, figures=figures)
        yield CheckedPage(f"/{mount.slug}/{page.slug}/", found, page, mount.kind, effective)


def page_findings(
    page: Any, clinic: Clinic, states: frozenset[str], day: date, figures: Sequence[Figure]
) -> tuple[Finding, ...]:
    """Of a page of the site, which names the texts that patients read (`published_texts`)."""
    parts = [
        Part("", name, words_in(getattr(page, name) or ""), local=True)
        for name in getattr(page, "published_texts", ())
    ]
    facts = PageFacts(
        off_label=states_off_label(parts),
        risks=describes_risks(parts),
        lifeline=True,
        own_names=(clinic.name,),
    )
    return check_claims(parts, states=states, day=day, facts=facts, figures=figures)
