"""Hiding an article at one clinic: what patients find there, and that nobody else notices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.merge import State
from articles.models import ArticlePage, LocalVersionPage
from articles.queries import effective_for
from articles.stream import raw_stream
from clinics.resolve import clinic_of, root_page
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    text,
)
from tests.factories import World
from tests.reading import hrefs_of, main_words

PATH = "/conditions/fibromyalgia/"


def hide(article: ArticlePage, clinic: Any, *, publish: bool = True) -> LocalVersionPage:
    version = actions.local_version_for(article, clinic)
    return actions.hide_article(version, user=None, publish=publish)


def status(host: str, path: str = PATH) -> int:
    return Client(HTTP_HOST=host).get(path).status_code


def state(world: World, article: ArticlePage) -> State:
    return effective_for(article, clinic_of(root_page(world.harbour.pk))).state


def test_hidden_article_is_404_there_and_nowhere_else(world: World) -> None:
    article = make_article()

    hide(article, world.harbour)

    hosts = ["hub.test", "hillside.test", "harbour.test"]
    assert [status(host) for host in hosts] == [200, 200, 404]
    assert state(world, article) == State.HIDDEN


def test_hidden_article_is_in_no_list_there(world: World) -> None:
    hide(make_article(), world.harbour)

    lists = {
        host: [PATH in hrefs_of(Client(HTTP_HOST=host).get(path).content) for path in paths]
        for host, paths in {
            "harbour.test": ["/", "/conditions/"],
            "hillside.test": ["/", "/conditions/"],
        }.items()
    }

    assert lists == {"harbour.test": [False, False], "hillside.test": [True, True]}


def test_link_to_a_hidden_article_becomes_text(world: World) -> None:
    hidden = make_article()
    html = f'<p>Read <a linktype="page" id="{hidden.pk}">about it</a>.</p>'
    make_article("other", text("what", "What", html))

    hide(hidden, world.harbour)

    there = Client(HTTP_HOST="harbour.test").get("/conditions/other/").content
    elsewhere = Client(HTTP_HOST="hillside.test").get("/conditions/other/").content
    assert PATH not in hrefs_of(there)
    assert "Read about it." in main_words(there)
    assert PATH in hrefs_of(elsewhere)


def test_hidden_article_is_not_offered_as_related(world: World) -> None:
    hidden = make_article()
    other = make_article("other")
    other.related.add(hidden)
    other.save()

    hide(hidden, world.harbour)

    assert PATH not in hrefs_of(Client(HTTP_HOST="harbour.test").get("/conditions/other/").content)


def test_former_address_of_a_hidden_article_is_404(world: World) -> None:
    article = make_article()
    hide(article, world.harbour)

    change_article(article, slug="fibro")

    assert status("harbour.test") == 404
    assert status("hillside.test") == 301


def test_publish_in_the_library_leaves_it_hidden(world: World) -> None:
    article = make_article()
    hide(article, world.harbour)

    article = change_article(article, [text("what", "New words")])

    assert status("harbour.test") == 404
    assert state(world, article) == State.HIDDEN


def test_show_article_brings_it_back_with_its_differences(world: World) -> None:
    article = make_article()
    make_local_version(article, world.harbour, override("hide", "care"))
    version = hide(article, world.harbour)

    version = actions.show_article(version, user=None, publish=True)

    assert status("harbour.test") == 200
    assert [each["type"] for each in raw_stream(version.overrides)] == ["hide"]


def test_draft_that_hides_changes_nothing_for_patients(world: World) -> None:
    article = make_article()

    version = hide(article, world.harbour, publish=False)

    assert status("harbour.test") == 200
    assert version.get_latest_revision_as_object().hides_article


def test_hiding_publishes_nobodys_draft(world: World) -> None:
    article = make_article()
    version = make_local_version(article, world.harbour, override("hide", "care"))
    draft = version.get_latest_revision_as_object()
    draft.title_override = "A draft of a title"
    draft.save_revision()

    version = hide(article, world.harbour)

    draft = version.get_latest_revision_as_object()
    assert (version.title_override, version.hides_article) == ("", True)
    assert (draft.title_override, draft.hides_article) == ("A draft of a title", True)


def test_hiding_ends_with_the_local_version(world: World) -> None:
    version = hide(make_article(), world.harbour)

    yesterday = timezone.now() - timedelta(days=1)
    LocalVersionPage.objects.filter(pk=version.pk).update(expire_at=yesterday)

    assert status("harbour.test") == 200


def test_local_version_that_hides_has_no_live_address(world: World) -> None:
    article = make_article()
    version = make_local_version(article, world.harbour)
    shown = version.full_url

    assert hide(article, world.harbour).full_url is None
    assert shown.endswith("harbour.test/conditions/fibromyalgia/")


# Follow the library, take its updates


def test_follow_library_empties_everything_and_keeps_it_in_history(world: World) -> None:
    article = make_article()
    own = text("own", "Ours", "<p>Harbour words.</p>")
    make_local_version(
        article, world.harbour, override("replace", "what", own), title_override="Our title"
    )
    version = hide(article, world.harbour)

    version = actions.follow_library(version, user=None, publish=True)

    effective = effective_for(article, clinic_of(root_page(world.harbour.pk)))
    assert (effective.state, effective.value("title")) == (State.FOLLOWS, "Fibromyalgia")
    assert any("Harbour words" in str(r.content["overrides"]) for r in version.revisions.all())


def test_follow_library_of_what_follows_says_so(world: World) -> None:
    version = make_local_version(make_article(), world.harbour)

    with pytest.raises(actions.edits.UnknownOverrideError):
        actions.follow_library(version, user=None, publish=True)


def test_take_shared_updates_drops_what_waits_and_nothing_else(world: World) -> None:
    own = text("own", "Ours")
    article = make_article("fibromyalgia", text("what"), text("care"), text("gone"), text("old"))
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", own),
        override("replace", "gone", own),
        override("hide", "care"),
        override("insert", "old", own, position="after"),
        title_override="Our title",
        summary_override="Our summary.",
    )
    body = [text("what", "New"), text("care")]
    article = change_article(article, body, title="New title")
    version = LocalVersionPage.objects.get()

    version = actions.take_shared_updates(version, user=None, publish=True)

    assert [each["type"] for each in raw_stream(version.overrides)] == ["hide", "insert"]
    assert (version.title_override, version.summary_override) == ("", "Our summary.")
    effective = effective_for(article, clinic_of(root_page(world.harbour.pk)))
    assert effective.merged.sections[0].id == section_id("what")
    assert effective.merged.sections[0].state == State.FOLLOWS


def test_take_shared_updates_without_any_says_so(world: World) -> None:
    version = make_local_version(make_article(), world.harbour, override("hide", "care"))

    with pytest.raises(actions.edits.UnknownOverrideError):
        actions.take_shared_updates(version, user=None, publish=True)
