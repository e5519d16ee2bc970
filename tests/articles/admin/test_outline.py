"""The outline of a local version: whose each section is, its state in words, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client

from articles.admin.outline import Outline, outline_of
from articles.merge import State
from articles.models import LocalVersionPage
from articles.queries import draft_effective
from articles.section_names import section_names
from clinics.resolve import clinic_of, root_page
from tests.articles.editing import edit_url
from tests.articles.every_section import every_section
from tests.articles.every_state import make_every_state
from tests.articles.factories import make_article, make_local_version, override, section_id, text
from tests.factories import World
from tests.reading import page_of, words_of

type ClientFor = Callable[[Any], Client]


def outline(version: LocalVersionPage) -> Outline:
    clinic = clinic_of(root_page(version.clinic_id))
    return outline_of(draft_effective(version, clinic), clinic)


@pytest.fixture
def version(world: World) -> LocalVersionPage:
    return make_every_state(world.hillside)


@pytest.mark.parametrize(
    ("heading", "state", "begins"),
    [
        ("Follows", State.FOLLOWS, ""),
        ("Our own", State.OWN, ""),
        ("Our waiting", State.WAITING, "The library has changed this section"),
        ("Hidden", State.HIDDEN, ""),
        ("Our gone", State.ORPHAN, "The library has removed this section"),
        ("Safety", State.SUSPENDED, "A safety update shows the shared text"),
        ("Lock", State.SUSPENDED, "The library has locked this section"),
        ("Our slot", State.ORPHAN, "The library has removed this slot"),
        ("Our added", State.WAITING, "The section that yours stood beside is gone"),
        ("Our note", State.OWN, ""),
    ],
)
def test_every_state_is_told_and_explained(
    version: LocalVersionPage, heading: str, state: State, begins: str
) -> None:
    """Rows 81, 99: the merge table in words, one sentence each with what to do."""
    row = next(row for row in outline(version).rows if row.heading == heading)

    assert row.state == state
    assert row.help.startswith(begins)
    assert bool(row.help) is bool(begins)
    assert row.needs_somebody is bool(begins)


def test_what_waits_is_listed_once_for_each_decision(version: LocalVersionPage) -> None:
    """A suspended text stands in two rows, shared and ours, and is one decision."""
    waiting = outline(version).waiting

    assert [row.heading for row in waiting] == [
        "Our waiting", "Safety", "Lock", "Our added", "Our slot", "Our gone",
    ]  # fmt: skip
    assert len({row.anchor for row in outline(version).rows}) == len(outline(version).rows)


def test_retyped_section_says_so(world: World) -> None:
    article = make_article("a", text("what", "What"))
    version = make_local_version(
        article, world.hillside, override("replace", "what", text("o", "Ours"))
    )
    draft = article.get_latest_revision_as_object()
    quote = {"quote": "Rest.", "attribution": "A society", "role": "clinical"}
    draft.body = [{"type": "quote", "id": section_id("what"), "value": quote}]
    draft.save_revision().publish()

    (row,) = outline(LocalVersionPage.objects.get(pk=version.pk)).rows

    assert row.help.startswith("The library made another kind of section of this one.")


def test_every_type_can_be_read_and_has_a_name(world: World) -> None:
    article = make_article("every", *every_section(make_article()))
    version = make_local_version(article, world.hillside, publish=False)

    rows = outline(version).rows

    assert all(row.heading and row.html and row.type_label for row in rows)
    assert section_names(version.article.body)["local-note"] == "Slot local-note"


def test_note_of_an_override_is_shown(world: World) -> None:
    """Row 82: reason, owner, and when to look again."""
    change = override(
        "hide", "care", reason="We do not do this", owner="dallas", review_date="2027-05-01"
    )
    version = make_local_version(make_article(), world.hillside, change)

    notes = [row.note for row in outline(version).rows if row.note]

    assert notes == ["We do not do this · looked after by dallas · look again on May 1, 2027"]


def test_editor_shows_buttons_that_fit_the_state(
    version: LocalVersionPage, world: World, client_for: ClientFor
) -> None:
    page = page_of(client_for(world.hillside_publisher).get(edit_url(version)).text)

    assert buttons(page, "Follows") == [
        "Change for this clinic", "Hide here", "Add before", "Add after",
    ]  # fmt: skip
    assert buttons(page, "Our own") == [
        "Edit our text", "Follow the library again", "Offer to the library",
    ]  # fmt: skip
    assert buttons(page, "Our waiting") == ["Edit our text", "Compare and decide"]
    assert buttons(page, "Hidden") == ["Show it again"]
    lead = page.select_one(".clinic-outline-lead")
    assert lead is not None
    assert "6 sections wait for you" in words_of(lead)


def test_locked_section_has_no_button_to_change_it(world: World, client_for: ClientFor) -> None:
    version = make_local_version(
        make_article("a", text("what", "What", locked=True)), world.hillside, publish=False
    )
    page = page_of(client_for(world.hillside_publisher).get(edit_url(version)).text)

    assert buttons(page, "What") == ["Add before", "Add after"]


def test_other_clinic_finds_no_editor(
    version: LocalVersionPage, world: World, client_for: ClientFor
) -> None:
    assert client_for(world.harbour_publisher).get(edit_url(version)).status_code == 404


def buttons(page: Tag, heading: str) -> list[str]:
    row = next(row for row in page.select(".clinic-outline-row") if words_of(row.h3) == heading)
    labels = row.select(".clinic-outline-buttons button, .clinic-outline-buttons a")
    return [words_of(each).split(":")[0].strip() for each in labels]
