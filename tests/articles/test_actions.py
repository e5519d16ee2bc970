"""Acts of an editor on a local version: live text and drafts, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from articles import actions, field_acts
from articles.merge import State
from articles.models import LocalVersionPage
from articles.override_edits import Note, UnknownOverrideError
from articles.queries import effective_for
from articles.stream import raw_stream
from clinics.resolve import clinic_of, root_page
from tests.articles.factories import change_article, make_article, section_id, text
from tests.factories import World

NOTE = Note(reason="Because")


def effective(world: World, article: Any) -> Any:
    return effective_for(article, clinic_of(root_page(world.harbour.pk)))


def test_replace_section_shows_local_text_at_once(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)

    version = actions.replace_section(
        version,
        section_id("what"),
        text("own", "Ours"),
        note=NOTE,
        user=world.harbour_publisher,
        publish=True,
    )

    sections = effective(world, article).merged.sections
    assert [section.state for section in sections] == [State.OWN, State.FOLLOWS]
    assert version.live
    assert not version.has_unpublished_changes


def test_act_without_publish_changes_the_draft_only(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)

    version = actions.hide_section(
        version, section_id("what"), note=NOTE, user=world.hillside_editor, publish=False
    )

    assert not version.live
    assert effective(world, article).state == State.FOLLOWS
    assert raw_stream(version.get_latest_revision_as_object().overrides)[0]["type"] == "hide"


def test_act_on_live_text_never_publishes_somebodys_draft(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)
    actions.replace_section(
        version, section_id("what"), text("draft", "Draft"), note=NOTE, user=None, publish=False
    )

    version = actions.hide_section(
        version, section_id("care"), note=NOTE, user=world.harbour_publisher, publish=True
    )

    assert [o["type"] for o in raw_stream(version.overrides)] == ["hide"]
    draft = version.get_latest_revision_as_object()
    assert [o["type"] for o in raw_stream(draft.overrides)] == ["replace", "hide"]
    assert version.has_unpublished_changes


def test_follow_again_empties_and_keeps_the_text_in_history(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)
    content = text("own", "Ours", "<p>Harbour words.</p>")
    actions.replace_section(
        version, section_id("what"), content, note=NOTE, user=None, publish=True
    )

    version = actions.follow_again(version, section_id("what"), user=None, publish=True)

    assert effective(world, article).state == State.FOLLOWS
    assert any("Harbour words" in str(r.content["overrides"]) for r in version.revisions.all())


def test_follow_again_without_override_names_the_target(world: World) -> None:
    version = actions.local_version_for(make_article(), world.harbour)

    with pytest.raises(UnknownOverrideError, match="nothing-here"):
        actions.follow_again(version, "nothing-here", user=None, publish=True)

    assert LocalVersionPage.objects.get(pk=version.pk).live is False


def test_keep_mine_ends_the_waiting(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)
    actions.replace_section(
        version, section_id("what"), text("own", "Ours"), note=NOTE, user=None, publish=True
    )
    article = change_article(article, [text("what", "New words"), text("care", "Care")])
    assert effective(world, article).state == State.WAITING

    actions.keep_mine(LocalVersionPage.objects.get(), section_id("what"), user=None, publish=True)

    assert effective(world, article).state == State.OWN


def test_set_field_and_follow_again(world: World) -> None:
    article = make_article()
    version = actions.local_version_for(article, world.harbour)

    field_acts.set_field(version, "title", "Our title", user=None, publish=True)
    assert effective(world, article).value("title") == "Our title"

    field_acts.set_field(version, "title", "", user=None, publish=True)
    assert effective(world, article).fields["title"].state == State.FOLLOWS
