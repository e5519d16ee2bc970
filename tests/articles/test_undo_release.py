"""A release is undone as one action, on all sites at once (row 27)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Revision, Workflow, WorkflowTask

from articles.choices import ChangeClass
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import effective_for, release_shown
from articles.release_acts import ReleaseActError, undo_release
from clinics.resolve import clinic_of
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.editing import open_form, save_form
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    text,
)
from tests.changes import written_tags
from tests.factories import World

DAY = timedelta(days=1)
WHAT = section_id("what")


def words(html: str) -> list[dict[str, Any]]:
    return [text("what", "What it is", f"<p>{html}</p>")]


@pytest.fixture
def article(world: World) -> ArticlePage:
    """Released twice: "one" with the title Old, "two" with the title New."""
    first = make_article("a", *words("old"), title="Old", change_note="one")
    return change_article(first, words("new"), title="New", change_note="two")


def fresh(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def undo(article: ArticlePage, user: Any = None) -> Any:
    return undo_release(article.releases.filter(undone_at=None).first(), user=user)


def test_undo_shows_what_was_before_everywhere(
    world: World, site_client: Any, article: ArticlePage
) -> None:
    previous = undo(article, world.library_publisher)

    two, one = article.releases.all()
    assert previous == one
    assert (two.undone_by, bool(two.undone_at), one.undone_at) == (
        world.library_publisher,
        True,
        None,
    )
    for home in (world.hillside, world.harbour, world.hub):
        html = site_client(home).get("/conditions/a/").text
        main = html.partition("<main")[2]
        assert "old" in main and "new" not in main
        assert release_shown(fresh(article), home.pk).note == "one"
    assert fresh(article).live_revision_id == one.revision_id


def test_undo_keeps_the_text_as_a_draft_that_can_be_published_again(
    world: World, client_for: Any, article: ArticlePage
) -> None:
    undo(article)
    draft = fresh(article)
    assert (draft.title, draft.get_latest_revision_as_object().title) == ("Old", "New")
    assert draft.has_unpublished_changes

    client = client_for(world.library_publisher)
    save_form(client, draft, open_form(client, draft), "publish")

    assert fresh(article).title == "New"
    assert [bool(r.undone_at) for r in article.releases.all()] == [False, True, False]


def test_same_revision_may_go_live_again_as_a_new_release(
    world: World, article: ArticlePage
) -> None:
    undo(article)
    fresh(article).get_latest_revision().publish()

    newest, undone, _first = article.releases.all()
    assert newest.revision_id == undone.revision_id
    assert release_shown(fresh(article), world.harbour.pk) == newest


def test_undo_leaves_a_draft_and_a_schedule_alone(world: World, article: ArticlePage) -> None:
    moment = timezone.now() + DAY
    draft = fresh(article)
    draft.title, draft.go_live_at = "Later", moment
    scheduled = draft.save_revision()
    scheduled.publish()

    undo(article)

    assert fresh(article).title == "Old"
    assert Revision.objects.get(pk=scheduled.pk).approved_go_live_at == moment
    with time_machine.travel(moment + DAY):
        call_command("publish_scheduled")
    assert fresh(article).title == "Later"


@pytest.mark.filterwarnings("ignore::django.utils.deprecation.RemovedInDjango2028Warning")
# Wagtail writes its mails the old way.
def test_undo_leaves_the_review_of_a_draft_alone(world: World, article: ArticlePage) -> None:
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    draft = fresh(article)
    draft.title = "Reviewed"
    draft.save_revision()
    state = workflow.start(draft, world.superuser)

    undo(article)

    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_undo_takes_a_rename_back_and_redirects(world: World, site_client: Any) -> None:
    article = change_article(make_article("old"), slug="new")

    undo(article)

    client = site_client(world.harbour)
    assert client.get("/conditions/old/").status_code == 200
    assert client.get("/conditions/new/")["Location"] == "/conditions/old/"


def test_undo_is_refused_while_another_article_has_the_address(world: World) -> None:
    article = change_article(make_article("old"), slug="new")
    make_article("old")

    with pytest.raises(ReleaseActError, match="cannot go back"):
        undo(article)

    assert fresh(article).slug == "new"
    assert not article.releases.exclude(undone_at=None).exists()


def test_undo_passes_the_rules_of_today(world: World, article: ArticlePage) -> None:
    """What patients had before may come back, also when a rule came since."""
    old = article.releases.last().revision
    content = old.content | {"title": "Call (214) 555-0142"}
    Revision.objects.filter(pk=old.pk).update(content=content)

    undo(article)

    assert fresh(article).title == "Call (214) 555-0142"


# What cannot be undone


def test_first_release_is_not_undone(world: World) -> None:
    with pytest.raises(ReleaseActError, match="unpublish the article"):
        undo(make_article("a"))


def test_only_the_newest_is_undone(world: World, article: ArticlePage) -> None:
    with pytest.raises(ReleaseActError, match="only the newest"):
        undo_release(article.releases.last(), user=None)

    undo(article)
    with pytest.raises(ReleaseActError, match="only the newest"):
        undo_release(article.releases.first(), user=None)


def test_article_that_is_off_the_sites_is_not_undone_onto_them(
    world: World, article: ArticlePage
) -> None:
    fresh(article).unpublish()

    with pytest.raises(ReleaseActError, match="not live"):
        undo(article)

    assert not fresh(article).live


def test_undo_does_not_lead_to_an_expired_text(world: World) -> None:
    article = make_article("a", expire_at=timezone.now() + DAY)
    article = change_article(article, expire_at=None)

    with time_machine.travel(timezone.now() + 2 * DAY), pytest.raises(ReleaseActError):
        undo(article)


@pytest.mark.parametrize("who", ["library_editor", "hillside_publisher", "franchise_admin"])
def test_undo_takes_the_right_to_publish(world: World, article: ArticlePage, who: str) -> None:
    with pytest.raises(PermissionDenied):
        undo(article, getattr(world, who))

    assert fresh(article).title == "New"


# What is left behind


def test_undo_bumps_what_it_changes_and_stands_in_the_history(
    world: World, article: ArticlePage
) -> None:
    two, one = article.releases.all()

    with written_tags() as tags:
        undo(article, world.library_publisher)

    assert tags == {"lib", "rel", f"a{article.pk}"}
    entry = PageLogEntry.objects.get(page=article.pk, action="articles.release.undone")
    assert entry.user == world.library_publisher
    assert entry.formatter.format_message(entry) == (
        f"Undid release {two.number}: the newest is release {one.number} again"
    )


def test_undo_of_a_safety_release_ends_what_it_suspended(world: World) -> None:
    article = make_article("a", *words("old"))
    make_local_version(article, world.harbour, override("replace", "what", text("own")))
    before = effective_for(fresh(article), clinic_of(world.harbour)).state
    article = change_article(article, words("new"), change_class=ChangeClass.SAFETY)
    assert effective_for(article, clinic_of(world.harbour)).state == "SUSPENDED"

    undo(article)

    assert effective_for(fresh(article), clinic_of(world.harbour)).state == before


def test_publish_and_undo_leave_go_live_expiry_and_hiding_of_a_clinic_alone(
    world: World, article: ArticlePage
) -> None:
    """Row 27: what a clinic decided about its own page is its own."""
    hidden = make_local_version(article, world.hillside, hides_article=True)
    soon, later = timezone.now() + DAY, timezone.now() + 2 * DAY
    waiting = make_local_version(article, world.harbour, go_live_at=soon, expire_at=later)
    ids = [hidden.pk, waiting.pk]
    before = list(LocalVersionPage.objects.filter(pk__in=ids).order_by("pk").values())
    revisions = list(Revision.objects.filter(object_id__in=map(str, ids)).values())

    change_article(article, title="Newest")
    undo(article)
    undo(article)

    assert list(LocalVersionPage.objects.filter(pk__in=ids).order_by("pk").values()) == before
    assert list(Revision.objects.filter(object_id__in=map(str, ids)).values()) == revisions


def test_undo_takes_the_same_queries_with_2_and_50_local_versions(world: World) -> None:
    counts = []
    for number, more in enumerate((0, 48)):
        article = make_article(f"a-{number}", *words("old"))
        own = override("replace", "what", text("own"))
        add_local_versions(article, add_clinics(world, more), own)
        change_article(article, words("new"), title="New")
        with CaptureQueriesContext(connection) as queries:
            undo(article)
        counts.append(len(queries))

    assert counts[0] == counts[1]
