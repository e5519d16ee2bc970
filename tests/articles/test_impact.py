"""What publishing a draft would do at each clinic, told before (row 86)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.choices import ChangeClass
from articles.impact import ClinicImpact, Outcome, counts, publish_impact
from articles.models import ArticlePage, ArticleRelease
from clinics.models import ClinicFacts
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    slot,
    text,
)
from tests.factories import World

BODY = [text("what", "What"), slot("nearby", text("near", "Near")), text("care", "Care")]
NEW = text("what", "What", "<p>New words.</p>")
OURS = text("own", "Ours")


@pytest.fixture
def article(world: World) -> ArticlePage:
    return make_article("a", *BODY)


def draft_of(article: ArticlePage, body: list[Any] | None = None, **fields: Any) -> ArticlePage:
    draft = article.get_latest_revision_as_object()
    draft.body = body or [NEW, *BODY[1:]]
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def at(world: World, draft: ArticlePage) -> ClinicImpact:
    return next(row for row in publish_impact(draft) if row.clinic_id == world.hillside.pk)


def review_first(world: World) -> None:
    # Accepted up to the newest release of the whole library, also past this article's.
    newest = ArticleRelease.objects.order_by("-pk").values_list("pk", flat=True).first()
    ClinicFacts.objects.filter(clinic=world.hillside).update(
        review_first=True, library_as_of=newest
    )


def test_clinic_without_changes_shows_the_new_text(world: World, article: ArticlePage) -> None:
    row = at(world, draft_of(article))
    assert (row.outcome, row.changes, row.concerned) == (Outcome.CHANGES, True, ("What",))


@pytest.mark.parametrize(
    ("overrides", "body", "outcome", "changes"),
    [
        ([override("replace", "what", OURS)], None, Outcome.REVIEW, False),
        ([override("hide", "what")], None, Outcome.REVIEW, False),
        ([override("hide", "care")], None, Outcome.CHANGES, True),
        ([override("replace", "what", OURS)], BODY[1:], Outcome.ORPHANED, True),
        ([override("fill", "nearby", OURS)], [NEW, BODY[2]], Outcome.ORPHANED, True),
        (
            [override("fill", "nearby", OURS)],
            [BODY[0], slot("nearby", text("near", "Else")), BODY[2]],
            Outcome.REVIEW,
            False,
        ),
        (
            [override("replace", "what", OURS)],
            [text("what", "What", locked=True), *BODY[1:]],
            Outcome.SUSPENDED,
            True,
        ),
    ],
)
def test_clinic_with_text_of_its_own(
    world: World,
    article: ArticlePage,
    overrides: list[Any],
    body: list[Any] | None,
    outcome: Outcome,
    changes: bool,
) -> None:
    release = article.releases.get()
    for each in overrides:
        each["value"]["base"] = release.number
    make_local_version(article, world.hillside, *overrides)
    row = at(world, draft_of(article, body))
    assert (row.outcome, row.changes, row.is_own) == (outcome, changes, True)
    assert row.concerned


def test_text_that_waited_before_is_kept_by_another_change(
    world: World, article: ArticlePage
) -> None:
    make_local_version(article, world.hillside, override("replace", "what", OURS))
    article = change_article(article, [text("what", "What", "<p>Newer.</p>"), *BODY[1:]])
    assert at(world, draft_of(article)).outcome == Outcome.KEEPS


def test_safety_ends_a_hold_and_suspends(world: World, article: ArticlePage) -> None:
    make_article("later")  # numbers of other articles count, too
    review_first(world)
    make_local_version(article, world.hillside, override("replace", "what", OURS))
    assert at(world, draft_of(article)).outcome == Outcome.HELD
    row = at(world, draft_of(article, change_class=ChangeClass.SAFETY))
    assert (row.outcome, row.changes) == (Outcome.SUSPENDED, True)


def test_hidden_and_first_group_and_unchanged(world: World, article: ArticlePage) -> None:
    assert at(world, draft_of(article, BODY)).outcome == Outcome.SAME
    assert at(world, draft_of(article, first_group_only=True)).outcome == Outcome.LATER
    make_local_version(article, world.hillside, hides_article=True)
    assert at(world, draft_of(article)).outcome == Outcome.HIDDEN


def test_first_publish_changes_every_clinic(world: World) -> None:
    draft = make_article("new", publish=False)
    assert set(counts(publish_impact(draft))) == {Outcome.CHANGES}


def test_withdrawn_article_comes_back_everywhere(world: World, article: ArticlePage) -> None:
    article.unpublish()
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    assert set(counts(publish_impact(draft))) == {Outcome.CHANGES}


def test_queries_do_not_grow_with_clinics_and_versions(world: World, article: ArticlePage) -> None:
    def queries(count: int) -> int:
        add_local_versions(article, add_clinics(world, count), override("replace", "what", OURS))
        draft = draft_of(article)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            publish_impact(draft)
        return len(captured)

    assert queries(2) == queries(12)
