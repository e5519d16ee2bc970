"""What other acts on articles mean for reviews: handing over, deciding about a change, drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.handing_over import HandOverError, hand_over
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage, Review
from articles.review.pages import state_of
from articles.stream import raw_stream
from tests.articles.factories import (
    approve,
    change_article,
    make_local_version,
    make_reviewed_article,
    override,
    sources,
    text,
)
from tests.factories import World

OURS = override("replace", "what", text("ours", "Ours", "<p>Words of Hillside.</p>"))


def live_version(article: ArticlePage, clinic: Any, reviewer: Any) -> LocalVersionPage:
    version = make_local_version(article, clinic, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    return LocalVersionPage.objects.get(pk=version.pk)


def test_a_clinic_gets_an_article_with_its_review_and_the_older_date(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    article = make_reviewed_article(reviewer)
    day = timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=60))
    live_version(article, world.hillside, reviewer)

    own = hand_over(ArticlePage.objects.get(pk=article.pk), world.hillside, user=None)

    review = Review.objects.get(page=own.pk)
    assert (own.live, own.reviewed_date, own.reviewer.slug) == (True, day, "ada-hill")
    assert (review.person_name, review.due_date) == ("Ada Hill, MD", article.review_due_date)
    assert state_of(own).is_approved
    assert "Words of Hillside." in [each["words"] for each in review.texts][2]


def test_a_text_that_nobody_reviewed_is_not_approved_by_handing_it_over(
    world: World, reviewer: Any, settings: Any
) -> None:
    article = make_reviewed_article(reviewer)
    settings.ARTICLES_REVIEW_REQUIRED = False
    make_local_version(article, world.hillside, OURS)
    settings.ARTICLES_REVIEW_REQUIRED = True
    with pytest.raises(HandOverError, match="no medical reviewer has approved"):
        hand_over(article, world.hillside, user=None)
    settings.ARTICLES_REVIEW_REQUIRED = False
    hand_over(article, world.harbour, user=None)
    assert Review.objects.filter(page__in=LocalArticlePage.objects.values("pk")).count() == 1


def test_deciding_about_a_change_makes_a_draft_of_what_needs_a_review(
    world: World, reviewer: Any, client_for: Any
) -> None:
    """T-04: a clinic makes a removed section its own: nothing is lost, nothing goes live."""
    article = make_reviewed_article(reviewer, "a", text("what", "What it is"), text("care", "Care"))
    version = live_version(article, world.hillside, reviewer)
    draft = article.get_latest_revision_as_object()
    draft.body = [text("care", "Care"), sources()]
    draft.save_revision()
    approve(article, reviewer)
    draft.get_latest_revision().publish()

    client = client_for(world.hillside_publisher)
    address = reverse("articles_section_compare", args=[version.pk, OURS["id"]])
    page = client.get(address)
    response = client.post(address, {"act": "own", "seen": page.context["seen"]}, follow=True)

    row = LocalVersionPage.objects.get(pk=version.pk)
    assert "It is a draft for now" in response.text
    assert "Send the page to medical review" in response.text
    assert [each.block_type for each in row.overrides] == ["replace"]
    raw = raw_stream(row.get_latest_revision_as_object().overrides)
    assert [each["type"] for each in raw] == ["insert"]


def test_a_new_release_of_other_sections_leaves_a_local_approval_alone(
    world: World, reviewer: Any
) -> None:
    """T-04: only the text that changed goes back, only where it is shown."""
    article = make_reviewed_article(reviewer)
    version = live_version(article, world.hillside, reviewer)
    draft = article.get_latest_revision_as_object()
    draft.summary = "Another."
    draft.save_revision()
    assert not state_of(article.get_latest_revision_as_object()).is_approved
    assert state_of(version).is_approved
    approve(article, reviewer)
    article.get_latest_revision().publish()
    assert state_of(LocalVersionPage.objects.get(pk=version.pk)).is_approved


def test_a_schedule_between_two_reviews_keeps_the_date_of_its_text(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    """T-03: a marketing change that was drafted before a new review does not turn the date back."""
    article = make_reviewed_article(reviewer)
    draft = article.get_latest_revision_as_object()
    draft.seo_title = "Drafted before"
    draft.save_revision()
    time_machine.move_to(timezone.now() + timedelta(days=200))
    approve(article, reviewer)
    after = change_article(ArticlePage.objects.get(pk=article.pk), search_description="After")
    assert (after.seo_title, after.reviewed_date) == ("Drafted before", timezone.localdate())
