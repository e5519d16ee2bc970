"""A time of day as people in the US write it: "8:30 am" in, "08:30" stored, "8:30 AM" shown."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_TYPED = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:([ap])\.?\s*m?\.?)?", re.I)
_WORDS = {"noon": "12:00", "midnight": "00:00"}


class TimeOfDayField(forms.CharField):
    """Blank is "". "8:00" alone is refused: at closing time nobody knows which eight is meant."""

    def __init__(self, *, ends_day: bool = False, **kwargs: Any) -> None:
        """`ends_day`: midnight is the end of the day, "24:00", not its beginning."""
        super().__init__(required=False, max_length=12, **kwargs)
        self.ends_day = ends_day

    def prepare_value(self, value: Any) -> Any:
        """Stored times are shown in words; what somebody typed stays as it was typed."""
        if not isinstance(value, str) or not re.fullmatch(r"\d\d:\d\d", value):
            return value
        return shown_time(value)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        stored = _WORDS.get(typed.casefold()) or _stored(typed)
        return "24:00" if self.ends_day and stored == "00:00" else stored


def shown_time(stored: str) -> str:
    hour, minute = (int(part) for part in stored.split(":"))
    return time(hour % 24, minute).strftime("%-I:%M %p")


def _stored(typed: str) -> str:
    match = _TYPED.fullmatch(typed)
    if not match:
        raise _unreadable(typed)
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise _unreadable(typed)
    if half and not 1 <= hour <= 12:
        raise _unreadable(typed)
    if half:
        return f"{hour % 12 + 12 * (half == 'p'):02}:{minute:02}"
    if 1 <= hour <= 12 and not (match[1].startswith("0") and match[2]):
        raise ValidationError(
            _("“%(typed)s” may be morning or evening: write %(am)s or %(pm)s."),
            code="ambiguous",
            params={
                "typed": typed,
                "am": f"{hour}:{minute:02} AM",
                "pm": f"{hour}:{minute:02} PM",
            },
        )
    return f"{hour:02}:{minute:02}"


def _unreadable(typed: str) -> ValidationError:
    return ValidationError(
        _("“%(typed)s” is no time: write it like 8:30 AM or 5:00 PM."),
        code="unreadable",
        params={"typed": typed},
    )
