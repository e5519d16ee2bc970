"""The screen "Releases" of a shared article (rows 24, 27 and 87)."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.accepting import set_hold
from articles.models import ArticlePage, ArticleRelease
from clinics.models import ClinicFacts
from tests.articles.crowd import add_clinics
from tests.articles.editing import edit_url
from tests.articles.factories import change_article, make_article, make_local_version, text
from tests.factories import World


def words(html: str) -> list[dict[str, Any]]:
    return [text("what", "What it is", f"<p>It was said {html} in many words</p>")]


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Released to all as "one", to Hillside alone as "two"."""
    ClinicFacts.objects.filter(clinic=world.hillside).update(is_first_group=True)
    first = make_article("a", *words("then"), title="About it", change_note="one")
    return change_article(first, words("now"), change_note="two", first_group_only=True)


def url(article: ArticlePage) -> str:
    return reverse("articles_releases", args=[article.pk])


def undo_url(article: ArticlePage, release: ArticleRelease | None = None) -> str:
    release = release or article.releases.first()
    return reverse("articles_release_undo", args=[article.pk, release.pk])


def words_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def items(response: Any) -> list[str]:
    html = BeautifulSoup(response.content, "html.parser")
    return [" ".join(each.get_text(" ").split()) for each in html.select(".release-item")]


# The list


def test_list_says_whose_each_release_is_and_who_shows_it(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    two, one = items(client_for(world.library_publisher).get(url(article)))

    assert "First group of 1 clinic: Hillside Pain Clinic." in two
    assert "when somebody gives it to them" in two
    assert "Shown by 1 site: Hillside Pain Clinic." in two
    assert "Shown by 2 sites: Group Clinics, Harbour Infusion Center." in one
    assert ("Give to everyone now" in two, "Give to everyone now" in one) == (True, False)
    assert ("Undo this release" in two, "Undo this release" in one) == (True, False)


def test_list_leaves_out_who_hides_the_article(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    make_local_version(article, world.harbour, hides_article=True)

    _two, one = items(client_for(world.library_publisher).get(url(article)))

    assert "Shown by 1 site: Group Clinics." in one


def test_list_takes_the_same_queries_with_2_and_30_clinics_and_releases(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_publisher)
    counts = []
    for more in (0, 28):
        add_clinics(world, more)
        for number in range(more):
            change_article(article, words(f"now {number}"))
        client.get(url(article))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(article))
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["hillside_publisher", "franchise_admin", "outsider"])
def test_whoever_does_not_edit_the_library_gets_404(
    world: World, client_for: Any, article: ArticlePage, who: str
) -> None:
    client = client_for(getattr(world, who))
    release = article.releases.first()

    for address in (url(article), undo_url(article)):
        assert client.get(address).status_code == 404
    assert client.post(url(article), {"release": release.pk}).status_code == 404
    assert client.post(undo_url(article)).status_code == 404
    release.refresh_from_db()
    assert (release.everyone_at, release.undone_at) == (None, None)


def test_library_editor_reads_the_list_and_may_not_act(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)
    release = article.releases.first()

    two, _one = items(client.get(url(article)))
    assert "Give to everyone" not in two and "Undo" not in two
    client.post(url(article), {"release": release.pk})
    assert client.post(undo_url(article)).status_code == 404
    release.refresh_from_db()
    assert (release.everyone_at, release.undone_at) == (None, None)


# To everybody


def test_button_gives_the_release_to_everybody(
    world: World, client_for: Any, site_client: Any, article: ArticlePage
) -> None:
    assert "then" in site_client(world.harbour).get("/conditions/a/").text
    posted = {"release": article.releases.first().pk}

    response = client_for(world.library_publisher).post(url(article), posted, follow=True)

    assert "is with every clinic now" in response.text
    assert "now" in _text_of(site_client(world.harbour))
    again = client_for(world.library_publisher).post(url(article), posted, follow=True)
    assert "with everybody already" in again.text


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 30])
def test_release_that_does_not_exist_is_404(
    world: World, client_for: Any, article: ArticlePage, number: str
) -> None:
    response = client_for(world.library_publisher).post(url(article), {"release": number})

    assert response.status_code == 404


def test_release_of_another_article_is_404(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    other = make_article("b").releases.get()
    client = client_for(world.library_publisher)

    assert client.post(url(article), {"release": other.pk}).status_code == 404
    assert client.get(undo_url(article, other)).status_code == 404


# Undo


def test_confirmation_names_who_changes_back_and_to_what(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    two, one = article.releases.all()

    response = client_for(world.library_publisher).get(undo_url(article))

    said = words_of(response)
    assert "1 site changes back" in said
    assert f"Hillside Pain Clinic : release {two.pk} → release {one.pk}" in said
    assert "2 sites stay as they are: Group Clinics , Harbour" in said.replace(
        "Clinics,", "Clinics ,"
    )
    html = BeautifulSoup(response.content, "html.parser")
    assert [each.text for each in html.find_all("ins")] == ["then"]
    assert article.releases.exclude(undone_at=None).count() == 0


def test_confirmed_undo_is_done_and_said(
    world: World, client_for: Any, site_client: Any, article: ArticlePage
) -> None:
    response = client_for(world.library_publisher).post(undo_url(article), follow=True)

    assert "is undone" in response.text
    two, _one = items(response)
    assert "Undone on" in two and "by library-publisher" in two
    assert "then" in _text_of(site_client(world.hillside))


@pytest.mark.parametrize("method", ["get", "post"])
def test_release_that_is_not_the_newest_leads_back_with_the_reason(
    world: World, client_for: Any, article: ArticlePage, method: str
) -> None:
    client = client_for(world.library_publisher)
    address = undo_url(article, article.releases.last())

    response = getattr(client, method)(address, follow=True)

    assert "only the newest release can be undone" in response.text
    assert article.releases.exclude(undone_at=None).count() == 0


def test_confirmation_warns_of_what_it_brings_back(world: World, client_for: Any) -> None:
    article = change_article(make_article("old"), slug="new", change_class="SAFETY")

    said = words_of(client_for(world.library_publisher).get(undo_url(article)))

    assert "patients will read again what it corrected" in said
    assert "The address goes back to “old”" in said


# In the editors


def test_editor_of_the_article_leads_to_its_releases(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    html = client_for(world.library_editor).get(edit_url(article)).text

    assert html.count(f'href="{url(article)}"') == 2


def test_editor_of_a_local_version_says_that_an_update_waits(world: World, client_for: Any) -> None:
    article = make_article("b", *words("then"))
    version = make_local_version(article, world.harbour, title_override="Ours")
    client = client_for(world.harbour_publisher)
    set_hold(world.harbour, review_first=True, hold_days=None, user=None)
    assert "waits until this clinic accepts it" not in client.get(edit_url(version)).text

    change_article(article, words("now"))

    html = client.get(edit_url(version)).text
    first, second = article.releases.last().pk, article.releases.first().pk
    assert f"You read release {first} of" in html
    assert f"release {second} of" in html
    assert reverse("my_articles:update", args=[world.harbour.pk, article.pk]) in html


def _text_of(client: Client) -> str:
    html = BeautifulSoup(client.get("/conditions/a/").content, "html.parser")
    return html.find("main").get_text(" ")


def test_editor_of_an_article_warns_of_what_the_first_group_tries(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.library_editor)
    warning = "Only the first group has it yet"
    assert warning in client.get(edit_url(article)).text

    article.releases.update(first_clinics=None)

    assert warning not in client.get(edit_url(article)).text
