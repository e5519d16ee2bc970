"""A revision that somebody relies on is never written over, and no edit is lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import querydict_from_html

from articles.models import ArticlePage
from tests.articles.editing import EDIT_FORM, autosave, open_form, save_form
from tests.articles.factories import make_article, make_local_version, make_own_article
from tests.factories import World

BULK_PUBLISH = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])


@pytest.fixture
def editor(world: World, client_for: Callable[[Any], Client]) -> Client:
    return client_for(world.library_publisher)


def start_autosaving(client: Client, article: ArticlePage) -> tuple[dict[str, Any], Revision]:
    """An editor types and autosave makes a revision of theirs, which its next saves write over."""
    data = open_form(client, article) | {"title": "First words"}
    answer = autosave(client, article, data).json()
    assert answer["success"]
    return data | {
        "overwrite_revision_id": str(answer["revision_id"]),
        "loaded_revision_id": str(answer["revision_id"]),
    }, Revision.objects.get(pk=answer["revision_id"])


def go_live_by_bulk_publish(world: World, client: Client, article: ArticlePage) -> None:
    client.post(f"{BULK_PUBLISH}?id={article.pk}", {"include_descendants": ""})


def go_live_in_another_tab(world: World, client: Client, article: ArticlePage) -> None:
    ArticlePage.objects.get(pk=article.pk).latest_revision.publish()


def be_sent_to_its_editor_for_review(world: World, client: Client, article: ArticlePage) -> None:
    workflow = review_workflow(world, world.library_publisher.groups.all())
    workflow.start(ArticlePage.objects.get(pk=article.pk), world.library_publisher)


# Wagtail writes its mails the old way.
@pytest.mark.filterwarnings("ignore::django.utils.deprecation.RemovedInDjango2028Warning")
@pytest.mark.parametrize(
    "happens",
    [go_live_by_bulk_publish, go_live_in_another_tab, be_sent_to_its_editor_for_review],
)
def test_autosave_leaves_a_revision_in_use_alone(
    world: World, editor: Client, happens: Callable[..., None]
) -> None:
    article = make_article()
    data, revision = start_autosaving(editor, article)
    happens(world, editor, article)
    before = Revision.objects.get(pk=revision.pk).content

    answer = autosave(editor, article, data | {"title": "Later words"}).json()

    assert Revision.objects.get(pk=revision.pk).content == before
    assert before["title"] == "First words"
    later = Revision.objects.get(pk=answer["revision_id"])
    assert (later.pk != revision.pk, later.content["title"]) == (True, "Later words")


def test_autosave_leaves_a_scheduled_revision_alone(world: World, editor: Client) -> None:
    article = make_article()
    data, revision = start_autosaving(editor, article)
    _schedule(revision)

    answer = autosave(editor, article, data | {"title": "Later words"}).json()

    assert answer["success"] is False  # the page is locked until it goes live
    assert Revision.objects.get(pk=revision.pk).content["title"] == "First words"


def test_save_revision_leaves_a_scheduled_revision_alone(world: World, editor: Client) -> None:
    article = make_article()
    _data, revision = start_autosaving(editor, article)
    _schedule(revision)
    draft = ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.title = "Later words"

    saved = draft.save_revision(
        overwrite_revision=draft.latest_revision, user=world.library_publisher
    )

    assert saved.pk != revision.pk
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is not None


def test_autosave_goes_on_in_a_revision_that_nobody_uses(world: World, editor: Client) -> None:
    article = make_article()
    data, revision = start_autosaving(editor, article)

    answer = autosave(editor, article, data | {"title": "Later words"}).json()

    assert answer["revision_id"] == revision.pk
    assert Revision.objects.get(pk=revision.pk).content["title"] == "Later words"


def test_save_revision_leaves_an_earlier_release_alone(world: World) -> None:
    """A release that is no longer live may still be shown by a clinic that holds updates."""
    article = make_article()
    first = article.live_revision
    article.title = "Second"
    article.save_revision().publish()
    article = ArticlePage.objects.get(pk=article.pk)
    article.title = "Third"

    saved = article.save_revision(overwrite_revision=article.live_revision)

    assert saved.pk not in {first.pk, article.live_revision_id}
    assert article.is_revision_in_use(first)


def test_unchanged_rules_hold_for_local_versions_and_own_articles(world: World) -> None:
    article = make_article()
    pages = [
        make_local_version(article, world.harbour, title_override="Ours"),
        make_own_article(world.harbour),
    ]

    for page in pages:
        live = page.live_revision
        saved = page.save_revision(overwrite_revision=live, user=live.user)
        assert saved.pk != live.pk


# Two editors


def test_second_publish_from_an_outdated_form_becomes_a_draft(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article(summary="Shared.")
    first, second = client_for(world.library_publisher), client_for(world.superuser)
    mine = open_form(first, article)
    yours = open_form(second, article)

    save_form(first, article, mine | {"summary": "By the first."}, "publish")
    response = save_form(second, article, yours | {"summary": "By the second."}, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    draft = article.get_latest_revision_as_object()
    assert (article.summary, draft.summary) == ("By the first.", "By the second.")
    assert article.has_unpublished_changes
    assert article.releases.count() == 2
    assert response.url == _both_texts(article)


def test_outdated_publish_after_autosave_becomes_a_draft(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    """The form would write over its own autosaved revision, which is not the latest any more."""
    article = make_article()
    first, second = client_for(world.library_publisher), client_for(world.superuser)
    data, _revision = start_autosaving(second, article)
    save_form(first, article, open_form(first, article) | {"title": "By the first"}, "publish")

    response = save_form(second, article, data | {"title": "By the second"}, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    assert article.title == "By the first"
    assert article.get_latest_revision_as_object().title == "By the second"
    assert response.url == _both_texts(article)


def test_page_after_an_outdated_save_shows_both_texts(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article(summary="Shared.")
    first, second = client_for(world.library_publisher), client_for(world.superuser)
    yours = open_form(second, article)
    mine = open_form(first, article)
    save_form(first, article, mine | {"summary": "By the first."}, "publish")

    response = save_form(second, article, yours | {"summary": "By the second."}, "publish")
    page = second.get(response.url).content.decode()

    assert "library-publisher saved “Fibromyalgia” after you opened it" in page
    assert "first." in page
    assert "second." in page


def test_outdated_submission_starts_no_workflow(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article()
    review_workflow(world)
    editor = client_for(world.library_editor)
    yours = open_form(editor, article)
    article.summary = "Somebody else's."
    article.save_revision(user=world.library_publisher)

    save_form(editor, article, yours | {"summary": "By the second."}, "submit")

    article = ArticlePage.objects.get(pk=article.pk)
    assert article.get_latest_revision_as_object().summary == "By the second."
    assert article.current_workflow_state is None


def test_outdated_autosave_is_refused(world: World, client_for: Callable[[Any], Client]) -> None:
    article = make_article()
    editor = client_for(world.library_editor)
    yours = open_form(editor, article)
    article.summary = "Somebody else's."
    saved = article.save_revision(user=world.library_publisher)

    answer = autosave(editor, article, yours | {"summary": "By the second."}).json()

    assert (answer["success"], answer["error_code"]) == (False, "invalid_revision")
    assert ArticlePage.objects.get(pk=article.pk).latest_revision_id == saved.pk


def test_outdated_form_stays_outdated_after_an_error_in_it(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    """The form that is shown again must not pass for one that was opened after the other's save."""
    article = make_article(summary="Shared.")
    first, second = client_for(world.library_publisher), client_for(world.superuser)
    yours = open_form(second, article) | {"summary": "By the second."}
    save_form(first, article, open_form(first, article) | {"summary": "By the first."}, "publish")

    again = save_form(second, article, yours | {"title": "x" * 300}, "publish")
    loaded = querydict_from_html(again.content.decode(), form_id=EDIT_FORM).dict()
    names = ("loaded_revision_id", "loaded_revision_created_at")
    response = save_form(second, article, yours | {name: loaded[name] for name in names}, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    assert "library-publisher saved “Fibromyalgia” after you opened it" in again.content.decode()
    assert article.summary == "By the first."
    assert response.url == _both_texts(article)


def test_form_of_a_page_without_revisions_is_outdated_by_the_first_one(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    home, first, second = world.hillside, client_for(world.superuser), client_for(world.superuser)
    Revision.objects.filter(object_id=str(home.pk)).delete()
    type(home).objects.filter(pk=home.pk).update(latest_revision=None, live_revision=None)
    mine, yours = open_form(first, home), open_form(second, home)
    assert "loaded_revision_id" not in yours

    save_form(first, home, mine | {"hero_title": "By the first"}, "publish")
    refused = autosave(second, home, yours | {"hero_title": "By the second"}).json()
    save_form(second, home, yours | {"hero_title": "By the second"}, "publish")

    assert refused["error_code"] == "invalid_revision"
    assert type(home).objects.get(pk=home.pk).hero_title == "By the first"


def test_outdated_revert_becomes_a_draft(world: World, client_for: Callable[[Any], Client]) -> None:
    article = make_article(summary="Shared.")
    editor, earliest = client_for(world.superuser), article.latest_revision
    yours = open_form(editor, article)
    article.summary = "By the first."
    article.save_revision(user=world.library_publisher).publish()
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[article.pk, earliest.pk])

    editor.post(revert, yours | {"action-publish": "publish"})

    article = ArticlePage.objects.get(pk=article.pk)
    assert article.summary == "By the first."
    assert article.get_latest_revision_as_object().summary == "Shared."


def test_publish_from_a_fresh_form_is_a_publish(world: World, editor: Client) -> None:
    article = make_article()
    save_form(editor, article, open_form(editor, article) | {"summary": "One."}, "publish")

    save_form(editor, article, open_form(editor, article) | {"summary": "Two."}, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.summary, article.has_unpublished_changes) == ("Two.", False)


def test_autosave_then_publish_in_one_form_is_a_publish(world: World, editor: Client) -> None:
    """The usual way: autosave has made a revision, and the same form publishes."""
    article = make_article()
    data, _revision = start_autosaving(editor, article)

    save_form(editor, article, data | {"title": "Last words"}, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    assert (article.title, article.has_unpublished_changes) == ("Last words", False)
    assert article.releases.count() == 2


def _both_texts(article: ArticlePage) -> str:
    """What is live beside the latest draft."""
    ids = [article.pk, article.live_revision_id, article.latest_revision_id]
    return reverse("clinics_two_texts", args=ids)


def review_workflow(world: World, groups: Any = ()) -> Workflow:
    """One approval, for the whole library."""
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.set(groups)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=world.library.page_ptr)
    return workflow


def _schedule(revision: Revision) -> None:
    revision.content["go_live_at"] = (timezone.now() + timedelta(days=1)).isoformat()
    revision.save()
    revision.publish()
