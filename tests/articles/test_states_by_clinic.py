"""The cells of many articles at many clinics are those of each clinic by itself (row 89)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.accepting import set_hold
from articles.article_states import article_states
from articles.merge import State
from articles.models import ArticlePage, HeldArticle
from articles.states_by_clinic import Matrix, states_by_clinic
from articles.text_checks import Check, text_checks
from clinics.models import ClinicFacts, Service
from tests.articles.crowd import add_clinics, add_local_versions
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    override,
    slot,
    text,
)
from tests.articles.test_article_states import BODY, CASES, CHANGES
from tests.factories import World

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


def cells_of(*clinics: Any) -> Matrix:
    articles = list(ArticlePage.objects.select_related("hero_image").order_by("pk"))
    facts = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
    if clinics:
        facts = facts.filter(clinic__in=[clinic.pk for clinic in clinics])
    return states_by_clinic(articles, list(facts.order_by("pk")))


def states_of(clinic: Any) -> dict[int, State]:
    """What the clinic's own list says."""
    articles = ArticlePage.objects.select_related("hero_image")
    return {row.article.pk: row.state for row in article_states(articles, clinic.pk)}


@pytest.mark.parametrize("change", CHANGES)
def test_cells_are_what_each_clinic_sees(world: World, change: str) -> None:
    for number, case in enumerate(CASES):
        article = make_article(f"a-{number}", *BODY)
        overrides, fields = CASES[case]()
        make_local_version(article, world.harbour, *overrides, **fields)
        if number % 2:
            release = article.releases.get()
            HeldArticle.objects.create(clinic=world.harbour, article=article, release=release)
        if CHANGES[change]:
            change_article(article, **CHANGES[change])

    cells = cells_of()

    for clinic in (world.harbour, world.hillside):
        found = {pk: cell.state for (pk, home), cell in cells.items() if home == clinic.pk}
        assert found == states_of(clinic)


def test_clinic_that_reviews_everything_first(world: World) -> None:
    article = make_article("a")
    set_hold(world.harbour, review_first=True, hold_days=None, user=None)
    change_article(article, title="New")
    cells = cells_of()
    assert cells[article.pk, world.harbour.pk].state == State.HELD
    assert cells[article.pk, world.hillside.pk].state == State.FOLLOWS


def test_release_for_a_first_group_is_not_held_by_the_others(world: World) -> None:
    ClinicFacts.objects.filter(clinic=world.hillside).update(is_first_group=True)
    article = make_article("a")
    change_article(article, title="New", first_group_only=True)
    cells = cells_of()
    assert {cell.state for cell in cells.values()} == {State.FOLLOWS}
    shown = {home: cell.release.pk for (_pk, home), cell in cells.items()}
    assert shown[world.hillside.pk] > shown[world.harbour.pk]


def test_article_of_another_service_kind_or_not_live_is_not_for_the_clinic(world: World) -> None:
    blocks = Service.objects.get(slug="nerve-blocks")
    of_service = make_article("a", services=[blocks])
    draft = make_article("b", publish=False)
    cells = cells_of()
    assert cells[of_service.pk, world.hillside.pk].state == State.FOLLOWS
    assert cells[of_service.pk, world.harbour.pk].state is None
    assert cells[draft.pk, world.hillside.pk].state is None


def test_queries_grow_neither_with_articles_nor_with_clinics(world: World) -> None:
    ours = override("replace", "what", text("own", "Ours"))
    counts = []
    for number in range(3):
        clinics = add_clinics(world, 5 * number)
        for each in range(1 + 3 * number):
            article = make_article(f"a-{number}-{each}", *BODY)
            release = article.releases.get()
            add_local_versions(article, clinics, ours)
            make_local_version(article, world.harbour, ours)
            HeldArticle.objects.create(clinic=world.harbour, article=article, release=release)
            change_article(article, [text("what", "New"), *BODY[1:]])
        with CaptureQueriesContext(connection) as queries:
            cells = cells_of()
        counts.append(len(queries))
    assert len(cells) == 12 * 17
    assert counts == [counts[0]] * 3
    assert counts[0] <= 11


# Texts that deserve a look


def checks_of(world: World, article: ArticlePage) -> list[tuple[Check, str]]:
    cell = cells_of(world.harbour)[article.pk, world.harbour.pk]
    return [(check.check, check.name) for check in text_checks(cell, TODAY)]


BIG = [text(key, key.title()) for key in ("what", "care", "who", "cost")]


def test_text_past_its_review_date_is_a_task(world: World) -> None:
    article = make_article("a", *BIG)
    own = text("own", "Ours")
    due, later = str(TODAY - DAY), str(TODAY)
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", own, review_date=due, owner="Nora"),
        override("replace", "care", text("own2", "Ours"), review_date=later),
    )
    assert checks_of(world, article) == [(Check.OVERDUE, "What")]


def test_text_that_says_what_the_library_says_is_found(world: World) -> None:
    """The library adopted the very words, or somebody changed theirs back by hand."""
    article = make_article("a", *BIG)
    same = {**BIG[0], "id": text("own")["id"]}
    make_local_version(
        article, world.harbour, override("replace", "what", same), title_override="A"
    )
    assert checks_of(world, article) == [(Check.SAME, "What"), (Check.SAME, "title")]


def test_article_that_is_mostly_the_clinics_own_is_found(world: World) -> None:
    article = make_article("a", *BIG)
    overrides = [
        override("replace", key, text(f"own {key}", "Ours")) for key in ("what", "care", "who")
    ]
    make_local_version(article, world.harbour, *overrides)
    assert checks_of(world, article) == [(Check.HEAVY, "")]


def test_local_text_with_a_reason_deserves_no_look(world: World) -> None:
    article = make_article("a", *BIG, slot("nearby"))
    make_local_version(
        article,
        world.harbour,
        override("replace", "what", text("own", "Ours")),
        override("fill", "nearby", text("near", "Near")),
        override("insert", "care", text("more", "More"), position="after"),
    )
    assert checks_of(world, article) == []


def test_draft_is_not_looked_at(world: World) -> None:
    article = make_article("a", *BIG)
    due = override("replace", "what", text("own"), review_date=str(TODAY - DAY))
    make_local_version(article, world.harbour, due, publish=False)
    assert checks_of(world, article) == []
