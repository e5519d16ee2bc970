"""Who may publish what in which state (T-01, T-04), for every way of publishing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from articles.actions import hide_article
from articles.models import ArticlePage, LocalVersionPage, Source
from articles.publishing import NotPublishableError, publish_problems
from articles.review.acts import ask_for_changes, seen_of, send_to_review
from articles.stream import raw_stream
from clinics.models import Person
from tests.articles.editing import open_form, save_form, stream_data
from tests.articles.factories import (
    approve,
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    make_reviewed_article,
    override,
    section_id,
    slot,
    sources,
    text,
)
from tests.factories import World

OURS = override("replace", "what", text("ours", "Ours", "<p>Words of Hillside.</p>"))
LOCAL = (text("what", "What it is"), slot("visit-us"), text("why", "Why us", role="local"))


@pytest.fixture
def article(reviewer: Any) -> ArticlePage:
    return make_reviewed_article(reviewer, "fibromyalgia", *LOCAL)


def url(article: ArticlePage) -> str:
    return f"/conditions/{article.slug}/"


def refused(page: Any) -> str:
    """Publishes the newest draft, which is refused; nothing of it is lost."""
    draft = page.get_latest_revision()
    with pytest.raises(NotPublishableError) as error:
        draft.publish()
    fresh = Page.objects.get(pk=page.pk)
    assert fresh.latest_revision_id == draft.pk
    assert fresh.live_revision_id != draft.pk
    return " ".join(error.value.messages)


def draft_of(article: ArticlePage, body: list[dict[str, Any]] | None = None, **fields: Any) -> Any:
    draft = article.get_latest_revision_as_object()
    if body is not None:
        draft.body = body
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return ArticlePage.objects.get(pk=article.pk)


# The library


def test_a_draft_is_not_public_before_approval_and_each_missing_thing_is_named(
    world: World, reviewer: Any, site_client: Any
) -> None:
    """T-01: field, reason and remedy; GET as a patient is 404 before approval."""
    draft = make_article("a", publish=False)

    said = refused(draft)

    assert "Author: Nobody is named who wrote it: choose an author." in said
    assert "Sources: The article names no source: add a section “Sources”" in said
    assert "Medical review: no medical reviewer has approved this text yet. Send the page" in said
    assert site_client(world.hillside).get("/conditions/a/").status_code == 404


def test_the_whole_way_from_draft_to_live(world: World, reviewer: Any, site_client: Any) -> None:
    """T-01: draft, in medical review, approved, live."""
    author = Person.objects.get(slug="grace-group")
    draft = make_article("a", text("what"), sources(), author=author, publish=False)
    assert "Send the page to medical review" in refused(draft)
    send_to_review(draft, user=world.library_editor)
    assert "It waits for a medical reviewer" in refused(draft)
    approve(draft, reviewer)
    assert site_client(world.hillside).get("/conditions/a/").status_code == 404

    draft.get_latest_revision().publish()

    page = site_client(world.hillside).get("/conditions/a/")
    live = ArticlePage.objects.get(pk=draft.pk)
    today = timezone.localdate()
    assert page.status_code == 200
    assert (live.reviewer.slug, live.reviewed_date) == ("ada-hill", today)
    assert live.review_due_date == today.replace(year=today.year + 2)
    assert "Medically reviewed by" in page.text
    assert "Not yet reviewed" not in page.text


def test_an_empty_list_of_sources_is_none(world: World, reviewer: Any) -> None:
    author = Person.objects.get(slug="grace-group")
    empty = {"type": "sources", "id": section_id("s"), "value": {"sources": []}}
    draft = make_article("a", text("what"), empty, author=author, publish=False)
    approve(draft, reviewer)
    assert "names no source" in " ".join(publish_problems(draft))


def test_what_a_reviewer_sent_back_says_so(
    world: World, article: ArticlePage, reviewer: Any
) -> None:
    draft = draft_of(article, summary="New claims.")
    seen = seen_of(draft.get_latest_revision_as_object())
    ask_for_changes(draft, seen=seen, user=reviewer, comment="Name a source.")
    assert "The reviewer asked for changes" in refused(draft)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ([text("what", "What it is", "<p>New.</p>"), *LOCAL[1:]], "What it is"),
        (list(LOCAL[1:]), "What it is"),
        ([*LOCAL, text("more", "More")], "More"),
        ([text("what", "What it is", role="local"), *LOCAL[1:]], "What it is"),
    ],
    ids=["changed", "taken out", "added", "called local"],
)
def test_a_clinical_change_of_the_library_goes_back_to_review(
    article: ArticlePage, reviewer: Any, body: list[dict[str, Any]], name: str
) -> None:
    """T-04: only the changed section is named; approval of exactly that text opens the way."""
    draft = draft_of(article, [*body, sources()])
    assert f"changed since the review: “{name}”." in refused(draft)
    approve(draft, reviewer)
    draft.get_latest_revision().publish()
    assert not ArticlePage.objects.get(pk=article.pk).has_unpublished_changes


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ([LOCAL[0], LOCAL[1], text("why", "Why us", "<p>New.</p>", role="local")], {}),
        ([LOCAL[0], slot("visit-us", text("in", "Come by", role="local")), LOCAL[2]], {}),
        ([*LOCAL, {"type": "cta", "id": section_id("c"), "value": {"action": "call"}}], {}),
        ([*reversed(LOCAL)], {}),
        (None, {"seo_title": "Another", "search_description": "Other words."}),
    ],
    ids=["local section", "slot", "call to action", "order", "search engines"],
)
def test_marketing_of_the_library_is_published_freely(
    article: ArticlePage, body: list[dict[str, Any]] | None, fields: dict[str, Any]
) -> None:
    """T-04: and the date of the review stays where it was (T-03)."""
    before = article.reviewed_date
    after = change_article(article, [*body, sources()] if body else None, **fields)
    assert (after.has_unpublished_changes, after.reviewed_date) == (False, before)
    assert after.releases.count() == 2


def test_general_articles_need_no_review(world: World, reviewer: Any) -> None:
    assert make_article("a", kind="ARTICLE").live


def test_a_general_article_that_becomes_a_condition_needs_one(world: World, reviewer: Any) -> None:
    draft = draft_of(make_article("a", kind="ARTICLE"), kind="CONDITION")
    assert "no medical reviewer has approved" in refused(draft)


def test_undoing_a_release_needs_no_review(
    article: ArticlePage, reviewer: Any, world: World
) -> None:
    from articles.release_acts import undo_release  # noqa: PLC0415 - of this test alone

    draft = draft_of(article, summary="A mistake.")
    approve(draft, reviewer)
    draft.get_latest_revision().publish()
    undo_release(article.releases.first(), user=world.library_publisher)
    assert ArticlePage.objects.get(pk=article.pk).summary == ""


def test_a_schedule_is_refused_too(article: ArticlePage) -> None:
    later = timezone.now() + timedelta(days=1)
    draft = draft_of(article, summary="New claims.", go_live_at=later)
    assert "changed since the review: “Summary”" in refused(draft)


def test_without_the_policy_nothing_is_asked_for(settings: Any, world: World) -> None:
    settings.ARTICLES_REVIEW_REQUIRED = False
    assert make_article("a").live


# Clinics


def test_a_clinical_change_of_one_clinic_stops_only_that_one(
    world: World, article: ArticlePage, reviewer: Any, site_client: Any
) -> None:
    """T-04: Hillside waits with what it changes; Harbour publishes; patients read on."""
    ours = make_local_version(article, world.hillside, OURS, publish=False)
    theirs = override("fill", "visit-us", text("pier", "By the pier"))

    assert "Medical review: no medical reviewer has approved this text yet" in refused(ours)
    assert make_local_version(article, world.harbour, theirs).live
    draft_of(article, search_description="Free").get_latest_revision().publish()

    page = site_client(world.hillside).get(url(article))
    assert "Shared words of what." in page.text
    assert "Words of Hillside." not in page.text
    assert "By the pier" in site_client(world.harbour).get(url(article)).text


def test_exactly_the_approved_text_of_exactly_that_clinic_goes_live(
    world: World, article: ArticlePage, reviewer: Any, site_client: Any
) -> None:
    ours = make_local_version(article, world.hillside, OURS, publish=False)
    approve(ours, reviewer)
    same = make_local_version(article, world.harbour, OURS, publish=False)

    assert "no medical reviewer has approved" in refused(same)
    ours.get_latest_revision().publish()

    assert "Words of Hillside." in site_client(world.hillside).get(url(article)).text
    assert "Words of Hillside." not in site_client(world.harbour).get(url(article)).text


def test_a_text_that_changed_after_its_approval_waits_again(
    world: World, article: ArticlePage, reviewer: Any
) -> None:
    version = make_local_version(article, world.hillside, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    other = override("replace", "what", text("ours", "Ours", "<p>Cured in a day.</p>"))
    draft = make_local_version(article, world.hillside, other, publish=False)
    assert "changed since the review: “What it is”" in refused(draft)


@pytest.mark.parametrize(
    "change",
    [
        override("replace", "why", text("w", "Why", "<p>Free parking.</p>")),
        override("hide", "why"),
        override("fill", "visit-us", text("v", "Visit us")),
    ],
    ids=["local section", "local section hidden", "slot"],
)
def test_local_sections_of_a_clinic_are_published_freely(
    world: World, article: ArticlePage, change: dict[str, Any]
) -> None:
    assert make_local_version(article, world.hillside, change).live


def test_hiding_a_clinical_section_is_a_change_of_it(world: World, article: ArticlePage) -> None:
    version = make_local_version(article, world.hillside, override("hide", "what"), publish=False)
    assert "no medical reviewer has approved" in refused(version)


def test_following_the_library_again_needs_no_review(
    world: World, article: ArticlePage, reviewer: Any
) -> None:
    version = make_local_version(article, world.hillside, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    assert not make_local_version(article, world.hillside).has_unpublished_changes


def test_taking_the_article_off_the_site_needs_no_review(
    world: World, article: ArticlePage, site_client: Any
) -> None:
    make_local_version(article, world.hillside, OURS, publish=False)
    version = LocalVersionPage.objects.get(article=article)
    hide_article(version, user=world.hillside_publisher, publish=True)
    assert site_client(world.hillside).get(url(article)).status_code == 404


def test_a_change_of_the_library_leaves_an_approved_local_text_alone(
    world: World, article: ArticlePage, reviewer: Any
) -> None:
    version = make_local_version(article, world.hillside, OURS, publish=False)
    approve(version, reviewer)
    version.get_latest_revision().publish()
    new = draft_of(article, [text("what", "What it is", "<p>New.</p>"), *LOCAL[1:], sources()])
    approve(new, reviewer)
    new.get_latest_revision().publish()
    again = LocalVersionPage.objects.get(pk=version.pk)
    again.save_revision().publish()


def test_own_articles_of_a_clinic_keep_to_the_same(world: World, reviewer: Any) -> None:
    draft = make_own_article(world.hillside, publish=False)
    assert "no medical reviewer has approved" in refused(draft)
    draft.author = Person.objects.get(slug="grace-group")
    draft.body = [*raw_stream(draft.body), sources()]
    draft.save_revision()
    approve(draft, reviewer)
    draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert (draft.live, draft.reviewer.slug) == (True, "ada-hill")


# Ways of publishing


def test_editor_keeps_the_draft_and_says_why(
    world: World, article: ArticlePage, client_for: Any
) -> None:
    """T-04: a clinic's publisher changes a paragraph: blocked, and nothing is lost."""
    version = make_local_version(article, world.hillside)
    client = client_for(world.hillside_publisher)
    data = open_form(client, version)
    version.overrides = [OURS]
    data |= stream_data(version.overrides, "overrides")

    response = client.post(
        f"/admin/pages/{version.pk}/edit/", data | {"action-publish": "publish"}, follow=True
    )

    assert "was not published" in response.text
    assert "no medical reviewer has approved this text yet" in response.text
    row = LocalVersionPage.objects.get(pk=version.pk)
    assert (row.has_unpublished_changes, list(row.overrides)) == (True, [])
    assert raw_stream(row.get_latest_revision_as_object().overrides)[0]["id"] == OURS["id"]


