"""Federal holidays are suggested, never applied, and missed 30 days ahead (H-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from clinics.clinic import SpecialInterval
from clinics.facts import facts_of, facts_snapshot
from clinics.facts_snapshot import restored_special_hours
from clinics.forms.hours import HoursForm
from clinics.holidays import Holiday, federal_holidays, undecided_holidays
from tests.clinics.forms.typed import typed_values
from tests.clock import set_time
from tests.factories import World

CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def december(monkeypatch: pytest.MonkeyPatch) -> None:
    set_time(monkeypatch, "2026-12-01T16:00+00:00")


def test_holidays_are_the_federal_ones() -> None:
    """5 U.S.C. 6103: eleven days, and those observed on another day."""
    names = {holiday.name for holiday in federal_holidays(date(2026, 1, 1), date(2026, 12, 31))}
    assert {"Thanksgiving Day", "Christmas Day", "Labor Day", "New Year's Day"} <= names
    assert not any("Confederate" in name or "Texas" in name for name in names)
    assert len({name for name in names if "observed" not in name}) == 11


def test_holiday_with_hours_of_its_own_is_decided() -> None:
    today, ahead = date(2026, 12, 1), timedelta(days=30)
    assert undecided_holidays([], today, ahead) == [Holiday(CHRISTMAS, "Christmas Day")]
    week = [SpecialInterval(date(2026, 12, 23), date(2026, 12, 26))]
    assert undecided_holidays(week, today, ahead) == []


def form(world: World, **typed: str) -> HoursForm:
    facts = facts_of(world.uptown.pk)
    return HoursForm(typed_values(HoursForm(instance=facts)) | typed, instance=facts)


def test_nothing_is_applied_without_an_answer(world: World, december: None) -> None:
    asked = form(world)
    assert asked.is_valid(), asked.errors
    assert asked.holiday_questions[0].label == "Christmas Day, Friday, December 25, 2026"
    assert asked.special_hours() == []


def test_closed_and_open_as_usual_become_special_hours(world: World, december: None) -> None:
    """Uptown is open on Friday mornings."""
    closed = form(world, holiday_2026_12_25="closed")
    usual = form(world, holiday_2026_12_25="usual")
    assert closed.is_valid() and usual.is_valid()
    assert closed.special_hours() == [SpecialInterval(CHRISTMAS, CHRISTMAS, label="Christmas Day")]
    assert usual.special_hours() == [
        SpecialInterval(CHRISTMAS, CHRISTMAS, "08:00", "12:00", "Christmas Day")
    ]


def test_what_was_typed_for_the_day_wins(world: World, december: None) -> None:
    typed = {"special-0-first_date": "2026-12-25", "special-0-opens": "9:00 AM"}
    asked = form(world, holiday_2026_12_25="closed", **typed, **{"special-0-closes": "10:00 AM"})
    assert asked.is_valid(), asked.problems()
    assert [row.opens for row in asked.special_hours()] == ["09:00"]


def test_hours_and_front_page_warn_until_it_is_decided(
    world: World, client_for: Any, december: None
) -> None:
    client = client_for(world.hillside_publisher)
    hours = reverse("my_clinic:hours", args=[world.hillside.pk])
    pages = [reverse("wagtailadmin_home"), hours]
    assert all("Christmas Day (December 25)" in client.get(page).text for page in pages)
    for place in (world.uptown, world.plano):
        edit = reverse("my_clinic:edit_hours", args=[place.pk])
        facts = facts_of(place.pk)
        data = typed_values(HoursForm(instance=facts)) | {"holiday_2026_12_25": "closed"}
        assert client.post(edit, data).status_code == 302
        (row,) = restored_special_hours(facts_snapshot(facts_of(place.pk)))
        assert (row.first_date, row.label) == (CHRISTMAS, "Christmas Day")
    assert not any("Christmas Day (December 25)" in client.get(page).text for page in pages)


def test_only_whoever_sets_the_hours_is_reminded(
    world: World, client_for: Any, december: None
) -> None:
    for user in (world.hillside_editor, world.library_editor, world.outsider):
        assert "Closed or open on" not in client_for(user).get(reverse("wagtailadmin_home")).text


def test_holiday_in_two_months_does_not_warn(
    world: World, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_time(monkeypatch, "2026-11-27T16:00+00:00")
    warned = client_for(world.hillside_publisher).get(reverse("wagtailadmin_home")).text
    assert ("Christmas Day" in warned, "Birthday of Martin" in warned) == (True, False)
