"""C-10: what holds until a day goes on that day by itself, and is announced ahead of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from articles.expiring import Expiring, expiring_in
from articles.expiring_today import has_nothing_out_of_date
from articles.stream import raw_stream
from clinics.today import today_of
from tests.articles.factories import (
    make_article,
    make_local_version,
    make_own_article,
    override,
    text,
)
from tests.clock import set_time
from tests.edge import Process
from tests.factories import World

TELEHEALTH = "Ketamine may be prescribed by telehealth for now."
PATH = "/conditions/fibromyalgia/"


def telehealth(**settings: Any) -> dict[str, Any]:
    settings = {"expires": "2027-01-01", **settings}
    return text("tele", "By telehealth", f"<p>{TELEHEALTH}</p>", **settings)


def test_section_goes_at_midnight_of_its_clinic_and_kept_pages_go_with_it(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New York first, Dallas an hour later; nobody publishes anything."""
    make_article("fibromyalgia", text("what", "What it is"), telehealth())

    def shown() -> list[bool]:
        hosts = ("harbour.test", "hillside.test")
        return [TELEHEALTH in process.get(host, PATH).text for host in hosts]

    set_time(monkeypatch, "2027-01-01T04:59+00:00")
    assert shown() == [True, True]
    set_time(monkeypatch, "2027-01-01T05:01+00:00")
    assert shown() == [False, True]
    set_time(monkeypatch, "2027-01-01T06:01+00:00")
    assert shown() == [False, False]
    assert "What it is" in process.get("hillside.test", PATH).text


def test_lifetime_of_a_page_ends_with_its_section(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article("fibromyalgia", telehealth())
    set_time(monkeypatch, "2027-01-01T05:59:30+00:00")

    lifetime = process.get("hillside.test", PATH).headers["Cache-Control"]

    assert int(lifetime.rpartition("s-maxage=")[2]) <= 30


def test_section_that_only_warns_stays(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article("fibromyalgia", telehealth(stays=True))

    set_time(monkeypatch, "2027-01-02T12:00+00:00")

    assert TELEHEALTH in process.get("hillside.test", PATH).text


def test_section_of_a_clinics_own_text_goes_too(
    world: World, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("fibromyalgia", text("what", "What it is"))
    make_local_version(
        article, world.harbour, override("insert", "what", telehealth(), position="after")
    )

    set_time(monkeypatch, "2026-12-31T12:00+00:00")
    assert TELEHEALTH in process.get("harbour.test", PATH).text
    set_time(monkeypatch, "2027-01-02T12:00+00:00")
    assert TELEHEALTH not in process.get("harbour.test", PATH).text


def test_dates_are_found_however_deep_they_stand(world: World) -> None:
    version = make_local_version(
        make_article("fibromyalgia", text("what")),
        world.harbour,
        override("insert", "what", telehealth(stays=True), position="after"),
    )

    found = list(expiring_in(json.dumps(raw_stream(version.overrides))))

    assert found == [Expiring("text", date(2027, 1, 1), True)]


def test_offer_never_outlives_its_end() -> None:
    raw = '[{"type": "offer", "value": {"expires": "2027-01-01", "stays": true}}]'

    assert list(expiring_in(raw)) == [Expiring("offer", date(2027, 1, 1), False)]


# Today


def words_of_today(user: Any) -> str:
    return " ".join(item.words for part in today_of(user) for item in part.items)


def test_today_says_it_ahead_and_afterwards(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_article("fibromyalgia", telehealth())
    make_own_article(world.harbour, "our-rooms", telehealth(stays=True))
    library, clinic = world.library_publisher, world.harbour_publisher

    set_time(monkeypatch, "2026-11-30T12:00+00:00")
    assert "out of date" not in words_of_today(library) + words_of_today(clinic)
    set_time(monkeypatch, "2026-12-15T12:00+00:00")
    assert "1 section is out of date from Jan. 1, 2027 on." in words_of_today(library)
    assert "1 section is out of date from Jan. 1, 2027 on." in words_of_today(clinic)
    set_time(monkeypatch, "2027-01-02T12:00+00:00")
    assert "1 section is not shown any more" in words_of_today(library)
    assert "1 section that patients read is out of date." in words_of_today(clinic)
    assert "out of date" not in words_of_today(world.hillside_publisher)


def test_checklist_names_what_is_out_of_date(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    own = make_own_article(world.harbour, "our-rooms", telehealth(stays=True))
    assert has_nothing_out_of_date(world.harbour).holds

    set_time(monkeypatch, "2027-01-02T12:00+00:00")

    check = has_nothing_out_of_date(world.harbour)
    assert not check.holds
    assert check.url == reverse("wagtailadmin_pages:edit", args=[own.pk])
