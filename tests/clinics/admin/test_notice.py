"""A notice for patients, set in seconds: "closed today, storm"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, save_facts
from tests.clock import set_time
from tests.factories import World
from tests.reading import page_of, words_of

type ClientFor = Callable[[Any], Client]
type OpenSite = Callable[[Any], Client]

STORM = "Closed today because of the storm"


def post(client: Client, world: World, **typed: str) -> Any:
    facts = facts_of(world.hillside.pk)
    data = {"base_version": facts.version, "notice": "", "notice_until": ""} | typed
    return client.post(reverse("my_clinic:edit_notice", args=[world.hillside.pk]), data)


def notices(client: Client, path: str = "/conditions/") -> list[str]:
    return [words_of(each) for each in page_of(client.get(path).text).select(".notice")]


def test_every_page_of_the_clinic_says_it_and_no_other_clinic(
    world: World, client_for: ClientFor, site_client: OpenSite
) -> None:
    assert post(client_for(world.hillside_publisher), world, notice=STORM).status_code == 302

    assert notices(site_client(world.hillside)) == notices(site_client(world.hillside), "/")
    assert notices(site_client(world.hillside)) == [STORM]
    assert notices(site_client(world.harbour)) == []


def test_it_goes_by_itself_in_the_clinics_own_zone(
    world: World, client_for: ClientFor, site_client: OpenSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """18:00 is typed at Dallas: midnight UTC. A shared cache lets go of the page at that moment."""
    publisher = client_for(world.hillside_publisher)
    post(publisher, world, notice=STORM, notice_until="2026-11-23 18:00")
    form = page_of(
        publisher.get(reverse("my_clinic:edit_notice", args=[world.hillside.pk])).text
    ).select_one("#id_notice_until")
    set_time(monkeypatch, "2026-11-23T23:59:50+00:00")
    before = site_client(world.hillside).get("/")
    set_time(monkeypatch, "2026-11-24T00:00+00:00")

    assert form is not None
    assert form["value"] == "2026-11-23 18:00"
    assert before["Cache-Control"].endswith("s-maxage=10")
    assert notices(site_client(world.hillside)) == []


def test_closing_today_reaches_the_hours_of_every_location(
    world: World, client_for: ClientFor, site_client: OpenSite
) -> None:
    publisher = client_for(world.hillside_publisher)
    post(publisher, world, notice=STORM, closed_today="on")

    page = page_of(site_client(world.hillside).get("/locations/").text)
    lines = [words_of(line) for line in page.select(".location .open-line time")]
    closed = f"Closed today ({STORM}). Opens Tuesday"
    assert lines == [f"{closed} 8:00 AM CST", f"{closed} 9:00 AM CST"]


def test_closing_today_keeps_what_is_planned_and_says_what_is_in_the_way(
    world: World, client_for: ClientFor
) -> None:
    """A longer range is left alone, the notice is not saved half, and the text stays typed."""
    facts = facts_of(world.plano.pk)
    holidays = SpecialInterval(date(2026, 11, 20), date(2026, 11, 25), "10:00", "12:00", "Holidays")
    save_facts(facts, {}, user=None, base_version=facts.version, special_hours=[holidays])
    response = post(client_for(world.hillside_publisher), world, notice=STORM, closed_today="on")

    assert response.status_code == 200
    assert "share a day" in response.text
    assert STORM in response.text
    assert not facts_of(world.hillside.pk).notice
    assert not facts_of(world.uptown.pk).special_hours.exists()


def test_number_in_a_notice_is_refused(world: World, client_for: ClientFor) -> None:
    """B-01: numbers come from the record."""
    response = post(
        client_for(world.hillside_publisher), world, notice="Closed. Call (214) 555-0142"
    )

    assert "Take the phone number out" in response.text
    assert not facts_of(world.hillside.pk).notice


def test_notice_can_be_undone_by_who_may_set_it(world: World, client_for: ClientFor) -> None:
    publisher = client_for(world.hillside_publisher)
    post(publisher, world, notice=STORM)
    change = world.hillside.facts_changes.get()
    version = facts_of(world.hillside.pk).version
    publisher.post(reverse("my_clinic:undo", args=[change.pk]), {"base_version": version})

    assert not facts_of(world.hillside.pk).notice


@pytest.mark.parametrize("who", ["harbour_publisher", "library_publisher"])
def test_others_find_nothing(world: World, client_for: ClientFor, who: str) -> None:
    response = post(client_for(getattr(world, who)), world, notice=STORM)

    assert response.status_code == 404
    assert not facts_of(world.hillside.pk).notice


def test_editor_without_the_right_reads_who_may(world: World, client_for: ClientFor) -> None:
    editor = client_for(world.hillside_editor)

    assert post(editor, world, notice=STORM).status_code == 302
    assert not facts_of(world.hillside.pk).notice
