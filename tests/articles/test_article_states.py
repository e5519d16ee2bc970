"""The states of a list, read from stored JSON, are those of the articles one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.article_states import article_states
from articles.choices import ChangeClass, HeroChoice
from articles.merge import State
from articles.models import ArticlePage, HeldArticle
from articles.queries import effective_for
from clinics.models import ClinicFacts
from clinics.resolve import clinic_of, root_page
from tests.articles.every_section import every_section
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    slot,
    text,
)
from tests.factories import World

OWN = text("own", "Ours")
BODY = [text("what", "What"), slot("nearby", text("near", "Near")), text("care", "Care")]
CASES: dict[str, Callable[[], tuple[list[Any], dict[str, Any]]]] = {
    "nothing": lambda: ([], {}),
    "replace": lambda: ([override("replace", "what", OWN)], {}),
    "hide": lambda: ([override("hide", "care")], {}),
    "insert": lambda: ([override("insert", "what", OWN, position="after")], {}),
    "fill": lambda: ([override("fill", "nearby", OWN)], {}),
    "empty slot": lambda: ([override("fill", "nearby")], {}),
    "title": lambda: ([], {"title_override": "Ours"}),
    "no picture": lambda: ([], {"hero_choice": HeroChoice.NONE}),
    "all hidden": lambda: ([override("hide", "care")], {"hides_article": True}),
    "draft only": lambda: ([override("hide", "care")], {"publish": False}),
}
CHANGES: dict[str, dict[str, Any]] = {
    "no change": {},
    "new text": {"body": [text("what", "New"), BODY[1], BODY[2]], "title": "New title"},
    "safety": {
        "body": [text("what", "New"), BODY[1], BODY[2]],
        "change_class": ChangeClass.SAFETY,
    },
    "removed": {"body": [BODY[2]]},
    "locked": {"body": [text("what", "What", locked=True), BODY[1], BODY[2]]},
    "moved slot": {"body": [slot("nearby", text("near", "Else")), BODY[0], BODY[2]]},
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("case", CASES)
def test_state_of_a_list_is_the_state_of_the_article(world: World, case: str, change: str) -> None:
    article = make_article("a", *BODY)
    overrides, fields = CASES[case]()
    make_local_version(article, world.harbour, *overrides, **fields)
    if CHANGES[change]:
        change_article(article, **CHANGES[change])

    found = _state(world, article)

    effective = _effective(world, article)
    assert (found.state, found.title) == (effective.state, effective.value("title"))


def test_state_of_a_held_article_reads_the_release_that_is_shown(world: World) -> None:
    article = make_article("a", *BODY, title="Then")
    first = article.releases.get()
    make_local_version(article, world.harbour, override("replace", "what", OWN))
    HeldArticle.objects.create(clinic=world.harbour, article=article, release=first)
    change_article(article, **CHANGES["new text"])

    found = _state(world, article)

    assert (found.state, found.title) == (_effective(world, article).state, "Then")
    assert found.state == State.HELD


def test_state_of_an_article_that_was_never_accepted_is_held(world: World) -> None:
    article = make_article("a")
    ClinicFacts.objects.filter(clinic=world.harbour).update(review_first=True)

    found = _state(world, article)

    assert (found.state, found.is_offered) == (State.HELD, False)


@pytest.mark.parametrize("count", [1, 4])
def test_states_take_the_same_queries_whatever_the_number_and_content(
    world: World, count: int
) -> None:
    linked = make_article("linked")
    body = every_section(linked)
    articles = [make_article(f"a-{number}", *body) for number in range(count)]
    for article in articles:
        make_local_version(article, world.harbour, override("hide", "", section=body[1]["id"]))
        first = article.releases.get()
        HeldArticle.objects.create(clinic=world.harbour, article=article, release=first)
        change_article(article, title="New")
    rows = list(ArticlePage.objects.exclude(pk=linked.pk).select_related("hero_image"))

    with CaptureQueriesContext(connection) as queries:
        found = article_states(rows, world.harbour.pk)

    assert [each.state for each in found] == [State.HELD] * count
    assert len(queries) == 6


def _state(world: World, article: ArticlePage) -> Any:
    rows = ArticlePage.objects.filter(pk=article.pk).select_related("hero_image")
    return article_states(rows, world.harbour.pk)[0]


def _effective(world: World, article: ArticlePage) -> Any:
    clinic = clinic_of(root_page(world.harbour.pk))
    return effective_for(ArticlePage.objects.get(pk=article.pk), clinic)
