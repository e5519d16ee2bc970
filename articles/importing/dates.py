"""One line in, the date it consists of out; a date inside a sentence is never touched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_LABEL = (
    r"(?:(?P<label>(?:first |originally )?(?:posted|published)|date(?: posted)?"
    r"|(?:last )?(?:medically )?(?:updated|modified|reviewed|edited))(?: on)?\s*[:–-]?\s*)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?)?"
_READING_TIME = r"\d{1,3}[\s-]min(?:ute)?s?(?: read)?"
_TAIL = rf"{_TIME}(?:\s*[|·•–-]\s*{_READING_TIME})?"
_FORMS = (
    rf"{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
    rf"{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})(?P<mark>[-/.])(?P<day>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})",
    rf"{_MONTH},?\s+(?P<year>\d{{4}})",
)
_LINES = tuple(re.compile(_LABEL + _WEEKDAY + form + _TAIL, re.IGNORECASE) for form in _FORMS)
_READING_LINE = re.compile(_READING_TIME, re.IGNORECASE)


@dataclass(frozen=True)
class DateLine:
    """`day` is None for a month alone or a day that does not exist.

    `is_published` is False for "Updated …", "Reviewed …" and the like.
    """

    day: date | None
    is_published: bool


def read_date_line(text: str) -> DateLine | None:
    """None when the line says anything but a date."""
    for pattern in _LINES:
        if (found := pattern.fullmatch(text)) and (month := _month(found["month"])):
            return _date_line(found, month)
    return None


def is_reading_time(text: str) -> bool:
    return _READING_LINE.fullmatch(text) is not None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    text = text.casefold()
    matches = (n for n, name in enumerate(_MONTHS, 1) if name == text or _is_short(text, name))
    return next(matches, 0)


def _is_short(text: str, name: str) -> bool:
    return text == name[:3] or (text == "sept" and name == "september")


def _date_line(found: re.Match[str], month: int) -> DateLine | None:
    groups = found.groupdict()
    label = (groups["label"] or "").casefold()
    is_published = not label or "posted" in label or "published" in label or label == "date"
    year = int(groups["year"])
    year += 2000 if len(groups["year"]) == 2 else 0
    if not groups.get("day"):
        return DateLine(None, is_published)
    try:
        return DateLine(_day(year, month, int(groups["day"])), is_published)
    except ValueError:
        return DateLine(None, is_published)


def _day(year: int, month: int, day: int) -> date:
    # American order first; 13/02/2022 can only be the thirteenth of February.
    return date(year, day, month) if month > 12 >= day else date(year, month, day)
