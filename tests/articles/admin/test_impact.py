"""The screen "What publishing does" of a shared article (row 86)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.accepting import set_hold
from articles.models import ArticlePage, ArticleRelease
from tests.articles.crowd import add_clinics
from tests.articles.editing import edit_url
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Its draft changes a section that Hillside has replaced."""
    article = make_article("a", text("what", "What it is"), title="About it")
    make_local_version(article, world.hillside, override("replace", "what", text("own", "Ours")))
    draft = article.get_latest_revision_as_object()
    draft.body = [text("what", "What it is", "<p>New words.</p>")]
    draft.save_revision()
    return article


def url(article: ArticlePage) -> str:
    return reverse("articles_impact", args=[article.pk])


def group(html: str, code: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").find(id=code).get_text(" ").split())


def test_clinics_are_grouped_by_what_happens_to_them(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    html = client_for(world.library_editor).get(url(article)).text
    hillside, harbour = world.hillside.facts.name, world.harbour.facts.name
    assert f"{hillside} : before and after : What it is" in group(html, "review")
    assert harbour in group(html, "changes")
    assert hillside not in group(html, "changes")


def test_long_lists_are_cut_found_by_name_and_paged(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    add_clinics(world, 110)
    client = client_for(world.library_editor)
    html = client.get(url(article)).text
    assert html.count("before and after") == 12 + 1
    assert "All 111 of them" in html

    whole = client.get(url(article), {"outcome": "changes"}).text
    second = client.get(url(article), {"outcome": "changes", "p": 2}).text
    assert (whole.count("before and after"), second.count("before and after")) == (100, 11)

    found = client.get(url(article), {"q": "harbour"}).text
    assert found.count("before and after") == 1


def test_queries_do_not_grow_with_the_clinics(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)
    client.get(url(article))
    counts = []
    for more in (0, 40):
        add_clinics(world, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url(article))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def frames(client: Any, article: ArticlePage, clinic: Any) -> dict[str, str]:
    """What the two frames of a clinic say."""
    page = client.get(reverse("articles_impact_clinic", args=[article.pk, clinic.pk]))
    found = BeautifulSoup(page.content, "html.parser").find_all("iframe")
    return {each["src"].rsplit("/", 2)[1]: client.get(each["src"]).text for each in found}


def test_before_and_after_are_the_pages_of_that_clinic(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)
    pages = frames(client, article, world.harbour)
    assert ("Shared words" in pages["before"], "New words" in pages["before"]) == (True, False)
    assert ("Shared words" in pages["after"], "New words" in pages["after"]) == (False, True)
    assert all("Harbour" in page and "Hillside" not in page for page in pages.values())

    own = frames(client, article, world.hillside)
    assert all("Shared words of own" in page for page in own.values())


def test_clinic_that_reviews_first_reads_the_same_after(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    set_hold(world.harbour, review_first=True, hold_days=None, user=None)
    pages = frames(client_for(world.library_editor), article, world.harbour)
    assert "New words" not in pages["after"]
    assert "Shared words" in pages["after"]


def test_clinic_that_hides_the_article_has_no_pages(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    make_local_version(article, world.harbour, hides_article=True)
    client = client_for(world.library_editor)
    assert frames(client, article, world.harbour) == {}


def test_looking_publishes_nothing(world: World, client_for: Any, article: ArticlePage) -> None:
    before = ArticleRelease.objects.count()
    client = client_for(world.library_editor)
    assert client.get(url(article)).status_code == 200
    assert client.post(url(article)).status_code == 405
    assert ArticleRelease.objects.count() == before


def test_editor_of_the_article_leads_to_it(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    assert url(article) in client_for(world.library_editor).get(edit_url(article)).text


@pytest.mark.parametrize("who", ["hillside_publisher", "franchise_admin", "outsider"])
def test_whoever_does_not_edit_the_library_gets_404(
    world: World, client_for: Any, article: ArticlePage, who: str
) -> None:
    client = client_for(getattr(world, who))
    of_clinic = [article.pk, world.hillside.pk]
    frame = reverse("articles_impact_frame", args=[*of_clinic, "before"])
    for address in (url(article), reverse("articles_impact_clinic", args=of_clinic), frame):
        assert client.get(address).status_code == 404
