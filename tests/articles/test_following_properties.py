"""Any order of publishes, undos, holds and acceptances (rows 24, 27, 83 and 87).

After every act each clinic shows what the act says, and nobody else's clinic or article moved.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.accepting import (
    ReviewsFirstError,
    accept_all,
    accept_release,
    hold_article,
    release_hold,
    set_hold,
)
from articles.choices import ChangeClass
from articles.models import ArticlePage, ArticleRelease, HeldArticle
from articles.queries import choice_of
from articles.release_acts import (
    ReleaseActError,
    give_to_everyone,
    undo_release,
)
from articles.releasing import record_release, releases_in_force
from clinics.models import ClinicFacts, ClinicPage
from tests.articles.factories import make_article
from tests.factories import World

type Shown = dict[tuple[int, int], int]
type Act = Callable[["Story", Any], None]


class Story:
    """Two articles and two clinics, of which Hillside is the first group."""

    def __init__(self, world: World) -> None:
        self.clinics: list[ClinicPage] = [world.hillside, world.harbour]
        self.articles = [make_article("a"), make_article("b")]
        ClinicFacts.objects.filter(clinic=world.hillside).update(is_first_group=True)

    def shown(self) -> Shown:
        """Number of the release by clinic and article, 0 for none."""
        return self.numbers(lambda choice: choice.shown)

    def newest(self) -> Shown:
        return self.numbers(lambda choice: choice.newest)

    def numbers(self, of: Callable[[Any], ArticleRelease | None]) -> Shown:
        return {
            (clinic.pk, article.pk): release.number if release else 0
            for clinic in self.clinics
            for article in self.articles
            for release in [of(choice_of(article, clinic.pk))]
        }

    def is_held(self, clinic: int, article: int) -> bool:
        facts = ClinicFacts.objects.get(clinic=clinic)
        rows = HeldArticle.objects.filter(clinic=clinic, article=article)
        return facts.review_first or rows.exists()


def publish(story: Story, draw: Any) -> None:
    article = draw(st.sampled_from(story.articles))
    change_class = draw(st.sampled_from(list(ChangeClass)))
    to_group = change_class != ChangeClass.SAFETY and draw(st.booleans())
    before = story.shown()

    # As a publish writes it; what else a publish does has its own tests.
    page = ArticlePage.objects.get(pk=article.pk)
    page.change_class, page.first_group_only = change_class, to_group
    page.live_revision = page.save_revision()
    ArticlePage.objects.filter(pk=page.pk).update(live_revision=page.live_revision)
    number = record_release(page).number

    after = story.shown()
    for key, was in before.items():
        clinic, of_article = key
        reaches = not to_group or clinic == story.clinics[0].pk
        held = change_class != ChangeClass.SAFETY and story.is_held(*key)
        expected = number if of_article == article.pk and reaches and not held else was
        assert after[key] == expected


def undo(story: Story, draw: Any) -> None:
    article = draw(st.sampled_from(story.articles))
    newest = releases_in_force(article).first()
    before = story.shown()
    try:
        undo_release(newest, user=None)
    except ReleaseActError:
        assert story.shown() == before
        return
    for key, was in before.items():
        if was == newest.number:
            assert story.shown()[key] < was
        else:
            assert story.shown()[key] == was


def give(story: Story, draw: Any) -> None:
    release = draw(st.sampled_from(list(ArticleRelease.objects.all())))
    before = story.shown()
    try:
        give_to_everyone(release, user=None)
    except ReleaseActError:
        assert story.shown() == before
        return
    for key, was in before.items():
        is_its_own = key[1] == release.article_id and not story.is_held(*key)
        assert story.shown()[key] == (story.newest()[key] if is_its_own else was)


def follow(story: Story, draw: Any) -> None:
    clinic = draw(st.sampled_from(story.clinics))
    review_first = draw(st.booleans())
    was_reviewing = ClinicFacts.objects.get(clinic=clinic).review_first
    before = story.shown()

    set_hold(clinic, review_first=review_first, hold_days=None, user=None)

    ends = was_reviewing and not review_first
    for key, was in before.items():
        assert story.shown()[key] == (story.newest()[key] if ends and key[0] == clinic.pk else was)


def accept(story: Story, draw: Any) -> None:
    clinic, article = draw(st.sampled_from(story.clinics)), draw(st.sampled_from(story.articles))
    release = draw(st.sampled_from(list(article.releases.all())))
    before = story.shown()
    try:
        accept_release(article, clinic, release, user=None)
    except ValueError:
        assert story.shown() == before
        return
    moved = (clinic.pk, article.pk)
    expected = {**before, moved: max(before[moved], release.number)}
    assert story.shown() == expected


def accept_everything(story: Story, draw: Any) -> None:
    clinic = draw(st.sampled_from(story.clinics))
    # Counted back from the newest: numbers are the database's, which never gives one out again.
    up_to = max(0, ArticleRelease.objects.first().number - draw(st.integers(-3, 30)))
    before, newest = story.shown(), story.newest()

    accept_all(clinic, up_to, user=None)

    for key, was in before.items():
        now = story.shown()[key]
        if key[0] != clinic.pk:
            assert now == was
        elif newest[key] <= up_to:
            assert now == newest[key]
        else:
            assert was <= now <= max(was, up_to)


def hold(story: Story, draw: Any) -> None:
    clinic, article = draw(st.sampled_from(story.clinics)), draw(st.sampled_from(story.articles))
    before = story.shown()
    with suppress(ReviewsFirstError):
        hold_article(article, clinic, user=None)
    assert story.shown() == before


def unhold(story: Story, draw: Any) -> None:
    clinic, article = draw(st.sampled_from(story.clinics)), draw(st.sampled_from(story.articles))
    before = story.shown()
    try:
        release_hold(article, clinic, user=None)
    except ReviewsFirstError:
        assert story.shown() == before
        return
    moved = (clinic.pk, article.pk)
    assert story.shown() == {**before, moved: story.newest()[moved]}


ACTS: list[Act] = [publish, publish, undo, give, follow, accept, accept_everything, hold, unhold]


@pytest.mark.django_db
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_act_moves_what_it_says_and_nothing_else(world: World, data: Any) -> None:
    with transaction.atomic():
        story = Story(world)
        for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=6, max_size=14)):
            act(story, data.draw)
        transaction.set_rollback(True)
