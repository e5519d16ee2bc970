"""A clinic reviews first, holds and accepts (rows 83 and 87)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.accepting import (
    NotOfferedError,
    ReviewsFirstError,
    accept_all,
    accept_release,
    hold_article,
    may_accept,
    release_hold,
    set_hold,
)
from articles.choices import ChangeClass
from articles.models import ArticlePage, ArticleRelease, HeldArticle
from articles.queries import release_shown
from clinics.models import ClinicFacts, ClinicPage
from tests.articles.factories import change_article, make_article, make_local_version
from tests.changes import written_tags
from tests.factories import World


def shown(clinic: ClinicPage, article: ArticlePage) -> str | None:
    """The note of the release that a clinic shows."""
    release = release_shown(article, clinic.pk)
    return release and release.note


def reviews_first(clinic: ClinicPage, hold_days: int | None = None) -> None:
    set_hold(clinic, review_first=True, hold_days=hold_days, user=None)


def newest() -> int:
    return ArticleRelease.objects.first().number


def publish(article: ArticlePage, note: str, **fields: Any) -> ArticleRelease:
    change_article(article, change_note=note, title=note, **fields)
    return article.releases.first()


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("a", change_note="one", title="one")


@pytest.fixture
def other(world: World) -> ArticlePage:
    return make_article("b", change_note="one", title="one")


# Who may


def test_publishers_and_franchise_admins_accept_and_nobody_else(world: World) -> None:
    allowed = [world.hillside_publisher, world.franchise_admin, world.superuser]
    refused = [
        world.hillside_editor,
        world.harbour_publisher,
        world.library_publisher,
        world.outsider,
    ]

    assert [may_accept(user, world.hillside) for user in allowed] == [True] * 3
    assert [may_accept(user, world.hillside) for user in refused] == [False] * 4


def test_every_act_is_refused_without_the_right(world: World, article: ArticlePage) -> None:
    user, clinic = world.hillside_editor, world.hillside
    acts = [
        lambda: accept_release(article, clinic, article.releases.get(), user=user),
        lambda: accept_all(clinic, newest(), user=user),
        lambda: set_hold(clinic, review_first=True, hold_days=None, user=user),
        lambda: hold_article(article, clinic, user=user),
        lambda: release_hold(article, clinic, user=user),
    ]
    before = list(ClinicFacts.objects.values()), HeldArticle.objects.count()

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()

    assert (list(ClinicFacts.objects.values()), HeldArticle.objects.count()) == before


# Starting and ending


def test_starting_to_review_changes_nothing_and_holds_what_comes(
    world: World, article: ArticlePage
) -> None:
    reviews_first(world.hillside)
    assert shown(world.hillside, article) == "one"

    publish(article, "two")

    assert (shown(world.hillside, article), shown(world.harbour, article)) == ("one", "two")


def test_starting_to_review_keeps_what_is_held_by_itself(
    world: World, article: ArticlePage, other: ArticlePage
) -> None:
    """One number for all articles would have let the held one go."""
    hold_article(article, world.hillside, user=None)
    publish(article, "two")
    publish(other, "two")

    reviews_first(world.hillside)

    assert shown(world.hillside, article) == "one"
    assert shown(world.hillside, other) == "two"


def test_following_at_once_again_ends_every_hold(world: World, article: ArticlePage) -> None:
    reviews_first(world.hillside)
    publish(article, "two")

    set_hold(world.hillside, review_first=False, hold_days=None, user=None)

    assert shown(world.hillside, article) == "two"
    assert not HeldArticle.objects.exists()


def test_waiting_longer_takes_nothing_back(world: World, article: ArticlePage) -> None:
    reviews_first(world.hillside, hold_days=3)
    release = publish(article, "two")
    published_at = timezone.now() - timedelta(days=5)
    ArticleRelease.objects.filter(pk=release.pk).update(published_at=published_at)
    assert shown(world.hillside, article) == "two"

    reviews_first(world.hillside, hold_days=30)

    assert shown(world.hillside, article) == "two"


# Accepting


def test_accepting_one_leaves_the_others_waiting(
    world: World, article: ArticlePage, other: ArticlePage
) -> None:
    reviews_first(world.hillside)
    release = publish(article, "two")
    publish(other, "two")

    accepted = accept_release(article, world.hillside, release, user=None)

    assert (accepted.is_new, accepted.newer) == (True, None)
    assert shown(world.hillside, article) == "two"
    assert shown(world.hillside, other) == "one"


def test_accepting_names_a_release_and_what_came_since_waits(
    world: World, article: ArticlePage
) -> None:
    reviews_first(world.hillside)
    seen = publish(article, "two")
    newer = publish(article, "three")

    accepted = accept_release(article, world.hillside, seen, user=None)

    assert (accepted.is_new, accepted.newer) == (True, newer)
    assert shown(world.hillside, article) == "two"


def test_accepting_twice_or_an_older_one_changes_nothing(
    world: World, article: ArticlePage
) -> None:
    reviews_first(world.hillside)
    old, new = publish(article, "two"), publish(article, "three")
    accept_release(article, world.hillside, new, user=None)

    for release in (new, old):
        assert not accept_release(article, world.hillside, release, user=None).is_new

    assert shown(world.hillside, article) == "three"


@pytest.mark.parametrize("why", ["undone", "first group", "another article"])
def test_accepting_what_is_not_offered_is_refused(
    world: World, article: ArticlePage, other: ArticlePage, why: str
) -> None:
    reviews_first(world.hillside)
    release = publish(other if why == "another article" else article, "two")
    changes = {
        "undone": {"undone_at": timezone.now()},
        "first group": {"first_clinics": [world.harbour.pk]},
    }
    ArticleRelease.objects.filter(pk=release.pk).update(**changes.get(why, {"note": "two"}))

    with pytest.raises(NotOfferedError, match=str(release.number)):
        accept_release(article, world.hillside, release, user=None)

    assert shown(world.hillside, article) == "one"


def test_accepting_all_stops_at_what_was_on_the_screen(
    world: World, article: ArticlePage, other: ArticlePage
) -> None:
    reviews_first(world.hillside)
    publish(article, "two")
    up_to = publish(other, "two").number
    publish(article, "three")

    accepted = accept_all(world.hillside, up_to, user=None)

    assert (accepted.articles, accepted.waiting) == (2, 1)
    assert (shown(world.hillside, article), shown(world.hillside, other)) == ("two", "two")


def test_accepting_all_is_no_promise_for_releases_to_come(
    world: World, article: ArticlePage
) -> None:
    reviews_first(world.hillside)

    accept_all(world.hillside, 10**9, user=None)
    publish(article, "two")

    assert shown(world.hillside, article) == "one"


def test_accepting_all_does_not_accept_what_only_the_first_group_has_seen(
    world: World, article: ArticlePage, other: ArticlePage
) -> None:
    """It gets to the clinic later, with an older number than what was accepted."""
    reviews_first(world.hillside)
    for_group = publish(article, "two")
    rows = ArticleRelease.objects.filter(pk=for_group.pk)
    rows.update(first_clinics=[world.harbour.pk])
    publish(other, "two")

    accept_all(world.hillside, newest(), user=None)
    rows.update(everyone_at=timezone.now())

    assert shown(world.hillside, other) == "two"
    assert shown(world.hillside, article) == "one"


def test_accepting_all_takes_the_same_queries_with_2_and_20_articles(world: World) -> None:
    counts = []
    articles = []
    for more in (2, 18):
        start = len(articles)
        articles += [make_article(f"a-{n}") for n in range(start, start + more)]
        set_hold(world.hillside, review_first=False, hold_days=None, user=None)
        reviews_first(world.hillside)
        for article in articles:
            publish(article, f"New {len(counts)} {article.slug}")
        with CaptureQueriesContext(connection) as queries:
            accept_all(world.hillside, newest(), user=None)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_safety_release_is_shown_whatever_is_held(world: World, article: ArticlePage) -> None:
    reviews_first(world.hillside)
    publish(article, "two")

    publish(article, "safety", change_class=ChangeClass.SAFETY)

    assert shown(world.hillside, article) == "safety"


# One article


def test_held_article_stays_until_it_follows_again(world: World, article: ArticlePage) -> None:
    hold_article(article, world.hillside, user=None)
    release = publish(article, "two")
    assert (shown(world.hillside, article), shown(world.harbour, article)) == ("one", "two")

    accept_release(article, world.hillside, release, user=None)
    publish(article, "three")
    assert shown(world.hillside, article) == "two"

    assert release_hold(article, world.hillside, user=None)
    assert shown(world.hillside, article) == "three"


def test_accepting_all_accepts_what_is_held_by_itself(world: World, article: ArticlePage) -> None:
    hold_article(article, world.hillside, user=None)
    publish(article, "two")

    accept_all(world.hillside, newest(), user=None)
    publish(article, "three")

    assert shown(world.hillside, article) == "two"


def test_no_single_article_is_held_or_released_where_everything_is_reviewed(
    world: World, article: ArticlePage
) -> None:
    reviews_first(world.hillside)

    with pytest.raises(ReviewsFirstError):
        hold_article(article, world.hillside, user=None)
    with pytest.raises(ReviewsFirstError):
        release_hold(article, world.hillside, user=None)


# What is left behind


def test_every_act_bumps_the_clinic_and_stands_in_a_history(
    world: World, article: ArticlePage
) -> None:
    clinic, user = world.hillside, world.hillside_publisher
    version = make_local_version(article, clinic)
    release = publish(article, "two")
    acts: list[Callable[[], Any]] = [
        lambda: hold_article(article, clinic, user=user),
        lambda: accept_release(article, clinic, later, user=user),
        lambda: release_hold(article, clinic, user=user),
        lambda: set_hold(clinic, review_first=True, hold_days=14, user=user),
        lambda: accept_all(clinic, newest(), user=user),
        lambda: set_hold(clinic, review_first=False, hold_days=None, user=user),
    ]

    for number, act in enumerate(acts):
        if number == 1:
            later = publish(article, "three")
        if number == 4:
            publish(article, "four")
        with written_tags() as tags:
            act()
        assert tags == {f"c{clinic.pk}"}, number

    assert _history(version) == [
        f"Held “{article.title}” at release {release.number}",
        f"Accepted release {later.number} of “{article.title}”",
        f"“{article.title}” follows the library at once again",
    ]
    assert _history(clinic) == [
        "Library updates are reviewed first, for at most 14 days",
        f"Accepted the library updates of 1 article, up to release {newest()}",
        "Library updates are shown at once",
    ]


def _history(page: Any) -> list[str]:
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="articles.following")
    return [entry.formatter.format_message(entry) for entry in entries.order_by("pk")]
