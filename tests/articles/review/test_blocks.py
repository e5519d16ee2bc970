"""T-09, C-01: who publishes a page about the drug without what it has to have, and where."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from articles.claims.required import Block
from articles.models import ArticlePage, LocalVersionPage
from articles.publishing import NotPublishableError, publish_problems
from articles.required_words import BLOCK_NAMES
from articles.review.blocks import block_problems, missing_on
from articles.review.dates import mark_unreviewed
from clinics.models import Person
from tests.articles.balanced import CALL, balanced
from tests.articles.editing import open_form, save_form
from tests.articles.factories import (
    approve,
    make_article,
    make_local_version,
    make_own_article,
    make_reviewed_article,
    override,
    section_id,
    sources,
    text,
)
from tests.factories import World


@pytest.fixture
def article(reviewer: Any) -> ArticlePage:
    return make_reviewed_article(reviewer, "migraine", *balanced())


def draft(*without: Block, **fields: Any) -> ArticlePage:
    author = Person.objects.get(slug="grace-group")
    body = [*balanced(*without), sources()]
    return make_article("migraine", *body, publish=False, author=author, **fields)


def problems(page: Any) -> dict[str, str]:
    """What stands against the newest draft of a page, by place."""
    found = block_problems(page.get_latest_revision_as_object())
    return {problem.field: problem.message for problem in found}


def names(*blocks: Block) -> set[str]:
    return {str(BLOCK_NAMES[block]).capitalize() for block in blocks}


def changed(version: Any, reviewer: Any) -> str:
    """Publishes a local version that a reviewer has approved; what was said against it, or ""."""
    approve(version, reviewer)
    try:
        version.get_latest_revision().publish()
    except NotPublishableError as error:
        return " ".join(error.messages)
    return ""


# The library


def test_page_with_every_block_is_published(article: ArticlePage) -> None:
    assert article.live
    assert missing_on(article) == ()


@pytest.mark.parametrize("block", Block)
def test_publish_is_refused_with_the_block_and_what_to_add(
    world: World, reviewer: Any, block: Block
) -> None:
    page = draft(block)
    approve(page, reviewer)

    with pytest.raises(NotPublishableError) as refusal:
        page.get_latest_revision().publish()

    (message,) = refusal.value.messages
    assert message.startswith(f"{BLOCK_NAMES[block]}: ".capitalize())
    assert "add a section “" in message
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_draft_is_saved_whatever_it_lacks(world: World, reviewer: Any, client_for: Any) -> None:
    page = draft(*Block)
    client = client_for(world.library_editor)

    save_form(client, page, open_form(client, page) | {"summary": "Another."})

    page = ArticlePage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().summary == "Another."
    assert set(problems(page)) == names(*Block)


def test_call_to_action_above_the_statement_is_refused(world: World, reviewer: Any) -> None:
    body = [text("hello", "Hello"), CALL | {"id": section_id("first")}, *balanced(), sources()]
    page = make_article("migraine", *body, publish=False)

    assert "above the first call to action" in problems(page)["Off-label statement"]


def test_page_that_does_not_speak_of_the_drug_needs_none(world: World, reviewer: Any) -> None:
    assert make_reviewed_article(reviewer, "rest", text("what", "Rest")).live


def test_general_article_needs_none(world: World, reviewer: Any) -> None:
    assert problems(draft(*Block, kind="ARTICLE")) == {}


def test_page_that_says_it_was_not_reviewed_needs_none(world: World, reviewer: Any) -> None:
    page = draft(*Block)
    mark_unreviewed(page.get_latest_revision())

    assert problems(page) == {}


def test_without_the_policy_nothing_is_asked_for(settings: Any, world: World) -> None:
    settings.ARTICLES_REVIEW_REQUIRED = False

    assert problems(draft(*Block)) == {}


def test_screen_before_publishing_names_the_block(
    world: World, reviewer: Any, client_for: Any
) -> None:
    page = draft(Block.RISKS)
    look = f"/admin/releases/{page.pk}/publish/{page.latest_revision_id}/"

    answer = client_for(world.library_publisher).get(look).text

    assert "Risks: Patients are asked to call before they have read of the risks" in answer


# Clinics


@pytest.mark.parametrize(
    ("change", "block"),
    [
        (override("hide", "approval"), Block.OFF_LABEL),
        (override("hide", "risks"), Block.RISKS),
        (override("replace", "limits", text("l", "What research says")), Block.LIMITS),
        (override("replace", "exclusions", text("w", "Who we are")), Block.EXCLUSIONS),
        (override("insert", "", CALL, position="start"), Block.OFF_LABEL),
    ],
    ids=["statement hidden", "risks hidden", "limits praised", "renamed", "call above"],
)
def test_local_version_that_takes_a_block_away_is_refused_at_that_clinic_only(
    world: World, article: ArticlePage, reviewer: Any, change: dict[str, Any], block: Block
) -> None:
    """T-09, C-01: also where a reviewer has approved it; the other clinic publishes."""
    version = make_local_version(article, world.hillside, change, publish=False)
    theirs = override("insert", "call", text("pier", "By the pier"), position="after")
    other = make_local_version(article, world.harbour, theirs, publish=False)

    said = changed(version, reviewer)

    assert f"“{BLOCK_NAMES[block]}” is hidden, written anew, or below a call to action" in said
    assert not LocalVersionPage.objects.get(pk=version.pk).live
    assert changed(other, reviewer) == ""


def test_local_version_answers_for_its_own_changes_only(
    world: World, reviewer: Any, settings: Any
) -> None:
    """What the library lacks since before the rule stops no clinic."""
    settings.ARTICLES_REVIEW_REQUIRED = False
    article = make_article("migraine", *balanced(Block.RISKS), sources())
    settings.ARTICLES_REVIEW_REQUIRED = True
    own = override("insert", "call", text("pier", "By the pier"), position="after")

    version = make_local_version(article, world.hillside, own, publish=False)

    assert changed(version, reviewer) == ""


def test_clinic_that_brings_the_drug_to_a_page_needs_the_blocks(
    world: World, reviewer: Any
) -> None:
    article = make_reviewed_article(reviewer, "rest", text("what", "Rest"))
    ours = text("ours", "Ours", "<p>We also offer ketamine.</p>")

    version = make_local_version(
        article, world.hillside, override("insert", "", ours, position="end"), publish=False
    )

    assert set(problems(version)) == names(*Block)


def test_taking_the_article_off_the_site_needs_none(world: World, article: ArticlePage) -> None:
    version = make_local_version(article, world.hillside, publish=False, hides_article=True)

    assert problems(version) == {}


def test_own_article_of_a_clinic_needs_the_blocks(world: World, reviewer: Any) -> None:
    page = make_own_article(world.hillside, "ours", *balanced(Block.LIMITS), publish=False)

    assert set(problems(page)) == names(Block.LIMITS)


def test_scheduler_leaves_out_what_lacks_a_block(
    world: World, reviewer: Any, settings: Any
) -> None:
    """The gate is met again at the hour itself."""
    page = draft(Block.RISKS)
    settings.ARTICLES_REVIEW_REQUIRED = False
    revision = page.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at="2026-01-01T00:00Z")
    settings.ARTICLES_REVIEW_REQUIRED = True

    call_command("publish_scheduled")

    assert not ArticlePage.objects.get(pk=page.pk).live
    said = publish_problems(page.get_latest_revision_as_object())
    assert any(each.startswith("Risks: ") for each in said)
