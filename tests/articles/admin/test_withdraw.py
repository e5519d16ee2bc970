"""The page that stands in for "Unpublish" and "Delete" of a shared article."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage, LocalArticlePage
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


@pytest.fixture
def article(world: World) -> ArticlePage:
    article = make_article("a", text("what", "What it is"), title="About it")
    make_local_version(article, world.hillside, override("replace", "what", text("own", "Ours")))
    return article


def url(article: ArticlePage) -> str:
    return reverse("articles_withdraw", args=[article.pk])


def is_live(article: ArticlePage) -> bool:
    return ArticlePage.objects.get(pk=article.pk).live


@pytest.mark.parametrize("act", ["unpublish", "delete"])
def test_unpublish_and_delete_ask_where_readers_go(
    world: World, client_for: Any, article: ArticlePage, act: str
) -> None:
    for user in (world.library_publisher, world.superuser):
        client = client_for(user)
        address = reverse(f"wagtailadmin_pages:{act}", args=[article.pk])
        for response in (client.get(address), client.post(address)):
            if response.status_code == 302:
                assert response.url in {url(article), reverse("wagtailadmin_home")}
        assert is_live(article)


def test_bulk_actions_withdraw_nothing(world: World, client_for: Any, article: ArticlePage) -> None:
    for act in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
        client_for(world.superuser).post(f"{address}?id={article.pk}", {"include_descendants": ""})
        assert is_live(article)


def test_draft_that_nobody_has_had_is_deleted_as_ever(world: World, client_for: Any) -> None:
    draft = make_article("draft", publish=False)
    address = reverse("wagtailadmin_pages:delete", args=[draft.pk])
    client_for(world.superuser).post(address)
    assert not ArticlePage.objects.filter(pk=draft.pk).exists()


def test_choices_and_clinics_are_shown_and_done(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    other = make_article("other", title="The other one")
    client = client_for(world.library_publisher)
    page = client.get(url(article)).text
    assert f"{world.hillside.facts.name} – has words of its own" in page
    assert "The other one" in page

    client.post(
        url(article),
        {"leads": "article", "article": str(other.pk), "hand_to": [str(world.hillside.pk)]},
    )

    assert not is_live(article)
    assert LocalArticlePage.objects.get().title == "About it"
    assert Client(HTTP_HOST="harbour.test").get("/conditions/a/").url == "/conditions/other/"
    assert Client(HTTP_HOST="hillside.test").get("/conditions/a/").status_code == 200


def test_choice_without_an_article_is_refused_and_kept(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    make_article("other")
    response = client_for(world.library_publisher).post(
        url(article),
        {"leads": "article", "article": "x", "hand_to": [str(world.hillside.pk)]},
    )
    assert "choose the one that readers are led to" in response.text
    assert f'value="{world.hillside.pk}" checked' in response.text
    assert is_live(article)


@pytest.mark.parametrize("who", ["library_editor", "hillside_publisher", "outsider"])
def test_whoever_may_not_unpublish_it_gets_404(
    world: World, client_for: Any, article: ArticlePage, who: str
) -> None:
    client = client_for(getattr(world, who))
    assert client.get(url(article)).status_code == 404
    assert client.post(url(article), {"leads": "gone"}).status_code == 404
    assert is_live(article)
