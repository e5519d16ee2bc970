"""The page before a shared article is published (row 86)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment

from articles.models import ArticlePage
from clinics.models import ClinicFacts
from tests.articles.editing import LAST_LOOK, edit_url, open_form
from tests.articles.factories import make_article, make_local_version, override, text
from tests.factories import World


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Hillside has replaced one of its sections."""
    article = make_article("a", text("what", "What it is"), text("care", "Care"), title="About it")
    make_local_version(article, world.hillside, override("replace", "what", text("own", "Ours")))
    return article


def fresh(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def last_look(client: Any, article: ArticlePage, **typed: str) -> str:
    """Press "Publish" in the editor; returns the address that it leads to."""
    data = open_form(client, article) | typed | {"action-publish": "publish"}
    return client.post(edit_url(article), data)["Location"]


def words_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def test_publish_in_the_editor_saves_a_draft_and_asks_first(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="A new summary.")

    assert LAST_LOOK.search(address)
    assert (fresh(article).summary, article.releases.count()) == ("", 1)
    page = words_of(client.get(address))
    assert "Changes at once" in page
    client.post(address, {"act": "publish"})
    assert (fresh(article).summary, article.releases.count()) == ("A new summary.", 2)


def test_new_article_asks_before_its_first_publish(world: World, client_for: Any) -> None:
    draft = make_article("new", publish=False)
    client = client_for(world.library_publisher)
    address = last_look(client, draft)
    page = words_of(client.get(address))
    assert "Changes at once" in page
    assert world.harbour.facts.name in page
    client.post(address, {"act": "publish"})
    assert fresh(draft).live


def test_kind_and_note_are_chosen_there(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="Newer.")
    client.post(
        address,
        {"act": "publish", "shown_as": "FACTS", "change_class": "FACTS", "change_note": "Doses"},
    )
    release = article.releases.first()
    assert (release.change_class, release.note) == ("FACTS", "Doses")


def test_another_kind_of_change_is_shown_before_it_is_published(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    """As a safety change the shared text wins over Hillside's."""
    draft = article.get_latest_revision_as_object()
    draft.body = [text("what", "What it is", "<p>Do not take it.</p>"), text("care", "Care")]
    revision = draft.save_revision()
    client = client_for(world.library_publisher)
    address = reverse("articles_publish", args=[article.pk, revision.pk])
    assert "Shared text wins" not in words_of(client.get(address))

    chosen = {"act": "publish", "shown_as": "WORDING", "change_class": "SAFETY"}
    page = client.post(address, chosen | {"change_note": "Kept"})

    assert article.releases.count() == 1
    assert "Shared text wins" in words_of(page)
    assert 'value="Kept"' in page.text
    client.post(address, chosen | {"shown_as": "SAFETY"})
    assert article.releases.first().change_class == "SAFETY"


def test_newer_draft_of_somebody_else_is_not_published_unseen(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="Mine.")
    other = article.get_latest_revision_as_object()
    other.summary = "Of somebody else."
    newest = other.save_revision(user=world.library_editor)

    response = client.post(address, {"act": "publish"}, follow=True)

    assert article.releases.count() == 1
    assert response.request["PATH_INFO"].endswith(f"/{newest.pk}/")
    assert "library-editor saved a newer draft" in response.text


def test_problem_stops_it_and_nothing_is_lost(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    draft = article.get_latest_revision_as_object()
    draft.summary = "Call (214) 555-0142."
    revision = draft.save_revision()
    client = client_for(world.library_publisher)
    address = reverse("articles_publish", args=[article.pk, revision.pk])
    assert "is a phone number typed as text" in words_of(client.get(address))
    assert "is a phone number typed as text" in words_of(client.post(address, {"act": "publish"}))
    assert article.releases.count() == 1
    assert fresh(article).get_latest_revision_as_object().summary == "Call (214) 555-0142."


def test_too_long_a_note_is_refused_with_the_remedy(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="Newer.")
    response = client.post(address, {"act": "publish", "change_note": "x" * 201})
    assert "at most 200 characters" in words_of(response)
    assert article.releases.count() == 1


def test_clinics_without_a_value_of_a_token_are_named(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    ClinicFacts.objects.filter(clinic=world.harbour).update(infusion_minutes=None)
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="It takes {{ clinic.infusion_minutes }} minutes.")
    page = words_of(client.get(address))
    assert "1 clinic has no minutes of an infusion" in page
    assert "“40 to 60” : Harbour Infusion Center." in page or "“40 to 60”: Harbour" in page


def test_scheduled_draft_is_scheduled(world: World, client_for: Any, article: ArticlePage) -> None:
    draft = article.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(days=2)
    revision = draft.save_revision()
    client = client_for(world.library_publisher)
    address = reverse("articles_publish", args=[article.pk, revision.pk])
    assert "Schedule for" in client.get(address).text
    client.post(address, {"act": "publish"})
    assert article.releases.count() == 1
    assert fresh(article).approved_schedule


def test_locked_article_is_not_published(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    address = last_look(client, article, summary="Newer.")
    ArticlePage.objects.filter(pk=article.pk).update(locked=True, locked_by=world.library_editor)
    response = client.post(address, {"act": "publish"}, follow=True)
    assert "the article is locked" in response.text
    assert article.releases.count() == 1


def test_comment_of_that_save_is_kept(world: World, client_for: Any, article: ArticlePage) -> None:
    client = client_for(world.library_publisher)
    last_look(
        client,
        article,
        summary="Newer.",
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comments-0-id": "",
            "comments-0-text": "Please look",
            "comments-0-contentpath": "summary",
            "comments-0-position": "",
            "comments-0-replies-TOTAL_FORMS": "0",
            "comments-0-replies-INITIAL_FORMS": "0",
        },
    )
    assert Comment.objects.get(page=article.pk).text == "Please look"


def test_editor_says_who_shows_and_who_changes_it(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    page = client_for(world.library_editor).get(edit_url(article)).text
    assert "Shown by 2 clinics, changed by 1" in page
    assert f"{world.hillside.facts.name} – with words of its own" in page


@pytest.mark.parametrize(
    "who", ["library_editor", "hillside_publisher", "franchise_admin", "outsider"]
)
def test_whoever_may_not_publish_the_article_gets_404(
    world: World, client_for: Any, article: ArticlePage, who: str
) -> None:
    address = reverse("articles_publish", args=[article.pk, article.latest_revision_id])
    client = client_for(getattr(world, who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "publish"}).status_code == 404
    assert article.releases.count() == 1
