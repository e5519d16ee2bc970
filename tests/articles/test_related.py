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


def test_other_articles_are_offered_by_title(world: World, client_for: SignIn) -> None:
    article, last, first = make_article("a"), make_article("zoster"), make_article("burns")

    html = client_for(world.library_editor).get(edit_url(article)).text

    options = BeautifulSoup(html, "html.parser").select("#id_related option")
    assert [(int(each["value"]), each.text) for each in options] == [
        (first.pk, "Burns"),
        (last.pk, "Zoster"),
    ]


def test_chosen_ones_are_kept_in_the_draft(world: World, client_for: SignIn) -> None:
    article, other = make_article("a"), make_article("burns")
    client = client_for(world.library_editor)
    form = open_form(client, article)

    save_form(client, article, {**form, "related": [str(other.pk)]})

    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert [each.pk for each in draft.related.all()] == [other.pk]
    assert open_form(client, article)["related"] == str(other.pk)
