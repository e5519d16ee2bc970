"""What a page says about being open: a state in, one line of words that is true until it changes.

The line names its own day and zone, so that a page left open in a tab overnight is still no lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import now as current_time
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinics.choices import LocationStatus
from clinics.clinic import Clinic, Location
from clinics.edge.shown import shows_until
from clinics.hours import twelve_hours
from clinics.open_state import OpenState, Schedule, state_at

# Within six days a weekday's name means one day only.
WEEKDAY_IS_ENOUGH = timedelta(days=6)
# One page asks ten times for the line of one place.
MOST_LINES = 1_000


@dataclass(frozen=True)
class OpenLine:
    """`text` is the state in words, `day` the day that it speaks of; `until` is short: "5:00 PM".

    `changes_at` is the next opening or closing in ISO 8601, or ""; from `valid_until` on the words
    may be false.
    """

    text: str
    day: str
    is_open: bool
    until: str
    changes_at: str
    valid_until: datetime


def open_line(place: Location | None, now: datetime | None = None) -> OpenLine | None:
    """The line of a location; None when its hours are not known, or it is not in service."""
    if place is None or place.status != LocationStatus.OPEN:
        return None
    schedule = Schedule(place.time_zone, place.hours, place.special_hours)
    if not schedule.is_known:
        return None
    # Hours are kept in minutes, so that one minute has one line.
    minute = (now or current_time()).replace(second=0, microsecond=0)
    line = _line_of(schedule, minute, get_language())
    shows_until(line.valid_until)
    return line


@lru_cache(maxsize=MOST_LINES)
def _line_of(schedule: Schedule, now: datetime, _language: str | None) -> OpenLine:
    state = state_at(schedule, now)
    return OpenLine(
        text=_open_text(state) if state.is_open else _closed_text(state),
        day=date_format(state.now, "l, F j"),
        is_open=state.is_open,
        until=_time_text(state.changes_at) if state.is_open and state.changes_at else "",
        changes_at=state.changes_at.isoformat() if state.changes_at else "",
        valid_until=state.valid_until,
    )


def notice_of(clinic: Clinic) -> str:
    """What the clinic tells every patient now; "" when there is nothing, or its time is over."""
    is_over = clinic.notice_until is not None and clinic.notice_until <= current_time()
    if is_over or not clinic.notice:
        return ""
    shows_until(clinic.notice_until)
    return clinic.notice


def _open_text(state: OpenState) -> str:
    closes = state.changes_at
    if closes is None:
        return _("Open 24 hours")
    words = {"time": _time_text(closes), "zone": closes.tzname()}
    if state.is_today or _is_midnight_of(state.now, closes):
        return _("Open today until %(time)s %(zone)s") % words
    return _("Open until %(day)s %(time)s %(zone)s") % (words | {"day": date_format(closes, "l")})


def _closed_text(state: OpenState) -> str:
    if state.changes_at is None:
        return _("Call for hours")
    opens = state.changes_at
    return _("%(closed)s. Opens %(day)s %(time)s %(zone)s") % {
        "closed": _closed_word(state),
        "day": _day_text(state.now, opens),
        "time": _time_text(opens),
        "zone": opens.tzname(),
    }


def _closed_word(state: OpenState) -> str:
    if state.by_appointment:
        return _("%(day)s by appointment") % {"day": date_format(state.now, "l")}
    if state.reason and not state.is_today:
        return _("Closed today (%(reason)s)") % {"reason": state.reason}
    return _("Closed")


def _day_text(now: datetime, opens: datetime) -> str:
    ahead = opens.date() - now.date()
    if not ahead:
        return _("today")
    if ahead <= WEEKDAY_IS_ENOUGH:
        return date_format(opens, "l")
    return date_format(opens, "l, F j,")


def _time_text(moment: datetime) -> str:
    """ "5:00 PM" as the table of hours writes it; the end of a day is "midnight"."""
    if (moment.hour, moment.minute) == (0, 0):
        return _("midnight")
    return twelve_hours(f"{moment:%H:%M}")


def _is_midnight_of(now: datetime, closes: datetime) -> bool:
    return (closes.hour, closes.minute) == (0, 0) and closes.date() - now.date() == timedelta(1)
