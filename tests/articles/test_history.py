"""The update history that patients read at the foot of an article (T-10)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from articles.choices import ChangeClass
from articles.release_acts import undo_release
from clinics.models import ClinicFacts
from tests.articles.factories import (
    change_article,
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.factories import World
from tests.reading import page_of, words_of


def history(host: str = "hillside", path: str = "/conditions/a/") -> list[str]:
    page = page_of(Client(HTTP_HOST=f"{host}.test").get(path).content)
    return [words_of(line) for line in page.select(".history-line")]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-02T18:00:00Z") as traveller:
        yield traveller


def test_facts_and_safety_have_a_line_and_wordings_have_none(
    world: World, clock: time_machine.Traveller
) -> None:
    article = make_article("a", change_note="First draft of Iris")
    clock.move_to("2026-11-10T18:00:00Z")
    change_article(article, change_class=ChangeClass.FACTS, change_note="New figure from 2026")
    clock.move_to("2026-11-12T18:00:00Z")
    change_article(article, change_class=ChangeClass.WORDING, change_note="Shorter sentences")
    clock.move_to("2026-11-14T18:00:00Z")
    change_article(article, change_class=ChangeClass.SAFETY, change_note="")

    expected = [
        "Nov. 14, 2026 Safety information changed",
        "Nov. 10, 2026 New figure from 2026",
        "Nov. 2, 2026 First published",
    ]
    assert history("hillside") == history("hub") == expected


def test_article_that_has_not_changed_has_no_history(world: World) -> None:
    make_article("a")

    assert history() == []


def test_own_words_of_a_clinic_have_a_line_there_only(
    world: World, clock: time_machine.Traveller
) -> None:
    article = make_article("a", text("what"))
    clock.move_to("2026-11-10T18:00:00Z")
    make_local_version(article, world.harbour, override("replace", "what", text("own", "Ours")))

    assert history("harbour") == [
        "Nov. 10, 2026 Harbour Infusion Center put in words of its own",
        "Nov. 2, 2026 First published",
    ]
    assert history("hillside") == []


def test_held_release_is_no_history_yet_and_an_undone_one_never(world: World) -> None:
    article = make_article("a")
    ClinicFacts.objects.filter(clinic=world.harbour).update(
        review_first=True, library_as_of=article.releases.get().number
    )
    change_article(article, change_class=ChangeClass.FACTS, change_note="New figure")
    assert any("New figure" in line for line in history("hillside"))
    assert history("harbour") == []

    undo_release(article.releases.first(), user=world.superuser)
    assert history("hillside") == []


def test_own_article_tells_when_it_changed(world: World, clock: time_machine.Traveller) -> None:
    page = make_own_article(world.hillside, "own")
    assert history(path="/conditions/own/") == []

    clock.move_to("2026-11-10T18:00:00Z")
    page.save_revision().publish()
    assert history(path="/conditions/own/") == [
        "Nov. 10, 2026 Last changed",
        "Nov. 2, 2026 First published",
    ]
