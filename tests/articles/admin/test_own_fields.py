"""Fields of a local version in its editor: the library's value beside the box, and locks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from articles.models import ArticlePage, LocalVersionPage
from articles.queries import effective_for
from clinics.resolve import clinic_of, root_page
from tests.articles.editing import edit_url, open_form, save_form
from tests.articles.every_state import make_every_state
from tests.articles.factories import make_article, make_local_version
from tests.factories import World
from tests.reading import page_of, words_of

type ClientFor = Callable[[Any], Client]


@pytest.fixture
def publisher(world: World, client_for: ClientFor) -> Client:
    return client_for(world.hillside_publisher)


def beside(client: Client, version: LocalVersionPage) -> list[str]:
    page = page_of(client.get(edit_url(version)).text)
    return [words_of(each) for each in page.select(".clinic-own-field-shared")]


def test_value_and_state_stand_beside_each_box(world: World, publisher: Client) -> None:
    title, summary, picture, seo_title, description = beside(
        publisher, make_every_state(world.hillside)
    )

    assert title == "Own version In the library Every state Follow the library again: Title"
    assert summary == "Update waiting In the library Now. Compare and decide: Summary"
    assert picture == "Follows library In the library Nothing"
    assert seo_title == description == "Follows library In the library Nothing"


def test_locked_field_has_no_box_and_keeps_what_is_stored(world: World, publisher: Client) -> None:
    """Never an input whose value is ignored; and nothing is lost when the page is saved."""
    article = make_article("locked")
    version = make_local_version(article, world.hillside, title_override="Our title")
    ArticlePage.objects.filter(pk=article.pk).update(locked_fields=["title"])

    page: Tag = page_of(publisher.get(edit_url(version)).text)
    form = open_form(publisher, version)
    save_form(publisher, version, form | {"summary_override": "Ours"}, "publish")
    version = LocalVersionPage.objects.get(pk=version.pk)

    assert not page.select("[name=title_override]")
    assert "Locked by the library" in words_of(page)
    assert (version.title_override, version.summary_override) == ("Our title", "Ours")


def test_library_editor_locks_a_field_for_every_clinic(
    world: World, client_for: ClientFor, publisher: Client
) -> None:
    article = make_article("to-lock")
    version = make_local_version(article, world.hillside, title_override="Our title")
    library = client_for(world.library_publisher)
    form = open_form(library, article)
    save_form(library, article, form | {"locked_fields": ["title"]}, "publish")

    title = beside(publisher, version)[0]

    assert ArticlePage.objects.get(pk=article.pk).locked_fields == ["title"]
    assert title.startswith("Locked, shared text shown In the library To lock Compare and decide")
    assert effective_title(version) == "To lock"


def effective_title(version: LocalVersionPage) -> str:
    effective = effective_for(version.article, clinic_of(root_page(version.clinic_id)))
    assert effective is not None
    return str(effective.value("title"))
