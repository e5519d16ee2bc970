"""The field "related" of a shared article's form: other articles by title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from articles.models import ArticlePage
from tests.articles.editing import edit_url, open_form, save_form
from tests.articles.factories import make_article
from tests.factories import World

type SignIn = Callable[[Any], Client]


def offered(client: Client, article: ArticlePage) -> list[tuple[str, bool]]:
    """The titles of the checklist, and whether they are checked."""
    html = BeautifulSoup(client.get(edit_url(article)).text, "html.parser")
    labels = html.select(".clinic-checklist label")
    return [(each.text.strip(), each.input.has_attr("checked")) for each in labels]


def test_other_articles_are_offered_by_title_and_those_that_are_chosen_first(
    world: World, client_for: SignIn
) -> None:
    article, last, _first = make_article("a"), make_article("zoster"), make_article("burns")
    client = client_for(world.library_editor)
    assert offered(client, article) == [("Burns", False), ("Zoster", False)]

    article.related.add(last)
    article.save()

    assert offered(client, article) == [("Zoster", True), ("Burns", False)]


def test_chosen_ones_are_kept_in_the_draft(world: World, client_for: SignIn) -> None:
    article, other = make_article("a"), make_article("burns")
    client = client_for(world.library_editor)
    form = open_form(client, article)

    save_form(client, article, {**form, "related": [str(other.pk)]})

    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert [each.pk for each in draft.related.all()] == [other.pk]
    assert open_form(client, article)["related"] == str(other.pk)


def test_no_field_of_an_article_loses_what_is_chosen_by_one_click(
    world: World, client_for: SignIn
) -> None:
    html = client_for(world.library_editor).get(edit_url(make_article("a"))).text

    assert not BeautifulSoup(html, "html.parser").select("select[multiple]")
