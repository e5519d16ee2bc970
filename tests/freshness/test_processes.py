"""Real web processes: each shows a change within a second, and stays up without its database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from tests.factories import build_world
from tests.freshness.installation import WEB, Installation
from tests.freshness.site import FEW, digest
from tests.services.programs import Answer, eventually

# A change shows so many seconds after its commit at the latest.
LATEST = 1.0
# An answer for which somebody waited for the database takes longer.
GENEROUS = 4.0
CHECKED = "Polyclinic; hit"
UNCHECKED = "Polyclinic; hit; detail=unchecked"
# The hub has no page of its own about people.
PAGES = [at for at in FEW if at != ("hub.test", "/team/")]
NOT_KEPT = ("hillside.test", "/treatments/")
# Of each kind of tag one, and each leaves pages that it does not touch.
CHANGES = (
    "correction of a source",
    "notice of a clinic",
    "profile of a person",
    "alternative text of a picture",
    "publish of a local version",
    "publish of text",
)

# The database of the tests is only made when one of them asks for it.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite" or not os.environ.get("PROBE_FRESHNESS"),
        reason="a minute, for `make probe`; locks and moves a database file",
    ),
]


@pytest.fixture(scope="module")
def running(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """Three web processes that keep the pages of the world."""
    folder = tmp_path_factory.mktemp("processes")
    (folder / "database").mkdir()
    with django_db_blocker.unblock():
        if not Page.objects.filter(slug="hillside").exists():
            build_world()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "database" / "db.sqlite3")])
    with Installation(folder) as installation:
        yield installation


@pytest.fixture
def warm(running: Installation) -> Installation:
    for name in WEB:
        for at in PAGES:
            assert running.get(name, at).status == 200
            assert said(running.get(name, at)) == CHECKED
    return running


def said(answer: Answer) -> str:
    return answer.headers.get("cache-status", "")


def test_every_process_shows_a_change_and_keeps_the_rest(warm: Installation) -> None:
    for change in CHANGES:
        before = {(name, at): warm.get(name, at) for name in WEB for at in PAGES}
        old = warm.admin.pages_now(PAGES)

        tags = warm.admin.change(change)
        time.sleep(LATEST)

        now = warm.admin.pages_now(PAGES)
        after = {(name, at): warm.get(name, at) for name in WEB for at in PAGES}
        shown = {at: (page.status, digest(page.body)) for at, page in after.items()}
        wrong = {at for (name, at), page in shown.items() if page != now[at]}
        # Unless it is the hour that has changed.
        now |= warm.admin.pages_now(wrong)
        assert [key for key in shown if shown[key] != now[key[1]]] == [], change
        assert now != old, f"{change}: nothing changed"
        untouched = [
            key for key, page in before.items()
            if tags.isdisjoint(page.headers["surrogate-key"].split())
        ]  # fmt: skip
        assert untouched, change
        assert {said(after[key]) for key in untouched} == {CHECKED}, change


def test_kept_pages_wait_for_no_database_that_hangs(warm: Installation) -> None:
    with ThreadPoolExecutor(4) as threads, warm.database_that_hangs():
        made = [threads.submit(warm.get, name, NOT_KEPT) for name in WEB]
        answers, longest = ask_for(warm, seconds=3)
        assert not any(each.done() for each in made), "the database answered"

    assert {answer.status for answer in answers} == {200}
    assert UNCHECKED in {said(answer) for answer in answers} <= {CHECKED, UNCHECKED}
    assert longest < GENEROUS
    assert {each.result().status for each in made} <= {200, 503}
    catches_up(warm, "order of the menu")


def test_kept_pages_are_shown_while_the_database_is_gone(warm: Installation) -> None:
    missing = ("harbour.test", "/treatments/")
    with warm.database_that_is_gone():
        answers, longest = ask_for(warm, seconds=2)
        others = [warm.get(name, missing) for name in WEB]

    assert {answer.status for answer in answers} == {200}
    assert all(said(answer).startswith(CHECKED) for answer in answers)
    assert longest < GENEROUS
    # The page without a database names the clinic and its number.
    assert {(other.status, "555-0168" in other.text) for other in others} == {(503, True)}
    assert all("cache-status" not in other.headers for other in others)
    catches_up(warm, "text of a location")


def ask_for(running: Installation, *, seconds: float) -> tuple[list[Answer], float]:
    """What all processes answer meanwhile, and the longest that somebody waited for it."""
    answers, longest, ends = [], 0.0, time.monotonic() + seconds
    while time.monotonic() < ends:
        for name in WEB:
            for at in PAGES[:6]:
                started = time.monotonic()
                answers.append(running.get(name, at))
                longest = max(longest, time.monotonic() - started)
        time.sleep(0.05)
    return answers, longest


def catches_up(running: Installation, change: str) -> None:
    """Every process checks again what it shows, and sees changes."""
    for name in WEB:
        eventually(lambda name=name: said(running.get(name, PAGES[-1])) == CHECKED, "it is checked")
    running.admin.change(change)
    time.sleep(LATEST)
    now = running.admin.pages_now(PAGES)
    for name in WEB:
        for at in PAGES:
            page = running.get(name, at)
            assert (page.status, digest(page.body)) == now[at]
