"""Opening hours: the text of clinics.csv, joined rows (domain 9.4), lines to show (H-06)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from clinics.clinic import HoursInterval
from clinics.hours import format_hours, hours_lines, merge_adjacent, parse_hours

CLINIC_D = "Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment"


def _appointment(weekday: int) -> HoursInterval:
    return HoursInterval(weekday, by_appointment=True)


def test_parse_hours_reads_the_compact_text() -> None:
    rows = parse_hours(CLINIC_D)

    mornings = [HoursInterval(day, "08:00", "12:00") for day in range(5)]
    afternoons = [HoursInterval(day, "13:00", "17:00") for day in range(4)]
    by_day = sorted([*mornings, *afternoons], key=lambda row: (row.weekday, row.opens))
    assert rows == (*by_day, _appointment(5))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", ()),
        (" ; ", ()),
        ("Mon 09:00-17:00", (HoursInterval(0, "09:00", "17:00"),)),
        ("monday 9:00 – 17:00", (HoursInterval(0, "09:00", "17:00"),)),
        ("Tues.: 9:00-17:00;", (HoursInterval(1, "09:00", "17:00"),)),
        (
            "Mon, Wed 09:00-12:00",
            (HoursInterval(0, "09:00", "12:00"), HoursInterval(2, "09:00", "12:00")),
        ),
        (
            "Sat-Mon 10:00-12:00",
            tuple(HoursInterval(day, "10:00", "12:00") for day in (0, 5, 6)),
        ),
        ("Fri 22:00-02:00", (HoursInterval(4, "22:00", "02:00"),)),
        ("Fri 00:00-24:00", (HoursInterval(4, "00:00", "24:00"),)),
        ("Sun closed; Sat 08:00-12:00", (HoursInterval(5, "08:00", "12:00"),)),
        (
            "Sat 08:00-12:00; Sat by appointment",
            (HoursInterval(5, "08:00", "12:00"), _appointment(5)),
        ),
    ],
)
def test_parse_hours_reads(text: str, rows: tuple[HoursInterval, ...]) -> None:
    assert parse_hours(text) == rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("08:00-12:00", "Cannot read “08:00-12:00”: it must start with days, like Mon-Fri."),
        ("Mon", "Cannot read “Mon”: it must start with days, like Mon-Fri."),
        (
            "Mon-Wed-Fri 08:00-12:00",
            "Cannot read “Mon-Wed-Fri 08:00-12:00”: a range has two days, like Mon-Fri.",
        ),
        (
            "Mon 8-12",
            "Cannot read “Mon 8-12”: times are written like 08:00-12:00, up to 24:00.",
        ),
        (
            "Fri 08:00-12:00; Mon 08:00-12:00,noon",
            "Cannot read “Mon 08:00-12:00,noon”: times are written like 08:00-12:00, up to 24:00.",
        ),
        (
            "Mon-Sun 09:00-17:00; Sun closed",
            "Cannot read “Mon-Sun 09:00-17:00; Sun closed”: Sunday is both open and closed.",
        ),
    ],
)
def test_parse_hours_names_the_part_it_cannot_read(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        parse_hours(text)

    assert error.value.messages == [message]


@pytest.mark.parametrize(
    "text",
    [
        "",
        CLINIC_D,
        "Mon-Fri 09:00-17:00",
        "Tue-Fri 10:00-18:00; Sat 09:00-13:00",
        "Mon,Wed,Fri 09:00-12:00; Tue 22:00-02:00",
        "Mon-Tue,Sat-Sun 00:00-24:00",
        "Sat 09:00-12:00; Sat by appointment",
    ],
)
def test_format_hours_reads_back(text: str) -> None:
    rows = parse_hours(text)

    assert format_hours(rows) == text
    assert parse_hours(format_hours(reversed(rows))) == rows


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("Mon 12:00-17:00,08:00-12:00", "Mon 08:00-17:00"),
        ("Mon 08:00-12:00,12:00-13:00,13:00-17:00", "Mon 08:00-17:00"),
        ("Mon 08:00-12:00,13:00-17:00", "Mon 08:00-12:00,13:00-17:00"),
        ("Mon 00:00-12:00,12:00-24:00", "Mon 00:00-24:00"),
        ("Mon 18:00-22:00,22:00-02:00", "Mon 18:00-02:00"),
        ("Mon 18:00-00:00", "Mon 18:00-24:00"),
        ("Mon 18:00-24:00; Tue 00:00-02:00", "Mon 18:00-24:00; Tue 00:00-02:00"),
        ("Mon 08:00-20:00,20:00-08:00", "Mon 08:00-20:00,20:00-08:00"),
        ("Mon 02:00-05:00,22:00-02:00", "Mon 02:00-05:00,22:00-02:00"),
        ("Mon 08:00-12:00; Tue 12:00-17:00", "Mon 08:00-12:00; Tue 12:00-17:00"),
    ],
)
def test_merge_adjacent_joins_within_a_day(text: str, merged: str) -> None:
    """9.4: 08:00-12:00 and 12:00-17:00 are one interval; until midnight is 24:00."""
    assert format_hours(merge_adjacent(parse_hours(text))) == merged


def test_hours_lines_show_every_day() -> None:
    split = "8:00 AM – 12:00 PM, 1:00 PM – 5:00 PM"

    lines = hours_lines(parse_hours(CLINIC_D))

    assert lines == (
        ("Monday", split),
        ("Tuesday", split),
        ("Wednesday", split),
        ("Thursday", split),
        ("Friday", "8:00 AM – 12:00 PM"),
        ("Saturday", "By appointment"),
        ("Sunday", "Closed"),
    )


def test_hours_lines_start_on_the_asked_day() -> None:
    lines = hours_lines(parse_hours(CLINIC_D), week_starts=6)

    assert [day for day, _text in lines] == [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ]


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        ("08:00-12:00,12:00-17:00", "8:00 AM – 5:00 PM"),
        ("00:00-24:00", "Open 24 hours"),
        ("18:00-24:00", "6:00 PM – 12:00 AM"),
        ("22:30-02:00", "10:30 PM – 2:00 AM"),
        ("00:30-12:30", "12:30 AM – 12:30 PM"),
        ("09:00-12:00; Mon by appointment", "9:00 AM – 12:00 PM, also by appointment"),
    ],
)
def test_hours_lines_write_times_as_patients_read_them(hours: str, text: str) -> None:
    assert hours_lines(parse_hours(f"Mon {hours}"))[0] == ("Monday", text)


def test_hours_lines_of_unknown_hours_say_nothing() -> None:
    """A location without hours is not closed all week."""
    assert hours_lines(()) == ()
