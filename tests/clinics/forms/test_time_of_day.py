from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from clinics.forms.time_of_day import TimeOfDayField

OPENS, CLOSES = TimeOfDayField(), TimeOfDayField(ends_day=True)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("8:30 AM", "08:30"),
        ("8 am", "08:00"),
        ("8:00 a.m.", "08:00"),
        ("5p", "17:00"),
        ("5.30pm", "17:30"),
        ("17:30", "17:30"),
        ("08:00", "08:00"),
        ("12:00 AM", "00:00"),
        ("12 PM", "12:00"),
        ("noon", "12:00"),
        ("Midnight", "00:00"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_time_of_day_reads_what_people_write(typed: str, stored: str) -> None:
    assert OPENS.clean(typed) == stored


@pytest.mark.parametrize("typed", ["midnight", "12:00 AM", "24:00", "00:00"])
def test_closing_time_at_midnight_ends_the_day(typed: str) -> None:
    """Domain 9.4: until midnight is stored as 24:00."""
    assert CLOSES.clean(typed) == "24:00"


@pytest.mark.parametrize("typed", ["8", "8:00", "12:30", "5.30"])
def test_time_of_day_refuses_a_time_that_may_be_morning_or_evening(typed: str) -> None:
    with pytest.raises(ValidationError, match="may be morning or evening: write"):
        CLOSES.clean(typed)


@pytest.mark.parametrize("typed", ["25:00", "8:75 AM", "13 PM", "0 AM", "soon", "24:30", "8-5"])
def test_time_of_day_names_what_it_cannot_read(typed: str) -> None:
    with pytest.raises(ValidationError, match=f"“{typed}” is no time: write it like 8:30 AM"):
        OPENS.clean(typed)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("08:30", "8:30 AM"), ("00:00", "12:00 AM"), ("12:05", "12:05 PM"), ("24:00", "12:00 AM")],
)
def test_time_of_day_is_shown_as_it_is_written_in_the_us(stored: str, shown: str) -> None:
    assert CLOSES.prepare_value(stored) == shown
    assert CLOSES.clean(shown) in {stored, "24:00"}


def test_time_of_day_shows_again_what_was_typed() -> None:
    assert CLOSES.prepare_value("soon") == "soon"
