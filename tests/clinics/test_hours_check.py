"""Edge rules of domain 9.4 and H-01: which hours are refused, and with which words."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.hours import parse_hours
from clinics.hours_check import check_special, check_week


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment",
        "Mon 08:00-12:00,12:00-17:00",
        "Sat 08:00-12:00; Sat by appointment",
        "Mon-Sun 00:00-24:00",
        "Fri 22:00-02:00; Sat 02:00-05:00",
        "Sun 22:00-02:00; Mon 02:00-05:00",
        "Mon 18:00-24:00; Tue 00:00-02:00",
    ],
)
def test_check_week_accepts(text: str) -> None:
    check_week(parse_hours(text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Mon 08:00-12:00,11:00-17:00",
            "Monday 08:00–12:00 overlaps Monday 11:00–17:00. "
            "Change the times of one of them, or join them.",
        ),
        (
            "Mon 08:00-12:00; Mon 08:00-12:00",
            "Monday 08:00–12:00 overlaps Monday 08:00–12:00. "
            "Change the times of one of them, or join them.",
        ),
        (
            "Fri 22:00-02:00; Sat 01:00-05:00",
            "Friday 22:00–02:00 overlaps Saturday 01:00–05:00. "
            "Change the times of one of them, or join them.",
        ),
        (
            "Sun 22:00-02:00; Mon 01:00-05:00",
            "Monday 01:00–05:00 overlaps Sunday 22:00–02:00. "
            "Change the times of one of them, or join them.",
        ),
        (
            "Tue 09:00-09:00",
            "Tuesday 09:00–09:00 opens and closes at the same time. "
            "Remove it if the clinic is closed, or write 00:00–24:00 for the whole day.",
        ),
        (
            "Tue 00:00-00:00",
            "Tuesday 00:00–00:00 opens and closes at the same time. "
            "Remove it if the clinic is closed, or write 00:00–24:00 for the whole day.",
        ),
        (
            "Tue 09:00-24:30",
            "Tuesday 09:00–24:30: write times as HH:MM, from 00:00 to 24:00, like 08:00.",
        ),
        (
            "Tue 24:00-25:00",
            "Tuesday 24:00–25:00: write times as HH:MM, from 00:00 to 24:00, like 08:00.",
        ),
        (
            "Sat by appointment; Sat by appointment",
            "Saturday is by appointment twice. Remove one of the two.",
        ),
    ],
)
def test_check_week_names_day_intervals_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_week(parse_hours(text))

    assert error.value.messages == [message]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            HoursInterval(0, "9:00", "12:00"),
            "Monday 9:00–12:00: write times as HH:MM, from 00:00 to 24:00, like 08:00.",
        ),
        (
            HoursInterval(0, "09:00", ""),
            "Monday 09:00–: write times as HH:MM, from 00:00 to 24:00, like 08:00.",
        ),
        (HoursInterval(7, "09:00", "12:00"), "7 is no day: 0 is Monday, 6 is Sunday."),
        (
            HoursInterval(5, "09:00", "12:00", by_appointment=True),
            "Saturday 09:00–12:00 is also marked by appointment. Remove the times or the mark.",
        ),
    ],
)
def test_check_week_refuses_row(row: HoursInterval, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_week([row])

    assert error.value.messages == [message]


def test_check_week_reports_every_fault_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        check_week(parse_hours("Mon 09:00-09:00; Tue 25:00-26:00"))

    assert [one.code for one in error.value.error_list] == ["zero_length", "time"]


THANKSGIVING = SpecialInterval(date(2026, 11, 26), date(2026, 11, 27), label="Thanksgiving")
CHRISTMAS_EVE = SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "12:00")


def test_check_special_accepts_the_exceptions_of_clinic_d() -> None:
    check_special(
        [
            THANKSGIVING,
            CHRISTMAS_EVE,
            SpecialInterval(date(2026, 12, 25), date(2026, 12, 25)),
            SpecialInterval(date(2027, 1, 1), date(2027, 1, 1)),
            SpecialInterval(date(2027, 2, 6), date(2027, 2, 6), "09:00", "13:00"),
        ]
    )


def test_check_special_accepts_morning_and_afternoon_of_the_same_dates() -> None:
    afternoon = SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "13:00", "15:00")

    check_special([afternoon, CHRISTMAS_EVE])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [SpecialInterval(date(2026, 11, 27), date(2026, 11, 26), label="Thanksgiving")],
            "Thanksgiving (2026-11-27 – 2026-11-26) ends before it starts. Swap the dates.",
        ),
        (
            [THANKSGIVING, SpecialInterval(date(2026, 11, 27), date(2026, 11, 27))],
            "Thanksgiving (2026-11-26 – 2026-11-27) and 2026-11-27 share a day. "
            "Change the dates of one of them, or remove it.",
        ),
        (
            [CHRISTMAS_EVE, SpecialInterval(date(2026, 12, 24), date(2026, 12, 24))],
            "2026-12-24 is closed and listed again. Keep one.",
        ),
        (
            [SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "08:00")],
            "2026-12-24 08:00–08:00 opens and closes at the same time. "
            "Remove it if the clinic is closed, or write 00:00–24:00 for the whole day.",
        ),
        (
            [SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "noon")],
            "2026-12-24 08:00–noon: write times as HH:MM, from 00:00 to 24:00, like 08:00.",
        ),
        (
            [
                CHRISTMAS_EVE,
                SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "11:00", "15:00"),
            ],
            "2026-12-24 08:00–12:00 overlaps 2026-12-24 11:00–15:00. "
            "Change the times of one of them, or join them.",
        ),
        (
            [
                SpecialInterval(date(2026, 12, 28), date(2026, 12, 30), "01:00", "05:00"),
                SpecialInterval(date(2026, 12, 28), date(2026, 12, 30), "22:00", "02:00"),
            ],
            "2026-12-28 – 2026-12-30 01:00–05:00 overlaps 2026-12-28 – 2026-12-30 22:00–02:00. "
            "Change the times of one of them, or join them.",
        ),
    ],
)
def test_check_special_names_dates_and_remedy(rows: list[SpecialInterval], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        check_special(rows)

    assert error.value.messages == [message]
