"""Whether a place is open at a moment: weekly hours, dated exceptions and a zone in, state out.

Pure. Wall times become moments by the zone's own rules, so both changes of the clocks come out
right; intervals are half-open, [opens, closes) (H-02). An exception replaces the whole weekday, and
an interval that runs past midnight belongs to the day on which it starts: closing on the next day
does not cut it. (The package opening-hours-py does cut it, which is why the rules stand here.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from clinics.clinic import HoursInterval, SpecialInterval

# A place that does not open within a year is not said to open at all.
HORIZON = timedelta(days=370)
# One that is open for longer than this without a break is open around the clock.
AROUND_THE_CLOCK = timedelta(days=8)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Schedule:
    """When a place is open. `time_zone` is an IANA name; the rows are as they are stored."""

    time_zone: str
    weekly: tuple[HoursInterval, ...] = ()
    special: tuple[SpecialInterval, ...] = ()

    @property
    def is_known(self) -> bool:
        """False when nobody ever entered hours: "Closed" would then be a guess."""
        return bool(self.weekly or self.special)


@dataclass(frozen=True)
class OpenState:
    """`now` and `changes_at` are in the place's zone.

    `changes_at` is the next closing or opening; None when open around the clock, and when no
    opening is known. `reason` is the label of today's exception. `by_appointment`: not open now,
    and patients are seen today by appointment.
    """

    now: datetime
    is_open: bool
    changes_at: datetime | None
    reason: str = ""
    by_appointment: bool = False

    @property
    def is_today(self) -> bool:
        """The next change falls on the day of `now`, as people count days."""
        return self.changes_at is not None and self.changes_at.date() == self.now.date()

    @property
    def valid_until(self) -> datetime:
        """The moment from which words about this state may be false: the change, or midnight."""
        midnight = _moment(self.now.date() + DAY, "00:00", self.now.tzinfo)
        # As moments: two times of one zone compare by the wall clock, also when it went back.
        return min(midnight, self.changes_at or midnight, key=datetime.timestamp)


def state_at(schedule: Schedule, now: datetime) -> OpenState:
    """The state at an aware moment."""
    zone = ZoneInfo(schedule.time_zone)
    here = now.astimezone(zone)
    today = here.date()
    exceptions = _exceptions_on(schedule, today)
    for opens, closes in _open_spans(schedule, today - DAY, zone):
        if closes <= now:
            continue
        if opens <= now:
            ends = None if closes - now > AROUND_THE_CLOCK else closes.astimezone(zone)
            return OpenState(here, True, ends, _label(exceptions))
        return OpenState(
            here,
            False,
            opens.astimezone(zone),
            _label(exceptions),
            by_appointment=not exceptions and _is_by_appointment(schedule, today),
        )
    return OpenState(here, False, None, _label(exceptions))


def _open_spans(
    schedule: Schedule, first: date, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Spans in UTC from a day on, in order; what touches or overlaps is one span."""
    current: tuple[datetime, datetime] | None = None
    for step in range(HORIZON.days):
        for opens, closes in sorted(_spans_of(schedule, first + step * DAY, zone)):
            if current and opens <= current[1]:
                current = current[0], max(current[1], closes)
                continue
            if current:
                yield current
            current = opens, closes
        if current and current[1] - current[0] > AROUND_THE_CLOCK + 2 * DAY:
            break
    if current:
        yield current


def _spans_of(schedule: Schedule, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    for opens, closes in _times_on(schedule, day):
        ends_on = day if closes > opens else day + DAY
        start, end = _moment(day, opens, zone), _moment(ends_on, closes, zone)
        if start < end:  # an interval within the hour that spring skips is none
            yield start.astimezone(UTC), end.astimezone(UTC)


def _times_on(schedule: Schedule, day: date) -> list[tuple[str, str]]:
    exceptions = _exceptions_on(schedule, day)
    if exceptions:
        return [(row.opens, row.closes) for row in exceptions if row.opens]
    return [
        (row.opens, row.closes)
        for row in schedule.weekly
        if row.weekday == day.weekday() and not row.by_appointment
    ]


def _exceptions_on(schedule: Schedule, day: date) -> list[SpecialInterval]:
    return [row for row in schedule.special if row.first_date <= day <= row.last_date]


def _label(exceptions: Iterable[SpecialInterval]) -> str:
    return next((row.label for row in exceptions if row.label), "")


def _is_by_appointment(schedule: Schedule, day: date) -> bool:
    return any(row.by_appointment and row.weekday == day.weekday() for row in schedule.weekly)


def _moment(day: date, wall: str, zone: tzinfo | None) -> datetime:
    """A wall time of a day; of a time that occurs twice the first one, and "24:00" is midnight."""
    hour, minute = (int(part) for part in wall.split(":"))
    if hour == 24:
        day, hour = day + DAY, 0
    return datetime.combine(day, time(hour, minute, fold=0), tzinfo=zone)
