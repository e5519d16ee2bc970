"""Open or closed at a moment: the vectors of domain 9.4, clock changes, and a second opinion."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.hours import parse_hours
from clinics.open_state import OpenState, Schedule, state_at

DALLAS = Schedule(
    "America/Chicago",
    parse_hours("Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00; Sat by appointment"),
    (
        SpecialInterval(date(2026, 11, 26), date(2026, 11, 27), label="Thanksgiving"),
        SpecialInterval(date(2026, 12, 24), date(2026, 12, 24), "08:00", "12:00"),
        SpecialInterval(date(2026, 12, 25), date(2026, 12, 25)),
        SpecialInterval(date(2027, 1, 1), date(2027, 1, 1)),
        SpecialInterval(date(2027, 2, 6), date(2027, 2, 6), "09:00", "13:00"),
    ),
)
DELRAY = Schedule("America/New_York", parse_hours("Mon-Fri 09:00-17:00"))


def _state(schedule: Schedule, utc: str) -> OpenState:
    return state_at(schedule, datetime.fromisoformat(utc).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("schedule", "utc", "is_open", "change"),
    [
        (DALLAS, "2026-11-23T13:59", False, "2026-11-23T08:00-06:00"),
        (DALLAS, "2026-11-23T14:00", True, "2026-11-23T12:00-06:00"),
        (DALLAS, "2026-11-23T18:00", False, "2026-11-23T13:00-06:00"),
        (DALLAS, "2026-11-23T23:00", False, "2026-11-24T08:00-06:00"),
        (DALLAS, "2026-11-25T23:01", False, "2026-11-30T08:00-06:00"),
        (DALLAS, "2026-11-26T16:00", False, "2026-11-30T08:00-06:00"),
        (DALLAS, "2026-11-28T16:00", False, "2026-11-30T08:00-06:00"),
        (DALLAS, "2026-12-24T17:00", True, "2026-12-24T12:00-06:00"),
        (DALLAS, "2026-12-24T18:00", False, "2026-12-28T08:00-06:00"),
        (DALLAS, "2027-01-01T15:00", False, "2027-01-04T08:00-06:00"),
        (DALLAS, "2027-02-06T16:00", True, "2027-02-06T13:00-06:00"),
        (DALLAS, "2027-03-12T18:30", False, "2027-03-15T08:00-05:00"),
        (DALLAS, "2026-11-23T14:30", True, "2026-11-23T12:00-06:00"),
        (DELRAY, "2026-11-23T14:30", True, "2026-11-23T17:00-05:00"),
        (DALLAS, "2026-11-23T22:30", True, "2026-11-23T17:00-06:00"),
        (DELRAY, "2026-11-23T22:30", False, "2026-11-24T09:00-05:00"),
    ],
)
def test_vectors(schedule: Schedule, utc: str, is_open: bool, change: str) -> None:
    """Domain 9.4, line by line (H-02)."""
    state = _state(schedule, utc)

    assert state.is_open is is_open
    assert state.changes_at == datetime.fromisoformat(change)
    assert state.changes_at is not None
    assert state.changes_at.utcoffset() == datetime.fromisoformat(change).utcoffset()


def test_reason_and_appointment_are_those_of_today() -> None:
    assert _state(DALLAS, "2026-11-26T16:00").reason == "Thanksgiving"
    assert not _state(DALLAS, "2026-11-25T23:01").reason
    assert _state(DALLAS, "2026-11-28T16:00").by_appointment
    assert not _state(DALLAS, "2026-11-29T16:00").by_appointment


def test_exception_does_not_cut_the_night_before() -> None:
    """H-02: an interval belongs to the day it starts."""
    nights = Schedule(
        "America/Chicago",
        parse_hours("Sat 20:00-02:00"),
        (SpecialInterval(date(2026, 11, 29), date(2026, 11, 29)),),
    )

    assert _state(nights, "2026-11-29T07:30").is_open  # Sunday 1:30
    assert not _state(nights, "2026-11-29T08:00").is_open


@pytest.mark.parametrize(
    ("hours", "utc", "change"),
    [
        ("Sun 02:30-05:00", "2027-03-14T08:00", "2027-03-14T03:30-05:00"),  # the hour that is not
        ("Sun 01:30-05:00", "2026-11-01T06:00", "2026-11-01T01:30-05:00"),  # the first of two
    ],
)
def test_wall_times_at_the_changes_of_the_clocks(hours: str, utc: str, change: str) -> None:
    state = _state(Schedule("America/Chicago", parse_hours(hours)), utc)

    assert not state.is_open
    assert state.changes_at is not None
    # An ambiguous time of a zone equals none of another, so both are compared in UTC.
    assert state.changes_at.astimezone(UTC) == datetime.fromisoformat(change)


def test_adjacent_intervals_are_one_and_midnight_is_no_closing() -> None:
    joined = Schedule("America/Chicago", parse_hours("Mon 08:00-12:00,12:00-17:00"))
    over_night = Schedule("America/Chicago", parse_hours("Mon 20:00-24:00; Tue 00:00-04:00"))

    assert _state(joined, "2026-11-23T15:00").changes_at == _utc("2026-11-23T23:00")
    assert _state(over_night, "2026-11-24T03:00").changes_at == _utc("2026-11-24T10:00")


def test_around_the_clock_never_changes() -> None:
    always = Schedule("America/Chicago", parse_hours("Mon-Sun 00:00-24:00"))

    assert _state(always, "2026-11-23T15:00") == OpenState(
        _utc("2026-11-23T15:00").astimezone(ZoneInfo("America/Chicago")), True, None
    )


def test_no_opening_ahead_is_no_error() -> None:
    """Domain 9.4: "Call for hours", no exception thrown."""
    never = Schedule("America/Chicago", (HoursInterval(5, by_appointment=True),))
    state = _state(never, "2026-11-23T15:00")

    assert (state.is_open, state.changes_at) == (False, None)


def test_words_are_true_until_midnight_or_the_change() -> None:
    assert _state(DALLAS, "2026-11-23T14:30").valid_until == _utc("2026-11-23T18:00")
    assert _state(DALLAS, "2026-11-28T16:00").valid_until == _utc("2026-11-29T06:00")


# A second implementation, minute by minute, that shares no line with the first


def _open_minutes(schedule: Schedule, first: date, days: int) -> set[int]:
    """Every open minute since 1970 of the days that start in the range."""
    zone = ZoneInfo(schedule.time_zone)
    minutes: set[int] = set()
    for step in range(days):
        day = first + timedelta(days=step)
        rows = [r for r in schedule.special if r.first_date <= day <= r.last_date]
        times = [(r.opens, r.closes) for r in rows if r.opens] if rows else [
            (r.opens, r.closes) for r in schedule.weekly
            if r.weekday == day.weekday() and not r.by_appointment
        ]  # fmt: skip
        for opens, closes in times:
            start = _minute(day, opens, zone)
            end = _minute(day if closes > opens else day + timedelta(days=1), closes, zone)
            minutes.update(range(start, end))
    return minutes


def _minute(day: date, wall: str, zone: ZoneInfo) -> int:
    hours, minutes = map(int, wall.split(":"))
    midnight = datetime(day.year, day.month, day.day) + timedelta(hours=hours, minutes=minutes)
    return int(midnight.replace(tzinfo=zone).timestamp() // 60)


_TIMES = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
_WEEKLY = st.lists(
    st.builds(HoursInterval, st.integers(0, 6), _TIMES, _TIMES).filter(
        lambda row: row.opens != row.closes
    ),
    max_size=8,
)
_SPECIAL = st.lists(
    st.builds(
        lambda start, days, opens, closes, shut: SpecialInterval(
            date(2026, 1, 1) + timedelta(days=start),
            date(2026, 1, 1) + timedelta(days=start + days),
            *(("", "") if shut else (opens, closes)),
        ),
        st.integers(0, 720), st.integers(0, 3), _TIMES, _TIMES, st.booleans(),
    ).filter(lambda row: not row.opens or row.opens != row.closes),
    max_size=4,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(
    weekly=_WEEKLY,
    special=_SPECIAL,
    zone=st.sampled_from(["America/Chicago", "America/New_York", "America/Phoenix"]),
)
def test_agrees_with_a_second_implementation_over_two_years(
    weekly: list[HoursInterval], special: list[SpecialInterval], zone: str
) -> None:
    """Every minute of 2026 and 2027, both changes of the clocks each year, three zones.

    The state is asked at every change that it announces itself, and holds in between: so each
    minute is compared, and a change that was missed or made up is found.
    """
    schedule = Schedule(zone, tuple(weekly), tuple(special))
    expected = _open_minutes(schedule, date(2025, 12, 30), 2 * 365 + 10)
    minute, last = (int(_utc(day).timestamp() // 60) for day in ("2026-01-02", "2027-12-31"))
    while minute < last:
        state = state_at(schedule, datetime.fromtimestamp(minute * 60, UTC))
        # Without a change in sight it is only said that there is none within a year, or a week.
        sure = timedelta(days=8 if state.is_open else 360)
        changes = state.changes_at or state.now + sure
        until = min(last, int(changes.timestamp() // 60))
        assert until > minute
        span = range(minute, until)
        assert sum(each in expected for each in span) == (len(span) if state.is_open else 0)
        minute = until


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
