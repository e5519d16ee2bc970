"""The screen "Library updates" of a clinic (rows 83 and 87)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.accepting import hold_article, set_hold
from articles.choices import ChangeClass
from articles.models import ArticlePage, ArticleRelease, HeldArticle
from articles.queries import release_shown
from clinics.models import ClinicFacts
from tests.articles.factories import change_article, make_article, text
from tests.factories import World


def url(world: World, article: ArticlePage | None = None) -> str:
    pk = world.hillside.pk
    if article:
        return reverse("my_articles:update", args=[pk, article.pk])
    return reverse("my_articles:updates", args=[pk])


def words_of(response: Any) -> str:
    """What somebody reads in the main part of the screen."""
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def publish(article: ArticlePage, note: str, **fields: Any) -> ArticleRelease:
    body = [text("what", "What it is", f"<p>It is said in {note} of many words</p>")]
    change_article(article, body, change_note=note, **fields)
    return article.releases.first()


def shown(world: World, article: ArticlePage) -> str:
    return release_shown(article, world.hillside.pk).note


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Reviewed first by Hillside, which reads "one"."""
    article = make_article(
        "a",
        text("what", "What it is", "<p>It is said in one of many words</p>"),
        title="Care at {{ clinic.name }}",
        change_note="one",
    )
    set_hold(world.hillside, review_first=True, hold_days=30, user=None)
    return article


# What it says


