"""What a patient finds on a clinic's site: words in, results out, best first.

Only what the clinic shows, in its words: text that it replaced is not found, its own is, and what
it hides is not there. A fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import strip_tags

from articles.choices import ArticleKind
from articles.figures import every_figure_at_hand
from articles.models import ArticlePage, LocalArticlePage, ReleaseText
from articles.queries import listed, mounts_of
from articles.search_text import words_of
from articles.states_by_clinic import states_by_clinic
from clinics.models import ClinicFacts, LocalPage
from clinics.rows import asked_for
from clinics.search_words import Piece, corrected, excerpt, fold, has_all, rank, terms_of
from clinics.tokens import FAMILIES, TOKENS, fill, token_value

if TYPE_CHECKING:
    from articles.effective import EffectiveSummary
    from articles.models import ArticleMountPage
    from clinics.clinic import Clinic

MOST_RESULTS = 30


@dataclass(frozen=True)
class SearchResult:
    """A page of the clinic. `excerpt` shows where the words stand."""

    title: str
    url: str
    label: str
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True)
class SearchResults:
    """`instead` is what was looked for where nothing has the words that were typed, else ""."""

    results: tuple[SearchResult, ...]
    instead: str = ""


@dataclass(frozen=True)
class _Found:
    title: str
    url: str
    label: str
    summary: str
    text: str


def search(query: str, clinic: Clinic) -> SearchResults:
    """The pages that have every word; where none has, those with the words most like them."""
    terms = terms_of(query)
    if not terms:
        return SearchResults(())
    with every_figure_at_hand():
        return _search(terms, clinic)


def _search(terms: tuple[str, ...], clinic: Clinic) -> SearchResults:
    listings = _listings(clinic)
    results = _results(terms, listings, clinic)
    if results:
        return SearchResults(results)
    vocabulary = [
        fill(f"{each.value('title')} {each.value('summary')}", clinic)
        for _mount, articles in listings
        for each in articles
    ]
    others = corrected(terms, vocabulary)
    if others == terms:
        return SearchResults(())
    return SearchResults(_results(others, listings, clinic), " ".join(others))


type _Listings = list[tuple[ArticleMountPage, list[EffectiveSummary]]]


def _listings(clinic: Clinic) -> _Listings:
    return [(mount, listed(mount, clinic)) for mount in mounts_of(clinic)]


def _results(
    terms: tuple[str, ...], listings: _Listings, clinic: Clinic
) -> tuple[SearchResult, ...]:
    found = [*_articles(terms, listings, clinic), *_places(clinic), *_pages(clinic)]
    ranked = [
        (rank(terms, each.title, each.summary, each.text), each)
        for each in found
        if has_all(terms, fold(f"{each.title}\n{each.summary}\n{each.text}"))
    ]
    ranked.sort(key=lambda pair: (-pair[0], pair[1].title.casefold()))
    return tuple(
        SearchResult(
            each.title, each.url, each.label, excerpt(terms, f"{each.summary}\n{each.text}")
        )
        for _rank, each in ranked[:MOST_RESULTS]
    )


def _articles(terms: tuple[str, ...], listings: _Listings, clinic: Clinic) -> Iterator[_Found]:
    every = [each for _mount, articles in listings for each in articles]
    texts = _own_texts(every) | _changed_texts(every, clinic) | _shared_texts(every, terms, clinic)
    for mount, articles in listings:
        for each in articles:
            yield _Found(
                title=fill(each.value("title"), clinic),
                url=f"/{mount.slug}/{each.content.slug}/",
                label=str(ArticleKind(mount.kind).label),
                summary=fill(each.value("summary"), clinic),
                text=fill(texts.get(each.content.pk, ""), clinic),
            )


def _shared_texts(
    articles: Iterable[EffectiveSummary], terms: Iterable[str], clinic: Clinic
) -> dict[int, str]:
    """The texts of articles that the clinic reads as everybody does, if they may have the terms."""
    by_release = {
        each.release: each
        for each in articles
        if each.release is not None and each.in_force is None
    }
    rows = ReleaseText.objects.filter(release__in=asked_for(by_release), is_hub=clinic.is_hub)
    values = [token_value(name, clinic) or "" for name in TOKENS]
    values += [family.vocabulary() for family in FAMILIES.values()]
    token_words = fold(" ".join(values))
    for term in terms:
        # A term may stand in the title, which the clinic may have changed, or in a token's value.
        in_fields = [
            number
            for number, each in by_release.items()
            if has_all([term], fold(fill(_fields(each), clinic)))
        ]
        if not has_all([term], token_words):
            rows = rows.filter(folded__contains=term) | rows.filter(release__in=in_fields)
    return {by_release[row.release_id].content.pk: row.words for row in rows.defer("folded")}


def _fields(article: EffectiveSummary) -> str:
    return f"{article.value('title')} {article.value('summary')}"


def _changed_texts(articles: Iterable[EffectiveSummary], clinic: Clinic) -> dict[int, str]:
    """The texts of articles of which the clinic has a local version in force."""
    changed = [each.content.pk for each in articles if each.in_force is not None]
    if not changed:
        return {}
    pages = list(ArticlePage.objects.filter(pk__in=changed))
    facts = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
    cells = states_by_clinic(pages, [facts.get(clinic_id=clinic.page_id)])
    return {
        article_id: words_of(section.content for section in cell.reading.merged.sections)
        for (article_id, _clinic_id), cell in cells.items()
        if cell.reading
    }


def _own_texts(articles: Iterable[EffectiveSummary]) -> dict[int, str]:
    own = [each.content.pk for each in articles if isinstance(each.content, LocalArticlePage)]
    pages = LocalArticlePage.objects.filter(pk__in=asked_for(own))
    return {page.pk: words_of(page.body.raw_data) for page in pages}


def _places(clinic: Clinic) -> Iterator[_Found]:
    for place in clinic.locations:
        address = place.address
        towns = ", ".join(place.service_areas)
        yield _Found(
            title=place.name,
            url=place.path,
            label="Location",
            summary=f"{address.street}, {address.city}, {address.state} {address.zip_code}",
            text=towns,
        )


def _pages(clinic: Clinic) -> Iterator[_Found]:
    pages = LocalPage.objects.live().public().filter(path__startswith=clinic.tree_path)
    for page in pages.order_by("path"):
        yield _Found(
            title=fill(page.title, clinic),
            url="/" + page.url_path[len(clinic.url_path) :],
            label="",
            summary=fill(page.intro, clinic),
            text=fill(strip_tags(page.body.replace("<", " <")), clinic),
        )
