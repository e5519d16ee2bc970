"""Publishing a shared article: one release row, and nothing for any clinic."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from articles.choices import ArticleKind, ChangeClass
from articles.models import ArticleAddress, ArticlePage, ArticleRelease
from clinics.models import Service
from tests.articles.editing import open_form, save_form
from tests.articles.factories import (
    change_article,
    make_article,
    section_id,
    text,
)
from tests.changes import written_tags
from tests.factories import World

WHAT, CARE = section_id("what"), section_id("care")


def new_text(key: str, words: str) -> dict[str, Any]:
    return text(key, key.title(), f"<p>{words}</p>")


# One row for each publish, whoever publishes


def test_publish_by_code_writes_one_release(world: World) -> None:
    article = make_article(change_note="First")

    release = article.releases.get()

    assert release.revision_id == article.live_revision_id
    assert (release.note, release.kind, release.slug) == ("First", "CONDITION", "fibromyalgia")
    assert release.change_class == ChangeClass.WORDING


def test_publish_in_the_editor_writes_one_release(world: World, client_for: Any) -> None:
    article = make_article()
    client = client_for(world.superuser)
    data = open_form(client, article) | {"summary": "Shorter."}

    save_form(client, article, data, "publish")

    article = ArticlePage.objects.get(pk=article.pk)
    assert article.summary == "Shorter."
    assert article.releases.count() == 2
    assert article.releases.first().revision_id == article.live_revision_id


def test_bulk_publish_writes_one_release_for_each_article(world: World, client_for: Any) -> None:
    drafts = [make_article("one", publish=False), make_article("two", publish=False)]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={draft.pk}" for draft in drafts)

    client_for(world.superuser).post(f"{url}?{ids}", {"include_descendants": ""})

    assert Counter(ArticleRelease.objects.values_list("article__slug", flat=True)) == {
        "one": 1,
        "two": 1,
    }


@pytest.mark.filterwarnings("ignore::django.utils.deprecation.RemovedInDjango2028Warning")
# Wagtail writes its mails the old way.
def test_workflow_approval_writes_one_release(world: World) -> None:
    article = make_article(publish=False)
    workflow = _workflow(world)

    state = workflow.start(article, world.superuser)
    before = article.releases.count()
    state.current_task_state.approve(user=world.superuser)

    article = ArticlePage.objects.get(pk=article.pk)
    assert (before, article.live, article.releases.count()) == (0, True, 1)


def test_schedule_writes_the_release_when_it_goes_live(world: World) -> None:
    article = make_article(publish=False)
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    before = article.releases.count()

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        call_command("publish_scheduled")
        call_command("publish_scheduled")

    article = ArticlePage.objects.get(pk=article.pk)
    assert (before, article.live, article.releases.count()) == (0, True, 1)


def test_saving_a_draft_writes_no_release(world: World) -> None:
    article = make_article()

    article.title = "Another"
    article.save_revision()
    article.save()

    assert article.releases.count() == 1


def test_same_revision_is_released_once(world: World) -> None:
    article = make_article()

    article.live_revision.publish()
    article.save()

    assert article.releases.count() == 1


# What a release knows


def test_release_has_a_digest_for_each_section(world: World) -> None:
    article = make_article("a", new_text("what", "One."), new_text("care", "Two."))

    article = change_article(article, [new_text("what", "One."), new_text("care", "Three.")])

    new, old = article.releases.all()
    assert list(old.digests) == list(new.digests) == [WHAT, CARE]
    assert new.digests[WHAT] == old.digests[WHAT]
    assert new.digests[CARE] != old.digests[CARE]


def test_safety_release_marks_the_sections_that_it_changed(world: World) -> None:
    article = make_article("a", new_text("what", "One."), new_text("care", "Two."))
    changed = [new_text("what", "One."), new_text("care", "Danger.")]

    article = change_article(article, changed, change_class=ChangeClass.SAFETY)

    assert article.releases.first().safety == {CARE: article.releases.first().number}


def test_later_releases_keep_the_safety_number(world: World) -> None:
    article = make_article("a", new_text("what", "One."), new_text("care", "Two."))
    changed = [new_text("what", "One."), new_text("care", "Danger.")]
    article = change_article(article, changed, change_class=ChangeClass.SAFETY)
    safety = article.releases.first().number

    article = change_article(article, changed, title="B", change_class=ChangeClass.WORDING)

    assert article.releases.first().safety == {CARE: safety}


def test_safety_number_outlives_a_release_without_the_section(world: World) -> None:
    """A section that was taken out and put back is not older than its warning."""
    first = [new_text("what", "One."), new_text("care", "Two.")]
    article = make_article("a", *first)
    article = change_article(article, first[:1], change_class=ChangeClass.SAFETY)
    safety = article.releases.first().number

    article = change_article(article, first, change_class=ChangeClass.WORDING)

    assert article.releases.first().safety == {CARE: safety}


def test_editor_starts_every_change_as_a_change_of_wording(world: World, client_for: Any) -> None:
    """The next edit after a safety release would otherwise suspend local texts as well."""
    client = client_for(world.library_publisher)
    article = make_article(change_class=ChangeClass.SAFETY, change_note="A warning")

    new_change = open_form(client, article)
    save_form(client, article, new_change | {"change_class": "FACTS", "change_note": "A figure"})
    same_change = open_form(client, article)

    assert (new_change["change_class"], new_change["change_note"]) == ("WORDING", "")
    assert (same_change["change_class"], same_change["change_note"]) == ("FACTS", "A figure")


# Addresses


def test_rename_and_change_of_kind_leave_one_address_each_and_no_row_of_a_clinic(
    world: World,
) -> None:
    article = make_article("old")
    rows = _rows_by_model()

    article = change_article(article, slug="new")
    renamed = _rows_by_model()
    change_article(article, kind=ArticleKind.TREATMENT)

    assert _addresses() == {("CONDITION", "old"), ("CONDITION", "new")}
    assert (
        _rows_by_model() - renamed
        == renamed - rows
        == Counter(
            {
                "articles.ArticleRelease": 1,
                "articles.ReleaseText": 2,
                "articles.ArticleAddress": 1,
                "clinics.PurgeOutbox": 1,
                "wagtailcore.Revision": 1,
                "wagtailcore.PageLogEntry": 1,
            }
        )
    )


def test_renaming_back_leaves_the_other_address(world: World) -> None:
    article = change_article(make_article("old"), slug="new")

    change_article(article, slug="old")

    assert _addresses() == {("CONDITION", "new")}


def test_address_taken_over_by_another_article_is_no_former_one(world: World) -> None:
    change_article(make_article("old"), slug="new")

    make_article("old")

    assert _addresses() == set()


# What is stale


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        ({"body": [new_text("what", "New.")]}, {"a", "rel"}),
        ({"seo_title": "Other"}, {"a", "rel"}),
        ({"search_description": "Other"}, {"a", "rel"}),
        ({"title": "Other"}, {"a", "lib", "rel"}),
        ({"summary": "Other"}, {"a", "lib", "rel"}),
        ({"slug": "other"}, {"a", "lib", "rel"}),
        ({"kind": ArticleKind.ARTICLE}, {"a", "lib", "rel"}),
        ({"services": "ketamine-infusion"}, {"a", "lib", "rel"}),
    ],
    ids=lambda value: "-".join(sorted(value)),
)
def test_publish_makes_stale_what_it_changes(
    world: World, change: dict[str, Any], stale: set[str]
) -> None:
    article = make_article()
    if "services" in change:
        change = {"services": [Service.objects.get(slug=change["services"])]}

    with written_tags() as tags:
        change_article(article, **change)

    assert tags == {f"a{article.pk}" if tag == "a" else tag for tag in stale}


def test_first_publish_makes_lists_stale(world: World) -> None:
    with written_tags() as tags:
        article = make_article()

    assert tags == {f"a{article.pk}", "lib", "rel"}


def _rows_by_model() -> Counter[str]:
    return Counter({model._meta.label: model.objects.count() for model in apps.get_models()})


def _addresses() -> set[tuple[str, str]]:
    return set(ArticleAddress.objects.values_list("kind", "slug"))


def _workflow(world: World) -> Workflow:
    """One approval, for the whole library."""
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.set(world.library_publisher.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=world.library.page_ptr)
    return workflow