def test_editor_publishes_a_slot_freely(
    world: World, article: ArticlePage, client_for: Any, site_client: Any
) -> None:
    """T-04: the same publisher changes Visit us: published."""
    version = make_local_version(article, world.hillside)
    client = client_for(world.hillside_publisher)
    data = open_form(client, version)
    version.overrides = [override("fill", "visit-us", text("v", "Visit us", "<p>Two doors.</p>"))]
    data |= stream_data(version.overrides, "overrides")

    save_form(client, version, data, "publish")

    assert "Two doors." in site_client(world.hillside).get(url(article)).text


def test_library_publisher_reads_the_reason_before_publishing(
    world: World, article: ArticlePage, client_for: Any
) -> None:
    draft = draft_of(article, summary="New claims.")
    client = client_for(world.library_publisher)
    look = f"/admin/releases/{draft.pk}/publish/{draft.latest_revision_id}/"
    assert "changed since the review: “Summary”" in client.get(look).text
    assert "changed since the review: “Summary”" in client.post(look, {"act": "publish"}).text
    assert ArticlePage.objects.get(pk=draft.pk).summary == ""


def test_scheduler_leaves_out_what_lost_its_approval(
    world: World, article: ArticlePage, reviewer: Any, capsys: Any
) -> None:
    """T-01: the gate is met again at the hour itself."""
    soon = timezone.now() + timedelta(hours=1)
    draft = draft_of(article, summary="New.", go_live_at=soon)
    approve(draft, reviewer)
    draft.get_latest_revision().publish()
    seen = seen_of(draft.get_latest_revision_as_object())
    ask_for_changes(draft, seen=seen, user=reviewer, comment="I was wrong.")
    revision = draft.get_latest_revision()
    past = timezone.now() - timedelta(minutes=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    call_command("publish_scheduled")
    assert ArticlePage.objects.get(pk=article.pk).summary == ""


def test_a_source_that_is_there_is_enough(reviewer: Any, article: ArticlePage) -> None:
    assert Source.objects.filter(slug="a-trial").exists()
    assert publish_problems(article) == []
