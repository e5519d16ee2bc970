"""Compare pages: three texts, what to decide, and no decision about texts that were not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles import actions, field_acts
from articles.choices import ChangeClass, HeroChoice
from articles.merge import State
from articles.models import ArticlePage, LocalVersionPage
from articles.override_edits import Note
from articles.queries import effective_for
from articles.stream import raw_stream
from clinics.resolve import clinic_of
from tests.articles.every_state import make_every_state
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    text,
)
from tests.factories import World
from tests.reading import page_of, words_of

type ClientFor = Callable[[Any], Client]


@pytest.fixture
def version(world: World) -> LocalVersionPage:
    return make_every_state(world.hillside)


@pytest.fixture
def publisher(world: World, client_for: ClientFor) -> Client:
    return client_for(world.hillside_publisher)


def override_of(version: LocalVersionPage, target: str) -> str:
    target = target if "slot" in target or target == "note" else section_id(target)
    for each in raw_stream(version.overrides):
        if target in {each["value"].get("section"), each["value"].get("slot")}:
            return str(each["id"])
    raise LookupError(target)


def section_url(version: LocalVersionPage, target: str) -> str:
    return reverse("articles_section_compare", args=[version.pk, override_of(version, target)])


def field_url(version: LocalVersionPage, name: str) -> str:
    return reverse("articles_field_compare", args=[version.pk, name])


def decide(client: Client, url: str, act: str) -> HttpResponse:
    return client.post(url, {"act": act, "seen": seen(client, url)})


def seen(client: Client, url: str) -> str:
    field = page_of(client.get(url).text).select_one("input[name=seen]")
    assert field is not None
    return str(field["value"])


def decisions(client: Client, url: str) -> list[str]:
    page = page_of(client.get(url).text)
    return [words_of(each) for each in page.select(".clinic-compare-acts button")]


def state_of(world: World, version: LocalVersionPage, key: str) -> State:
    effective = effective_for(version.article, clinic_of(world.hillside))
    assert effective is not None
    merged = [*effective.merged.sections, *effective.merged.not_shown]
    return next(each.state for each in merged if each.id == section_id(key))


@pytest.mark.parametrize(
    ("target", "labels"),
    [
        ("own", ["Follow the library again"]),
        ("waiting", ["Keep mine", "Take shared"]),
        ("hidden", ["Show it again"]),
        ("gone", ["Make it a section of our own", "Drop it"]),
        ("gone-slot", ["Make it a section of our own", "Drop it"]),
        ("safety", ["Keep mine", "Take shared"]),
        ("lock", ["Follow the library again"]),
        ("beside", ["Keep it here", "Remove our section"]),
    ],
)
def test_decisions_fit_the_state(
    version: LocalVersionPage, publisher: Client, target: str, labels: list[str]
) -> None:
    """Row 81, and the merge table: nothing is offered that would change nothing."""
    if target == "lock":
        labels = ["Take shared"]
    assert decisions(publisher, section_url(version, target)) == labels


def test_three_texts_with_the_changed_words_marked(
    version: LocalVersionPage, publisher: Client
) -> None:
    page = page_of(publisher.get(section_url(version, "waiting")).text)
    then, now, mine = page.select(".clinic-compare-text > div")

    assert words_of(then) == "Waiting Shared words of waiting."
    assert [words_of(each) for each in now.select("del")] == ["waiting."]
    assert [words_of(each) for each in now.select("ins")] == ["waiting, and newer ones."]
    assert words_of(mine).endswith("ours-waiting.")


def test_keep_and_take_do_what_they_say_and_can_be_undone(
    world: World, version: LocalVersionPage, publisher: Client
) -> None:
    before = raw_stream(version.overrides)
    decide(publisher, section_url(version, "waiting"), "keep")
    assert state_of(world, version, "waiting") is State.OWN
    kept = LocalVersionPage.objects.get(pk=version.pk)

    response = publisher.post(
        section_url(kept, "waiting"),
        {"act": "follow", "seen": seen(publisher, section_url(kept, "waiting"))},
        follow=True,
    )
    assert state_of(world, version, "waiting") is State.FOLLOWS
    undo = page_of(response.text).select_one("form[action*='/undo/']")
    assert undo is not None
    publisher.post(str(undo["action"]))

    restored = raw_stream(LocalVersionPage.objects.get(pk=version.pk).overrides)
    assert restored == raw_stream(kept.overrides)
    assert [each["id"] for each in restored] == [each["id"] for each in before]


def test_decision_about_a_page_that_was_saved_meanwhile_is_not_done(
    world: World, version: LocalVersionPage, publisher: Client
) -> None:
    url = section_url(version, "waiting")
    stale = seen(publisher, url)
    actions.hide_section(
        version, section_id("follows"), note=Note("Because"), user=None, publish=True
    )

    response = publisher.post(url, {"act": "follow", "seen": stale}, follow=True)

    assert "Nothing was done" in response.text
    assert state_of(world, version, "waiting") is State.WAITING


def test_decision_about_a_shared_text_that_nobody_saw_is_not_done(
    world: World, version: LocalVersionPage, publisher: Client
) -> None:
    """ "Keep mine" must not count as having read what the library published a moment ago."""
    url = section_url(version, "waiting")
    stale = seen(publisher, url)
    article = ArticlePage.objects.get(pk=version.article_id)
    body = raw_stream(article.body)
    body[2]["value"]["text"] = "<p>Newest shared words.</p>"
    change_article(article, body, change_class=ChangeClass.WORDING)

    response = publisher.post(url, {"act": "keep", "seen": stale}, follow=True)

    assert "Nothing was done" in response.text
    assert state_of(world, version, "waiting") is State.WAITING


def test_who_may_not_publish_makes_a_draft(
    world: World, version: LocalVersionPage, client_for: ClientFor
) -> None:
    editor = client_for(world.hillside_editor)
    decide(editor, section_url(version, "waiting"), "follow")

    assert state_of(world, version, "waiting") is State.WAITING
    assert LocalVersionPage.objects.get(pk=version.pk).has_unpublished_changes


def test_field_compare_keeps_or_follows(
    world: World, version: LocalVersionPage, publisher: Client
) -> None:
    url = field_url(version, "summary")
    page = page_of(publisher.get(url).text)
    texts = [words_of(each) for each in page.select(".clinic-compare-text")]
    decide(publisher, url, "keep")
    kept = effective_for(version.article, clinic_of(world.hillside))
    decide(publisher, url, "follow")
    followed = effective_for(version.article, clinic_of(world.hillside))

    assert texts[0] == "Shared then Then."
    assert texts[2] == "Mine Our summary."
    assert kept is not None
    assert followed is not None
    assert (kept.fields["summary"].state, kept.value("summary")) == (State.OWN, "Our summary.")
    assert (followed.fields["summary"].state, followed.value("summary")) == (State.FOLLOWS, "Now.")


def test_field_without_a_difference_has_no_compare_page(
    version: LocalVersionPage, publisher: Client
) -> None:
    assert publisher.get(field_url(version, "seo_title")).status_code == 404
    assert publisher.get(field_url(version, "live")).status_code == 404


def test_picture_is_compared_by_its_title(world: World, publisher: Client) -> None:
    version = make_local_version(make_article("pictured"), world.hillside)
    field_acts.set_hero(version, HeroChoice.NONE, user=None, publish=True)

    assert publisher.get(field_url(version, "hero_image")).status_code == 200


@pytest.mark.parametrize("who", ["harbour_publisher", "library_publisher", "franchise_admin"])
def test_others_find_nothing(
    world: World, version: LocalVersionPage, client_for: ClientFor, who: str
) -> None:
    client = client_for(getattr(world, who))
    for url in (section_url(version, "waiting"), field_url(version, "summary")):
        assert client.get(url).status_code == 404
        assert client.post(url, {"act": "follow", "seen": "1/1"}).status_code == 404
    assert state_of(world, version, "waiting") is State.WAITING


def test_change_of_the_library_is_measured_from_the_release_that_was_seen(
    world: World, publisher: Client
) -> None:
    article = make_article("moving", text("what", "What"))
    version = make_local_version(
        article, world.hillside, override("replace", "what", text("o", "Ours"))
    )
    for number in range(3):
        article = change_article(article, [text("what", "What", f"<p>Words {number}.</p>")])

    page: Tag = page_of(publisher.get(section_url(version, "what")).text)

    assert (
        words_of(page.select(".clinic-compare-text")[0]) == "Shared then What Shared words of what."
    )
