"""What the go-live report says of texts: claims, blocks, reviews, licenses (T-05, T-06)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.claim_check import check_now, start_check
from articles.claims.required import Block
from articles.launch_checks import has_no_claims, has_reviews
from articles.models import ArticlePage, ClaimCheck, Review
from clinics.launching import CHECKS
from clinics.models import Person
from tests.articles.balanced import balanced
from tests.articles.factories import (
    change_article,
    make_article,
    make_reviewed_article,
    make_reviewer,
)
from tests.factories import World


@pytest.fixture
def article(world: World, settings: Any) -> ArticlePage:
    """A page that has everything, and a clinic that was checked since."""
    settings.ARTICLES_REVIEW_REQUIRED = True
    made = make_reviewed_article(make_reviewer(world), "migraine", *balanced())
    check_now(world.hillside)
    return made


def reviews(world: World) -> str:
    check = has_reviews(world.hillside)
    assert check.is_must
    assert check.holds is not bool(check.remedy)
    return check.remedy


def url(world: World) -> str:
    return reverse("my_articles:claims", args=[world.hillside.pk])


def test_both_are_in_the_registry() -> None:
    assert {has_no_claims, has_reviews} <= set(CHECKS)


def test_reviewed_page_with_all_blocks_passes(world: World, article: ArticlePage) -> None:
    assert has_no_claims(world.hillside).holds
    assert reviews(world) == ""


# Claims and blocks


def test_clinic_that_was_never_checked_does_not_pass(world: World) -> None:
    check = has_no_claims(world.hillside)

    assert (check.holds, check.is_must, check.url) == (False, True, url(world))
    assert "Nobody has checked the texts yet" in check.remedy


def test_check_that_runs_or_is_out_of_date_does_not_pass(world: World) -> None:
    start_check(world.hillside)
    assert "are being checked" in has_no_claims(world.hillside).remedy

    check_now(world.hillside)
    make_article("new")

    assert "changed since the check" in has_no_claims(world.hillside).remedy


def test_page_without_a_block_is_named(world: World, settings: Any) -> None:
    make_article("migraine", *balanced(Block.RISKS))
    settings.ARTICLES_REVIEW_REQUIRED = True
    check_now(world.hillside)

    assert has_no_claims(world.hillside).remedy == "Correct 1 page: “Migraine”."


# Reviews


def test_overdue_review_is_named(world: World, article: ArticlePage, settings: Any) -> None:
    """T-05: by time travel, without a new check."""
    past = timezone.localdate() - timedelta(days=1)
    ArticlePage.objects.filter(pk=article.pk).update(review_due_date=past)

    assert reviews(world) == "Not reviewed in time: “Migraine”."


def test_license_that_ends_is_named(world: World, article: ArticlePage) -> None:
    """T-06."""
    person = Person.objects.get(slug="ada-hill")
    ended = timezone.localdate() - timedelta(days=1)
    state, number, _last = person.license_state, person.license_number, person.license_end_date
    Person.objects.filter(pk=person.pk).update(license_end_date=ended)
    person.refresh_from_db()
    Person.objects.filter(pk=person.pk).update(verified_license=person.license_key)

    assert (state, number) == ("TX", "DEMO-1001")
    assert "The license of Ada Hill ended on" in reviews(world)


def test_text_that_no_approval_covers_is_named(
    world: World, article: ArticlePage, settings: Any
) -> None:
    """T-04: as by an update that was published while the policy was off."""
    settings.ARTICLES_REVIEW_REQUIRED = False
    change_article(article, summary="Another.")
    settings.ARTICLES_REVIEW_REQUIRED = True
    check_now(world.hillside)

    assert reviews(world) == "Text without a review: “Migraine”."
    assert Review.objects.exists()


def test_number_of_queries_does_not_grow_with_the_articles(
    world: World, article: ArticlePage, django_assert_max_num_queries: Any, settings: Any
) -> None:
    """The list takes a request's time, whatever the clinic shows."""
    settings.ARTICLES_REVIEW_REQUIRED = False
    for number in range(5):
        make_article(f"a{number}")
    settings.ARTICLES_REVIEW_REQUIRED = True
    check_now(world.hillside)

    with django_assert_max_num_queries(30):
        has_no_claims(world.hillside)
        has_reviews(world.hillside)


# The screen


def test_editor_checks_and_reads_what_was_found(
    world: World, client_for: Any, settings: Any, tasks_at_once: None,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    make_article("migraine", *balanced(Block.RISKS))
    settings.ARTICLES_REVIEW_REQUIRED = True
    client: Client = client_for(world.hillside_editor)
    assert "Nobody has checked the texts yet" in client.get(url(world)).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url(world))

    page = client.get(url(world)).text
    assert "Checked: " in page
    assert "/conditions/migraine/" in page
    assert "add a section “Risks”" in page
    assert "Go there" not in page, "the library's text is not the clinic's to change"


def test_library_is_led_to_the_section(world: World, client_for: Any) -> None:
    check_now(world.hillside)
    row = {"what": "claim", "page": make_article("a").pk, "anchor": "x", "rule": "PERM"}
    row |= {"path": "/conditions/a/", "title": "A", "words": "cures", "section": "S", "advice": "T"}
    ClaimCheck.objects.update(found=[row])

    page = client_for(world.superuser).get(url(world)).text

    assert f"/admin/pages/{row['page']}/edit/#block-x-section" in page


def test_progress_is_shown(world: World, client_for: Any) -> None:
    start_check(world.hillside)
    page = client_for(world.hillside_editor).get(url(world)).text

    assert 'data-progress="pending"' in page
    assert "<progress" in page
    assert "Check again" not in page


def test_second_press_begins_nothing(world: World, client_for: Any) -> None:
    run = start_check(world.hillside).run

    client_for(world.hillside_editor).post(url(world))

    assert ClaimCheck.objects.get().run == run


def test_report_comes_as_a_spreadsheet(world: World, client_for: Any, settings: Any) -> None:
    make_article("migraine", *balanced(Block.RISKS))
    settings.ARTICLES_REVIEW_REQUIRED = True
    check_now(world.hillside)

    answer = client_for(world.hillside_editor).get(url(world), {"export": "csv"})

    rows = answer.getvalue().decode("utf-8-sig").splitlines()
    assert rows[0] == "Page,Address,Section,Words,Rule,What to do,Where"
    assert any("Migraine,/conditions/migraine/,,Risks,PAGE" in row for row in rows)


@pytest.mark.parametrize("method", ["get", "post"])
def test_other_clinics_editors_and_strangers_get_404(
    world: World, client_for: Any, method: str
) -> None:
    for user in (world.harbour_publisher, world.library_editor, world.outsider):
        assert getattr(client_for(user), method)(url(world)).status_code == 404
    assert not ClaimCheck.objects.exists()
