"""Page, list, link, state and former address read the same release (rows 24, 27, 83 and 87)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from articles.actions import insert_section
from articles.article_states import article_states
from articles.models import ArticlePage, ArticleRelease, HeldArticle, LocalVersionPage
from articles.override_edits import Note
from articles.publishing import NotPublishableError
from clinics.models import ClinicFacts
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    text,
)
from tests.factories import World

HOUR = timedelta(hours=1)
type Change = Callable[[World, ArticlePage], None]


def newest(article: ArticlePage) -> Any:
    return ArticleRelease.objects.filter(pk=article.releases.first().pk)


def first_group(*, everyone_at: timedelta | None = None) -> Change:
    def change(world: World, article: ArticlePage) -> None:
        moment = timezone.now() + everyone_at if everyone_at else None
        newest(article).update(first_clinics=[world.hillside.pk], everyone_at=moment)

    return change


def undone(world: World, article: ArticlePage) -> None:
    newest(article).update(undone_at=timezone.now())


def reviews_first(world: World, article: ArticlePage) -> None:
    """Nothing but the page with the link is accepted."""
    ClinicFacts.objects.filter(clinic=world.harbour).update(review_first=True)
    links = ArticlePage.objects.get(slug="links")
    HeldArticle.objects.create(clinic=world.harbour, article=links, release=links.releases.get())


def accepted_the_first(world: World, article: ArticlePage) -> None:
    number = article.releases.first().number - 1
    ClinicFacts.objects.filter(clinic=world.harbour).update(review_first=True, library_as_of=number)


def accepted_this_article(world: World, article: ArticlePage) -> None:
    """The later of the two numbers counts."""
    accepted_the_first(world, article)
    release = article.releases.first()
    HeldArticle.objects.create(clinic=world.harbour, article=article, release=release)


def accepted_all_after_a_hold(world: World, article: ArticlePage) -> None:
    number = article.releases.first().number
    ClinicFacts.objects.filter(clinic=world.harbour).update(review_first=True, library_as_of=number)
    HeldArticle.objects.create(
        clinic=world.harbour, article=article, release=article.releases.last()
    )


def nothing(world: World, article: ArticlePage) -> None:
    return


# What each site shows of an article that was released as "Then" and again as "Now".
CASES: dict[str, tuple[Change, dict[str, str]]] = {
    "everybody": (nothing, {"hillside": "Now", "harbour": "Now", "hub": "Now"}),
    "first group": (first_group(), {"hillside": "Now", "harbour": "Then", "hub": "Then"}),
    "group until later": (
        first_group(everyone_at=HOUR),
        {"hillside": "Now", "harbour": "Then", "hub": "Then"},
    ),
    "group until now": (
        first_group(everyone_at=-HOUR),
        {"hillside": "Now", "harbour": "Now", "hub": "Now"},
    ),
    "undone": (undone, {"hillside": "Then", "harbour": "Then", "hub": "Then"}),
    "nothing accepted": (reviews_first, {"hillside": "Now", "harbour": "", "hub": "Now"}),
    "first accepted": (accepted_the_first, {"hillside": "Now", "harbour": "Then", "hub": "Now"}),
    "this accepted": (accepted_this_article, {"hillside": "Now", "harbour": "Now", "hub": "Now"}),
    "all accepted": (
        accepted_all_after_a_hold,
        {"hillside": "Now", "harbour": "Now", "hub": "Now"},
    ),
}


@pytest.mark.parametrize("home", ["hillside", "harbour", "hub"])
@pytest.mark.parametrize("case", CASES)
def test_every_place_shows_the_same_release(
    world: World, site_client: Any, case: str, home: str
) -> None:
    article = make_article("a", title="Then")
    link_to(article)
    change_article(article, title="Now")
    change, expected = CASES[case]
    change(world, article)
    site = getattr(world, home)

    assert places(site, article, site_client(site)) == everywhere(expected[home])


@pytest.mark.parametrize("home", ["hillside", "harbour", "hub"])
def test_article_that_only_the_first_group_has_is_nowhere_else(
    world: World, site_client: Any, home: str
) -> None:
    article = make_article("a", title="Now")
    link_to(article)
    first_group()(world, article)
    site = getattr(world, home)

    shown = places(site, article, site_client(site))

    assert shown == everywhere("Now" if home == "hillside" else "")


def test_former_address_of_what_a_clinic_does_not_show_yet_is_404(world: World) -> None:
    article = change_article(make_article("old"), slug="new")
    assert Client(HTTP_HOST="harbour.test").get("/conditions/old/").status_code == 301

    ArticleRelease.objects.filter(article=article).update(first_clinics=[world.hillside.pk])

    assert Client(HTTP_HOST="harbour.test").get("/conditions/old/").status_code == 404
    assert Client(HTTP_HOST="hillside.test").get("/conditions/old/").status_code == 301


def test_article_not_yet_released_to_a_clinic_is_not_held_by_it(world: World) -> None:
    """Held is what the clinic could show: its list of articles does not say "Held" of others."""
    article = make_article("a")
    first_group()(world, article)

    assert article_states([article], world.harbour.pk) == []


def link_to(article: ArticlePage) -> None:
    html = f'<p><a linktype="page" id="{article.pk}">there</a></p>'
    make_article("links", text("links", html=html))


def everywhere(title: str) -> dict[str, str]:
    return dict.fromkeys(("page", "list", "link", "state"), title)


def places(home: Page, article: ArticlePage, client: Client) -> dict[str, str]:
    """The title that each place shows of the article, "" where it is not there."""
    page, links = client.get("/conditions/a/"), client.get("/conditions/links/")
    assert links.status_code == 200
    states = article_states([ArticlePage.objects.get(pk=article.pk)], home.pk)
    return {
        "page": title_in(page.content, "h1") if page.status_code == 200 else "",
        "list": title_in(client.get("/conditions/").content, 'a[href$="/conditions/a/"]'),
        "link": title_in(page.content, "h1") if b'href="/conditions/a/"' in links.content else "",
        "state": next((state.title for state in states if state.is_offered), ""),
    }


def title_in(html: bytes, selector: str) -> str:
    found = BeautifulSoup(html, "html.parser").select_one(selector)
    return found.get_text(strip=True) if found else ""


# What a clinic edits is what it shows


def test_added_section_remembers_the_sections_that_the_clinic_shows(world: World) -> None:
    article = make_article("a", text("what"), text("care"))
    version = make_local_version(article, world.harbour)
    change_article(article, [text("what"), text("new")])
    first_group()(world, article)

    version = insert_section(
        LocalVersionPage.objects.get(pk=version.pk),
        text("own"),
        where="end",
        anchor="",
        note=Note("Ours"),
        user=None,
        publish=True,
    )

    (override,) = version.overrides.raw_data
    neighbours = [each["value"] for each in override["value"]["neighbours"]]
    assert neighbours == [section_id("what"), section_id("care")]


def test_lock_that_only_the_first_group_has_stops_no_other_clinic(world: World) -> None:
    article = make_article("a", text("what"))
    change_article(article, [text("what", locked=True)])
    first_group()(world, article)
    own = override("replace", "what", text("own"))

    version = make_local_version(article, world.harbour, own)

    assert version.live
    with pytest.raises(NotPublishableError):
        make_local_version(article, world.hillside, own)
