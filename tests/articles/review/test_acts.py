"""The acts of the review (T-01, T-03), and who may do them (T-06)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.choices import ArticleKind, ReviewAct
from articles.models import ArticlePage, Review
from articles.review.acts import (
    NewerTextError,
    ask_for_changes,
    record_approval,
    review_whole_page,
    seen_of,
    send_to_review,
)
from articles.review.reviewers import NotReviewableError, reviews
from clinics.models import Person
from tests.articles.factories import (
    approve,
    change_article,
    make_article,
    make_local_version,
    make_reviewed_article,
    make_reviewer,
    override,
    text,
)
from tests.factories import World

TODAY = timezone.localdate


@pytest.fixture
def draft(reviewer: Any) -> ArticlePage:
    return make_article("a", publish=False)


def newest(page: ArticlePage) -> ArticlePage:
    return page.get_latest_revision_as_object()


def test_a_review_is_kept_with_who_and_what_and_until_when(
    world: World, draft: ArticlePage, reviewer: Any
) -> None:
    """T-01: text, reviewer, license, account, date and due date, in words of their own."""
    review = approve(draft, reviewer)

    assert review.act == ReviewAct.APPROVED
    assert (review.person_name, review.license) == ("Ada Hill, MD", "Texas license DEMO-1001")
    assert (review.user, review.user_name) == (reviewer, "reviewer")
    assert (review.reviewed_date, review.due_date.year) == (TODAY(), TODAY().year + 2)
    assert review.texts[0]["words"] == "A"
    assert "Shared words of what." in review.texts[2]["words"]


def test_a_record_outlives_person_and_account(draft: ArticlePage, reviewer: Any) -> None:
    review = approve(draft, reviewer)
    draft.get_latest_revision()
    reviewer.delete()
    review.refresh_from_db()
    assert (review.user, review.user_name, review.person_name) == (None, "reviewer", "Ada Hill, MD")


def test_treatments_are_due_after_a_year(reviewer: Any) -> None:
    """T-05."""
    review = approve(make_article("b", kind=ArticleKind.TREATMENT, publish=False), reviewer)
    assert review.due_date.year == TODAY().year + 1


def test_a_reviewer_may_want_to_see_it_sooner_but_not_later(
    draft: ArticlePage, reviewer: Any
) -> None:
    seen, soon = seen_of(newest(draft)), TODAY() + timedelta(days=90)
    assert review_whole_page(draft, seen=seen, user=reviewer, due=soon).due_date == soon
    for wrong in (TODAY(), TODAY() + timedelta(days=800)):
        with pytest.raises(NotReviewableError, match="at the latest"):
            review_whole_page(draft, seen=seen, user=reviewer, due=wrong)


def test_only_the_act_moves_the_date(world: World, reviewer: Any, time_machine: Any) -> None:
    """T-03: edit and publish again: the date stays; the act moves it, and writes no release."""
    article = make_reviewed_article(reviewer, "a")
    day = TODAY()
    time_machine.move_to(timezone.now() + timedelta(days=100))

    later = change_article(article, seo_title="Another")
    assert (later.reviewed_date, later.releases.count()) == (day, 2)

    approve(article, reviewer)
    again = ArticlePage.objects.get(pk=article.pk)
    assert (again.reviewed_date, again.releases.count()) == (day + timedelta(days=100), 2)
    assert again.last_published_at == later.last_published_at
    assert again.live_revision.content["reviewed_date"] == again.reviewed_date.isoformat()


def test_an_approved_draft_dates_only_itself(
    world: World, reviewer: Any, time_machine: Any
) -> None:
    """T-03: what is live was reviewed on its own day, until the new text is live."""
    article = make_reviewed_article(reviewer, "a")
    day = TODAY()
    time_machine.move_to(timezone.now() + timedelta(days=50))
    draft = newest(article)
    draft.summary = "New."
    draft.save_revision()

    approve(article, reviewer)
    assert ArticlePage.objects.get(pk=article.pk).reviewed_date == day
    article.get_latest_revision().publish()
    assert ArticlePage.objects.get(pk=article.pk).reviewed_date == day + timedelta(days=50)


def test_without_the_gate_an_unreviewed_change_keeps_the_date(
    world: World, reviewer: Any, settings: Any
) -> None:
    article = make_reviewed_article(reviewer, "a")
    settings.ARTICLES_REVIEW_REQUIRED = False
    after = change_article(article, summary="Nobody has read this.", reviewed_date=None)
    assert (after.summary, after.reviewed_date) == ("Nobody has read this.", TODAY())


def test_a_text_that_was_saved_meanwhile_is_not_approved(draft: ArticlePage, reviewer: Any) -> None:
    seen = seen_of(newest(draft))
    changed = newest(draft)
    changed.summary = "Cured in a day."
    changed.save_revision()
    with pytest.raises(NewerTextError, match="look again"):
        review_whole_page(draft, seen=seen, user=reviewer)
    assert not Review.objects.exists()


def test_asking_for_changes_needs_words(draft: ArticlePage, reviewer: Any) -> None:
    seen = seen_of(newest(draft))
    with pytest.raises(NotReviewableError, match="what has to be changed"):
        ask_for_changes(draft, seen=seen, user=reviewer, comment=" ")
    with pytest.raises(NotReviewableError, match="at most 1000"):
        ask_for_changes(draft, seen=seen, user=reviewer, comment="x" * 1001)


def test_sending_twice_and_sending_what_is_approved_is_refused(
    world: World, draft: ArticlePage, reviewer: Any
) -> None:
    send_to_review(draft, user=world.library_editor)
    with pytest.raises(NotReviewableError, match="waits for a medical reviewer already"):
        send_to_review(draft, user=world.library_editor)
    approve(draft, reviewer)
    with pytest.raises(NotReviewableError, match="Nothing to review"):
        send_to_review(draft, user=world.library_editor)


@pytest.mark.parametrize(
    ("name", "sends", "approves"),
    [
        ("library_editor", True, False),
        ("library_publisher", True, False),
        ("franchise_admin", False, False),
        ("hillside_publisher", False, False),
        ("outsider", False, False),
        ("superuser", True, False),
    ],
)
def test_who_may_do_what_with_a_shared_article(
    world: World, draft: ArticlePage, name: str, sends: bool, approves: bool
) -> None:
    user = getattr(world, name)
    assert reviews(user, draft) is approves
    with pytest.raises(PermissionDenied):
        review_whole_page(draft, seen=seen_of(newest(draft)), user=user)
    if sends:
        assert send_to_review(draft, user=user).act == ReviewAct.SENT
    else:
        with pytest.raises(PermissionDenied):
            send_to_review(draft, user=user)


@pytest.mark.parametrize(
    ("name", "sends"),
    [("hillside_editor", True), ("harbour_publisher", False), ("library_editor", False)],
)
def test_a_clinics_text_is_sent_by_that_clinic(
    world: World, draft: ArticlePage, name: str, sends: bool
) -> None:
    ours = override("replace", "what", text("o", "Ours"))
    version = make_local_version(draft, world.hillside, ours, publish=False)
    user = getattr(world, name)
    if sends:
        assert send_to_review(version, user=user).page_id == version.pk
    else:
        with pytest.raises(PermissionDenied):
            send_to_review(version, user=user)


# T-06


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_reviewer": False}, "is not named as a reviewer: tick"),
        ({"license_number": ""}, "No license of Ada Hill is on record"),
        ({"license_number": "DEMO-2"}, "is not verified, or was changed since"),
        ({"license_state": "FL"}, "is not verified, or was changed since"),
        ({"license_end_date": timezone.now().date() + timedelta(days=9999)}, "changed since"),
        ({"name": "Eve Hill"}, "The license of Eve Hill is not verified"),
        ({"account": None}, "Your account is not tied to a person with a license"),
    ],
    ids=["no reviewer", "no license", "number", "state", "end", "name", "account"],
)
def test_without_a_verified_license_nobody_approves(
    world: World, draft: ArticlePage, reviewer: Any, change: dict[str, Any], reason: str
) -> None:
    person = Person.objects.get(slug="ada-hill")
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    with pytest.raises(NotReviewableError, match=reason):
        approve(draft, reviewer)
    assert not Review.objects.exists()


def test_an_expired_license_approves_nothing_until_it_is_renewed(
    world: World, draft: ArticlePage, time_machine: Any
) -> None:
    """T-06, with time travel: the last day still counts."""
    end = TODAY() + timedelta(days=10)
    other = make_reviewer(world, "second", "nora-harbour", license_end_date=end)
    time_machine.move_to(timezone.now() + timedelta(days=10))
    approve(draft, other)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    with pytest.raises(NotReviewableError, match=r"ended on .*: enter the renewed one"):
        approve(draft, other)


def test_a_review_of_another_system_needs_a_license_too(draft: ArticlePage) -> None:
    with pytest.raises(NotReviewableError, match="is not named as a reviewer"):
        record_approval(newest(draft), Person.objects.get(slug="grace-group"))
