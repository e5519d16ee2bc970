"""The merge table, through the database: the library publishes, a clinic's words get a state."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.choices import ChangeClass, HeroChoice
from articles.effective import EffectiveArticle
from articles.merge import State
from articles.models import ArticlePage
from articles.queries import effective_for
from clinics.resolve import clinic_of
from tests.articles.every_section import make_image
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    section_id,
    slot,
    text,
)
from tests.factories import World

WHAT = section_id("what")
MINE = "Harbour words about it."


def shared(key: str, words: str, **settings: Any) -> dict[str, Any]:
    return text(key, key.title(), f"<p>{words}</p>", **settings)


def mine() -> dict[str, Any]:
    return text("mine", "At the harbour", f"<p>{MINE}</p>")


SECTIONS = [shared("what", "What it is."), shared("care", "How to care.")]


def at_harbour(world: World, article: ArticlePage) -> EffectiveArticle:
    return effective_for(ArticlePage.objects.get(pk=article.pk), clinic_of(world.harbour))


def shown_and_states(effective: EffectiveArticle) -> list[tuple[str, State]]:
    """Each section's text and state in reading order; then, in brackets, what is not shown."""
    shown = [(_words(section), section.state) for section in effective.merged.sections]
    rest = [(f"({_words(section)})", section.state) for section in effective.merged.not_shown]
    return shown + rest


def _words(section: Any) -> str:
    value = section.content.value if section.content else {}
    return value["text"].source.split(">")[1].split("<")[0] if "text" in value else ""


def safety(body: list[dict[str, Any]]) -> dict[str, Any]:
    return {"body": body, "change_class": ChangeClass.SAFETY}


CHANGED = [shared("what", "Changed."), SECTIONS[1]]
MOVED = [SECTIONS[1], SECTIONS[0]]
LOCKED = [shared("what", "What it is.", locked=True), SECTIONS[1]]
OTHER_TYPE = [
    {"type": "question", "id": WHAT, "value": {"question": "What?", "answer": "<p>It.</p>"}},
    SECTIONS[1],
]
REPLACE = lambda: override("replace", "what", mine())  # noqa: E731 - rows of a table
HIDE = lambda: override("hide", "what")  # noqa: E731
BESIDE = lambda: override("insert", "what", mine(), position="after")  # noqa: E731
CARE_FOLLOWS = ("How to care.", State.FOLLOWS)
ROWS = {
    "unchanged, replaced": (REPLACE, {}, [(MINE, State.OWN), CARE_FOLLOWS]),
    "unchanged, hidden": (HIDE, {}, [CARE_FOLLOWS, ("(What it is.)", State.HIDDEN)]),
    "changed, replaced": (REPLACE, {"body": CHANGED}, [(MINE, State.WAITING), CARE_FOLLOWS]),
    "changed, hidden": (HIDE, {"body": CHANGED}, [CARE_FOLLOWS, ("(Changed.)", State.WAITING)]),
    "safety, replaced": (
        REPLACE,
        safety(CHANGED),
        [("Changed.", State.SUSPENDED), CARE_FOLLOWS, (f"({MINE})", State.SUSPENDED)],
    ),
    "safety, hidden": (HIDE, safety(CHANGED), [("Changed.", State.SUSPENDED), CARE_FOLLOWS]),
    "moved": (REPLACE, {"body": MOVED}, [CARE_FOLLOWS, (MINE, State.OWN)]),
    "removed, replaced": (
        REPLACE,
        {"body": SECTIONS[1:]},
        [CARE_FOLLOWS, (f"({MINE})", State.ORPHAN)],
    ),
    "removed, hidden": (HIDE, {"body": SECTIONS[1:]}, [CARE_FOLLOWS, ("()", State.ORPHAN)]),
    "removed, beside": (BESIDE, {"body": SECTIONS[1:]}, [(MINE, State.WAITING), CARE_FOLLOWS]),
    "locked": (
        REPLACE,
        {"body": LOCKED},
        [("What it is.", State.SUSPENDED), CARE_FOLLOWS, (f"({MINE})", State.SUSPENDED)],
    ),
    "another type": (REPLACE, {"body": OTHER_TYPE}, [(MINE, State.WAITING), CARE_FOLLOWS]),
}


@pytest.mark.parametrize("row", ROWS)
def test_change_of_the_shared_article_gives_the_state_of_the_table(world: World, row: str) -> None:
    make, change, expected = ROWS[row]
    article = make_article("a", *SECTIONS)
    make_local_version(article, world.harbour, make())

    if change:
        change_article(article, **change)

    effective = at_harbour(world, article)
    assert shown_and_states(effective) == expected
    html = Client(HTTP_HOST="harbour.test").get("/conditions/a/").text
    assert (MINE in html) == any(words == MINE for words, _state in expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            [slot("nearby", shared("near", "Nearby."))],
            [(MINE, State.OWN)],
        ),
        (
            [slot("nearby", shared("near", "Nearby now."))],
            [(MINE, State.WAITING)],
        ),
        ([shared("what", "What.")], [("What.", State.FOLLOWS), (f"({MINE})", State.ORPHAN)]),
    ],
    ids=["fallback unchanged", "fallback changed", "slot gone"],
)
def test_change_of_a_slot_gives_the_state_of_the_table(
    world: World, body: list[dict[str, Any]], expected: list[tuple[str, State]]
) -> None:
    article = make_article("a", slot("nearby", shared("near", "Nearby.")))
    make_local_version(article, world.harbour, override("fill", "nearby", mine()))

    change_article(article, body)

    assert shown_and_states(at_harbour(world, article)) == expected


@pytest.mark.parametrize(
    ("name", "own", "change"),
    [
        ("title", {"title_override": "Harbour title"}, {"title": "New"}),
        ("summary", {"summary_override": "Harbour summary."}, {"summary": "New."}),
        ("seo_title", {"seo_title": "Harbour SEO"}, {"seo_title": "New"}),
        ("search_description", {"search_description": "Harbour."}, {"search_description": "New"}),
        ("hero_image", {"hero_choice": HeroChoice.NONE}, {"hero_image": "picture"}),
    ],
)
def test_change_of_a_field_waits_where_it_is_overridden(
    world: World, name: str, own: dict[str, Any], change: dict[str, Any]
) -> None:
    article = make_article("a", summary="Shared.")
    make_local_version(article, world.harbour, **own)
    mine_before = at_harbour(world, article).fields[name]
    new = {field: make_image() if value == "picture" else value for field, value in change.items()}

    change_article(article, **new)

    mine_after = at_harbour(world, article).fields[name]
    assert (mine_before.origin, mine_before.state) == ("local", State.OWN)
    assert (mine_after.origin, mine_after.state) == ("local", State.WAITING)
    assert (mine_after.value, mine_after.shared) == (mine_before.value, new[name])


def test_unrelated_change_leaves_an_override_at_rest(world: World) -> None:
    article = make_article("a", *SECTIONS)
    make_local_version(article, world.harbour, REPLACE(), title_override="Harbour title")

    change_article(article, [SECTIONS[0], shared("care", "New care.")], summary="New.")

    effective = at_harbour(world, article)
    assert (effective.state, effective.fields["title"].state) == (State.OWN, State.OWN)
