"""Pages of the site: the tab of My pages with everything that is no article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.models import LocalPage
from tests.articles.factories import make_own_article
from tests.factories import World

type SignIn = Callable[[Any], Client]


def url(home: Any) -> str:
    return reverse("my_articles:own_pages", args=[home.pk])


def draft(home: Any, words: str) -> LocalPage:
    page = LocalPage.objects.child_of(home).get(slug="about")
    page.title = words
    page.save_revision()
    return page


def test_site_is_listed_without_articles_and_without_other_clinics(
    world: World, client_for: SignIn
) -> None:
    make_own_article(world.hillside)
    draft(world.harbour, "Secret of Harbour")

    response = client_for(world.hillside_editor).get(url(world.hillside))

    kinds = {row.kind for row in response.context["rows"]}
    expected = {"clinic", "list of locations", "location", "page of the clinic", "list of articles"}
    assert kinds == expected
    assert "Our rooms" not in response.text and "Harbour" not in response.text
    assert "http://hillside.test/about/" in response.text


def test_drafts_are_kept_by_the_address(world: World, client_for: SignIn) -> None:
    page = draft(world.hillside, "About us, anew")

    response = client_for(world.hillside_editor).get(url(world.hillside), {"state": "DRAFT"})

    rows = response.context["rows"]
    assert [(row.title, row.is_live, row.is_draft_waiting) for row in rows] == [
        ("About us, anew", True, True)
    ]
    assert rows[0].edit_url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_franchise_admin_edits_what_the_role_says(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).get(url(world.hillside))

    editable = {row.kind for row in response.context["rows"] if row.edit_url}
    assert editable == {"clinic", "list of locations", "location"}
    assert response.context["add_url"] == ""


@pytest.mark.parametrize(
    "name", ["harbour_publisher", "library_editor", "library_publisher", "outsider"]
)
def test_site_is_not_there_for_strangers(world: World, client_for: SignIn, name: str) -> None:
    assert client_for(getattr(world, name)).get(url(world.hillside)).status_code == 404


def test_site_is_only_read(world: World, client_for: SignIn) -> None:
    assert client_for(world.hillside_editor).post(url(world.hillside)).status_code == 405


def test_queries_do_not_grow_with_pages(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(world.hillside)).status_code == 200
        return len(found)

    queries()
    before = queries()
    for number in range(4):
        page = LocalPage(title="More", slug=f"more-{number}")
        world.hillside.add_child(instance=page)
        page.save_revision(user=world.hillside_editor)

    assert queries() <= before
