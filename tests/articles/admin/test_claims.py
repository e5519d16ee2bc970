"""C-02 in the admin: list, side panel, message on save, and the reason of a reviewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ArticlePage, ClaimOverride, LocalVersionPage
from clinics.choices import Role
from tests.articles.editing import autosave, open_form, save_form
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World, make_staff

CLAIM = "<p>Relief is guaranteed. You get the best care.</p>"

type ClientFor = Callable[[Any], Client]


@pytest.fixture
def reviewer(world: World) -> Any:
    return make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("a", text("us", "Us", CLAIM), publish=False)


@pytest.fixture
def version(world: World) -> LocalVersionPage:
    claim = text("own", "Ours", "<p>You get the best care.</p>")
    return make_local_version(make_article("b"), world.hillside, override("replace", "care", claim))


def url(page: Any) -> str:
    return reverse("articles_claims", args=[page.pk])


def test_writers_see_claims_with_sentence_and_advice(
    world: World, client_for: ClientFor, article: ArticlePage
) -> None:
    page = client_for(world.library_editor).get(url(article)).content.decode()

    assert "“guaranteed”" in page
    assert "Relief is guaranteed." in page
    assert "1 claim stops publishing" in page
    assert "Allow it" not in page


def test_reviewer_allows_with_a_reason(
    client_for: ClientFor, article: ArticlePage, reviewer: Any
) -> None:
    client = client_for(reviewer)
    (standing, *_rest) = client.get(url(article)).context["standing"]

    client.post(url(article), {"claim": standing.code, "reason": "A quote"})

    assert ClaimOverride.objects.get().reason == "A quote"
    page = client.get(url(article)).content.decode()
    assert "Allowed by reviewer" in page
    assert "Nothing stops publishing." in page


def test_writer_allows_nothing(world: World, client_for: ClientFor, article: ArticlePage) -> None:
    client = client_for(world.library_publisher)
    (standing, *_rest) = client.get(url(article)).context["standing"]

    client.post(url(article), {"claim": standing.code, "reason": "Let me"})

    assert not ClaimOverride.objects.exists()


def test_strangers_get_404(
    world: World, client_for: ClientFor, article: ArticlePage, version: LocalVersionPage
) -> None:
    assert client_for(world.hillside_editor).get(url(version)).status_code == 200
    for user, page in [
        (world.harbour_publisher, version),
        (world.hillside_publisher, article),
        (world.library_publisher, version),
        (world.library_publisher, world.hillside),
    ]:
        assert client_for(user).get(url(page)).status_code == 404
        assert client_for(user).post(url(page), {"claim": "x"}).status_code == 404
    assert client_for(world.outsider).get(url(article)).status_code in (302, 404)


def test_reviewer_of_the_library_reaches_what_clinics_make_of_it(
    client_for: ClientFor, version: LocalVersionPage, reviewer: Any
) -> None:
    assert client_for(reviewer).get(url(version)).status_code == 200


def test_wrong_verb_is_refused(world: World, client_for: ClientFor, article: ArticlePage) -> None:
    assert client_for(world.library_editor).put(url(article)).status_code == 405


@pytest.mark.parametrize("which", ["article", "version"])
def test_editor_shows_claims_in_the_side_panel_of_checks(
    world: World, client_for: ClientFor, request: pytest.FixtureRequest, which: str
) -> None:
    page = request.getfixturevalue(which)
    user = world.library_editor if which == "article" else world.hillside_publisher

    shown = client_for(user).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert "SUPER: “best care”" in shown.content.decode()
    assert url(page) in shown.content.decode()


def test_other_pages_have_no_claims_in_the_side_panel(world: World, client_for: ClientFor) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[world.uptown.pk])

    shown = client_for(world.hillside_publisher).get(editor).content.decode()

    assert "claims-of-draft" not in shown


def messages_of(response: Any) -> list[str]:
    return [str(message) for message in response.wsgi_request._messages]


def test_save_says_what_was_found(
    world: World, client_for: ClientFor, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)

    response = save_form(client, article, open_form(client, article))

    (said,) = [each for each in messages_of(response) if "claim" in each]
    assert "1 claim stops publishing, 1 deserves a look" in said
    assert url(article) in said


def test_save_of_harmless_words_says_nothing(world: World, client_for: ClientFor) -> None:
    client, page = client_for(world.library_editor), make_article("plain")

    response = save_form(client, page, open_form(client, page))

    assert [each for each in messages_of(response) if "claim" in each] == []


def test_autosave_leaves_no_message_behind(
    world: World, client_for: ClientFor, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)

    response = autosave(client, article, open_form(client, article))

    assert response.status_code == 200
    assert [each for each in messages_of(response) if "claim" in each] == []


def test_publish_from_the_editor_names_the_claim(
    world: World, client_for: ClientFor, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)

    response = save_form(client, article, open_form(client, article), "publish")

    (error,) = response.context["form"].errors["body"]
    assert error.startswith("“guaranteed” in “Us” may not be published (OUTCOME).")
    assert not ArticlePage.objects.get(pk=article.pk).live
