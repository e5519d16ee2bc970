"""The screen "What publishing does" of a shared article (row 86)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import ArticlePage, ArticleRelease
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
    assert f"{hillside}: What it is" in group(html, "review")
    assert harbour in group(html, "changes")
    assert hillside not in group(html, "changes")


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
    assert client_for(getattr(world, who)).get(url(article)).status_code == 404