def test_screen_says_what_waits_and_what_it_changes(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    publish(article, "two")
    newest = publish(article, "three", change_class=ChangeClass.FACTS)

    words = words_of(client_for(world.hillside_publisher).get(url(world)))

    assert "Care at Hillside Pain Clinic Facts 1 section changed" in words
    assert words.index(": three") < words.index(": two")
    first = article.releases.last()
    assert f"Patients here read release {first.number} of" in words
    anyway = timezone.localtime(newest.published_at + timedelta(days=30))
    assert f"Shown anyway on {anyway:%b}" in words
    assert "two" not in words_of(client_for(world.harbour_publisher).get(harbour_url(world)))


def harbour_url(world: World) -> str:
    return reverse("my_articles:updates", args=[world.harbour.pk])


def test_screen_of_a_clinic_without_anything_waiting_says_so(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    assert "Nothing waits" in words_of(client_for(world.hillside_publisher).get(url(world)))


def test_comparison_marks_the_words_that_change(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    publish(article, "two")

    response = client_for(world.hillside_publisher).get(url(world, article))

    html = BeautifulSoup(response.content, "html.parser")
    assert [each.text for each in html.find_all("del")] == ["one"]
    assert [each.text for each in html.find_all("ins")] == ["two"]


def test_comparison_of_what_does_not_wait_is_404(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    assert client_for(world.hillside_publisher).get(url(world, article)).status_code == 404


def test_screen_takes_the_same_queries_with_2_and_12_updates(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.hillside_publisher)
    counts = []
    for start, end in ((0, 2), (2, 12)):
        for number in range(start, end):
            other = make_article(f"b-{number}", text("what"), change_note="one")
            publish(other, "two")
        client.get(url(world))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(world))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# Who


@pytest.mark.parametrize("who", ["harbour_publisher", "library_publisher", "outsider"])
def test_stranger_gets_404_and_changes_nothing(
    world: World, client_for: Any, article: ArticlePage, who: str
) -> None:
    release = publish(article, "two")
    client = client_for(getattr(world, who))

    for each in (url(world), url(world, article)):
        assert client.get(each).status_code == 404
    posted = {"act": "accept", "article": article.pk, "release": release.number}
    assert client.post(url(world), posted).status_code == 404
    assert shown(world, article) == "one"


def test_editor_without_the_right_reads_and_cannot_act(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    release = publish(article, "two")
    client = client_for(world.hillside_editor)

    html = client.get(url(world)).text
    assert 'value="accept"' not in html and 'value="follow"' not in html
    assert "right to publish" in html
    client.post(url(world), {"act": "accept", "article": article.pk, "release": release.number})
    client.post(url(world), {"act": "follow", "following": "at_once"})

    assert shown(world, article) == "one"


# Acts


def test_accepting_from_the_screen_shows_the_release(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    release = publish(article, "two")
    posted = {"act": "accept", "article": article.pk, "release": release.number}

    response = client_for(world.hillside_publisher).post(url(world), posted, follow=True)

    assert f"Accepted: patients read release {release.number}" in response.text
    assert shown(world, article) == "two"


def test_accepting_says_when_a_newer_release_came_meanwhile(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    seen, newer = publish(article, "two"), publish(article, "three")
    posted = {"act": "accept", "article": article.pk, "release": seen.number}

    response = client_for(world.hillside_publisher).post(url(world), posted, follow=True)

    assert f"Release {newer.number} came in the meantime" in response.text
    assert shown(world, article) == "two"


def test_accepting_what_was_undone_meanwhile_is_an_error_message(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    release = publish(article, "two")
    ArticleRelease.objects.filter(pk=release.pk).update(undone_at=timezone.now())
    posted = {"act": "accept", "article": article.pk, "release": release.number}

    response = client_for(world.hillside_publisher).post(url(world), posted, follow=True)

    assert f"Release {release.number} is not offered" in response.text


def test_accepting_all_accepts_what_stood_on_the_screen(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    other = make_article("b", change_note="one")
    publish(article, "two")
    up_to = publish(other, "two").number
    publish(other, "three")
    posted = {"act": "accept_all", "up_to": up_to}

    response = client_for(world.hillside_publisher).post(url(world), posted, follow=True)

    assert "An update of 1 article came in the meantime" in response.text
    assert (shown(world, article), shown(world, other)) == ("two", "two")


def test_form_changes_how_the_clinic_follows(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    client = client_for(world.franchise_admin)

    client.post(url(world), {"act": "follow", "following": "review", "hold_days": "7"})
    facts = ClinicFacts.objects.get(clinic=world.hillside)
    assert (facts.review_first, facts.hold_days) == (True, 7)

    client.post(url(world), {"act": "follow", "following": "at_once", "hold_days": ""})
    facts.refresh_from_db()
    assert (facts.review_first, facts.hold_days) == (False, None)


@pytest.mark.parametrize("days", ["0", "-3", "366", "soon"])
def test_form_refuses_a_wrong_number_of_days_and_keeps_what_was_typed(
    world: World, client_for: Any, article: ArticlePage, days: str
) -> None:
    posted = {"act": "follow", "following": "at_once", "hold_days": days}

    response = client_for(world.hillside_publisher).post(url(world), posted)

    assert "Give " in words_of(response)
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find("input", {"name": "hold_days"})["value"] == days
    assert ClinicFacts.objects.get(clinic=world.hillside).hold_days == 30


def test_one_article_is_held_and_follows_again(world: World, client_for: Any) -> None:
    article = make_article("a", change_note="one")
    client = client_for(world.hillside_publisher)

    response = client.post(url(world), {"act": "hold", "article": article.pk}, follow=True)
    publish(article, "two")
    assert "stays as it is here" in response.text
    assert shown(world, article) == "one"

    client.post(url(world), {"act": "unhold", "article": article.pk})
    assert shown(world, article) == "two"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"act": "other"},
        {"act": "hold", "article": "x"},
        {"act": "hold", "article": "99999999999999999999"},
        {"act": "accept", "article": "ours", "release": "0"},
        {"act": "accept", "article": "ours", "release": ""},
        {"act": "accept_all", "up_to": "²"},
    ],
)
def test_nonsense_is_404(
    world: World, client_for: Any, article: ArticlePage, posted: dict[str, str]
) -> None:
    posted = {name: str(article.pk) if value == "ours" else value for name, value in posted.items()}

    assert client_for(world.hillside_publisher).post(url(world), posted).status_code == 404
    assert not HeldArticle.objects.exists()


# The first group


def test_only_who_sets_up_clinics_puts_one_into_the_first_group(
    world: World, client_for: Any
) -> None:
    publisher, admin = client_for(world.hillside_publisher), client_for(world.franchise_admin)
    posted = {"act": "first_group", "is_in": "yes"}
    facts = ClinicFacts.objects.filter(clinic=world.hillside, is_first_group=True)

    assert 'value="first_group"' not in publisher.get(url(world)).text
    publisher.post(url(world), posted)
    assert not facts.exists()

    assert 'value="first_group"' in admin.get(url(world)).text
    admin.post(url(world), posted)
    assert facts.exists()
    admin.post(url(world), posted | {"is_in": "no"})
    assert not facts.exists()


def test_list_of_articles_and_updates_lead_to_each_other(world: World, client_for: Any) -> None:
    client = client_for(world.hillside_publisher)
    articles = reverse("my_articles:list", args=[world.hillside.pk])

    assert f'href="{url(world)}"' in client.get(articles).text
    assert f'href="{articles}"' in client.get(url(world)).text


def test_held_article_is_listed_with_its_release(world: World, client_for: Any) -> None:
    article = make_article("a", change_note="one")
    hold_article(article, world.hillside, user=None)

    words = words_of(client_for(world.hillside_editor).get(url(world)))

    assert f"Held at release {article.releases.get().number}" in words


def test_article_of_the_first_group_alone_is_not_offered_for_holding(
    world: World, client_for: Any
) -> None:
    make_article("b", title="For everybody")
    article = make_article("a", title="For some")
    ArticleRelease.objects.filter(article=article).update(first_clinics=[world.harbour.pk])

    words = words_of(client_for(world.hillside_publisher).get(url(world)))

    assert "For everybody" in words
    assert "For some" not in words
