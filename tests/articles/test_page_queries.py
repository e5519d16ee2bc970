"""A page takes the same number of queries, whatever stands on it and however large the group is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import ArticlePage
from articles.queries import public_articles
from clinics.models import ClinicFacts
from clinics.templatetags import parts
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.every_section import (
    every_section,
    items,
    make_image,
    make_source,
    section,
)
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    slot,
    text,
)
from tests.factories import World

ARTICLE_QUERIES = 34
HUB_ARTICLE_QUERIES = 31  # it has no locations and no hold
LIST_QUERIES = 19
HOME_QUERIES = 37

Sections = list[dict[str, Any]]


def queries_of(path: str = "/conditions/a/", host: str = "harbour.test") -> int:
    """Counted on the second visit: the first one makes the sizes of the pictures."""
    client = Client(HTTP_HOST=host)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def picture(key: str) -> dict[str, Any]:
    return section("image", key, image=make_image(key).pk, alt="A bright and quiet room")


def cited(key: str) -> dict[str, Any]:
    return section("sources", key, heading="Sources", sources=items(key, make_source(key).pk))


def link_to(*articles: ArticlePage) -> dict[str, Any]:
    links = (f'<a linktype="page" id="{article.pk}">{article.title}</a>' for article in articles)
    return text("links", "Links", f"<p>{' '.join(links)} text</p>")


# What stands in an article


def no_links() -> Sections:
    return [text("links")]


def five_links() -> Sections:
    return [link_to(*(make_article(f"other-{number}") for number in range(5)))]


def pictures(count: int) -> Callable[[], Sections]:
    return lambda: [text("what"), *(picture(f"picture-{n}") for n in range(count))]


def calls_to_action(count: int) -> Callable[[], Sections]:
    actions = ["call", "text", "book"][:count]
    return lambda: [text("what"), *(section("cta", f"cta-{a}", action=a) for a in actions)]


def texts(count: int) -> Callable[[], Sections]:
    return lambda: [text(f"text-{number}") for number in range(count)]


def source_lists(count: int) -> Callable[[], Sections]:
    return lambda: [text("what"), *(cited(f"sources-{number}") for number in range(count))]


def slots(count: int) -> Callable[[], Sections]:
    return lambda: [
        slot(f"slot-{n}", picture(f"in-{n}"), cited(f"also-in-{n}"), text(f"text-in-{n}"))
        for n in range(count)
    ]


def everything() -> Sections:
    return every_section(make_article("other"))


@pytest.mark.parametrize(
    "sections",
    [
        *(texts(2), texts(20)),
        *(no_links, five_links),
        *(pictures(1), pictures(4)),
        *(calls_to_action(1), calls_to_action(3)),
        *(source_lists(1), source_lists(3)),
        *(slots(1), slots(3)),
        everything,
    ],
    ids="2-texts 20-texts no-link 5-links 1-picture 4-pictures 1-cta 3-ctas 1-source 3-sources "
    "1-slot 3-slots everything".split(),
)
def test_article_takes_the_same_queries_whatever_its_sections(
    world: World, sections: Callable[[], Sections]
) -> None:
    make_article("a", *sections())

    assert queries_of() == ARTICLE_QUERIES


def test_every_site_takes_its_number(world: World) -> None:
    make_article("a", *everything())

    assert queries_of(host="hillside.test") == ARTICLE_QUERIES
    assert queries_of(host="hub.test") == HUB_ARTICLE_QUERIES


def test_no_section_is_rendered_again_while_it_says_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article("a", *everything())
    queries_of()
    rendered: list[str] = []
    monkeypatch.setattr(parts, "render_to_string", lambda name, _values: rendered.append(name))

    queries_of()

    assert rendered == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_article_takes_the_same_queries_with_any_number_of_overrides(
    world: World, count: int
) -> None:
    article = make_article("a", text("what"), text("care"), text("more"))
    others = [make_article(f"other-{number}") for number in range(count)]
    changes = [
        override("replace", "what", picture("own-picture")),
        override("replace", "care", cited("own-source")),
        override("insert", "more", link_to(*others), position="before"),
    ]
    if count:
        fields = {"title_override": "Ours", "hero_choice": "OWN", "hero_image": make_image("Own")}
        make_local_version(article, world.harbour, *changes[:count], **fields)

    assert queries_of() == ARTICLE_QUERIES


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_article_takes_the_same_queries_with_any_number_of_related_ones(
    world: World, count: int
) -> None:
    others = [make_article(f"o-{n}", hero_image=make_image(f"o-{n}")) for n in range(count)]

    change_article(make_article("a"), related=others)

    assert queries_of() == ARTICLE_QUERIES


def test_article_takes_the_same_queries_with_2_and_50_clinics(world: World) -> None:
    article = make_article("a", *everything())
    before = queries_of()

    own = override("replace", "text", text("own"))
    add_local_versions(article, add_clinics(world, 48), own)

    assert (before, queries_of()) == (ARTICLE_QUERIES, ARTICLE_QUERIES)


@pytest.mark.parametrize("count", [1, 12])
def test_article_takes_the_same_queries_after_any_number_of_releases(
    world: World, count: int
) -> None:
    article = make_article("a")
    make_local_version(article, world.harbour, override("replace", "what", text("own")))
    for number in range(count):
        article = change_article(article, [text("what", f"{number}"), text("care")])

    assert queries_of() == ARTICLE_QUERIES


def test_own_article_takes_no_more_queries_than_a_shared_one(world: World) -> None:
    make_own_article(world.harbour, "a", *everything()[:-1], hero_image=make_image("Hero"))

    assert queries_of() < ARTICLE_QUERIES


# Lists


def fill_library(world: World, count: int) -> None:
    """Articles with pictures; every third one differs at Harbour, which also has one of its own."""
    for number in range(count):
        article = make_article(
            f"article-{number}", picture(f"p-{number}"), hero_image=make_image(f"h-{number}")
        )
        if number % 3 == 0:
            own = override("replace", f"p-{number}", picture(f"own-{number}"))
            make_local_version(article, world.harbour, own, title_override=f"Ours {number}")
    make_own_article(world.harbour, "own", picture("own"), hero_image=make_image("Own hero"))


@pytest.mark.parametrize("count", [0, 3, 20])
@pytest.mark.parametrize(("path", "expected"), [("/conditions/", "list"), ("/", "home")])
def test_list_takes_the_same_queries_with_any_number_of_articles(
    world: World, path: str, expected: str, count: int
) -> None:
    fill_library(world, count)

    assert queries_of(path) == {"list": LIST_QUERIES, "home": HOME_QUERIES}[expected]


def test_lists_take_the_same_queries_with_2_and_50_clinics(world: World) -> None:
    fill_library(world, 3)
    add_clinics(world, 48)

    assert (queries_of("/conditions/"), queries_of("/")) == (LIST_QUERIES, HOME_QUERIES)


@pytest.mark.parametrize("count", [1, 6])
def test_list_of_a_clinic_that_holds_updates_takes_two_more(world: World, count: int) -> None:
    """The revisions that it shows, and their pictures."""
    accepted = 0
    for number in range(count):
        article = make_article(f"article-{number}", hero_image=make_image(f"old-{number}"))
        accepted = article.releases.get().number
    for article in ArticlePage.objects.all():
        change_article(article, title=f"New {article.slug}", hero_image=make_image("New"))
    holds = {"review_first": True, "library_as_of": accepted}
    ClinicFacts.objects.filter(clinic=world.harbour).update(**holds)

    assert queries_of("/conditions/") == LIST_QUERIES + 2
    html = Client(HTTP_HOST="harbour.test").get("/conditions/").text
    assert "Article 0" in html
    assert "New article-0" not in html


def test_no_article_is_compared_with_every_page(world: World) -> None:
    """Paths that are compared by how they begin, in both directions, take a scan of all pages for
    each article: minutes at 10,000 clinics.
    """
    statement = str(public_articles(world.library).query)

    assert "wagtailcore_pageviewrestriction" in statement
    assert "REPLACE(" not in statement
