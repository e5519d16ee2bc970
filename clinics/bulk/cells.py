"""How each fact is written in a cell: text in, the value as snapshots store it out, and back.

Raises `ValidationError` with the reason and the remedy; the row and the column are added outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from clinics.bulk.special_text import format_special, parse_special
from clinics.facts_snapshot import (
    HOURS,
    SPECIAL_HOURS,
    hours_rows,
    restored_hours,
    restored_special_hours,
    special_rows,
)
from clinics.hours import format_hours, parse_hours
from clinics.hours_check import check_special, check_week
from clinics.phones import Number, PhoneError, parse_number

# Where ZIP codes begin with 0 (USPS Publication 65).
_ZEROS_IN_FRONT = frozenset({"CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"})


class TextCell(Widget):
    """Text as it stands."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return str(value).strip()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class PhoneCell(TextCell):
    """A US number in any usual spelling."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str | None:
        typed = super().clean(value)
        try:
            return parse_number(typed).stored if typed else None
        except PhoneError as error:
            raise ValidationError(str(error)) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return Number.from_stored(value).display if value else ""


class ZipCell(TextCell):
    """Five digits. Spreadsheet programs take the zeros away in front of one in New England."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        typed = super().clean(value)
        has_zeros = str((row or {}).get("state", "")).strip().upper() in _ZEROS_IN_FRONT
        return typed.zfill(5) if has_zeros and typed.isdecimal() else typed


class DegreesCell(TextCell):
    """A number of degrees, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> float | None:
        typed = super().clean(value)
        try:
            number = float(typed) if typed else None
        except ValueError as error:
            text = _("“%(typed)s” is no number: use degrees such as 32.80681.")
            raise ValidationError(text % {"typed": typed}) from error
        if number is not None and not abs(number) <= 180:  # also "nan", which is a float
            text = _("%(number)s is out of range: it lies between -180 and 180.")
            raise ValidationError(text % {"number": number})
        return number


class ChoiceCell(TextCell):
    """The code of a choice or its label, in any case."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.choices = [(code, str(label)) for code, label in choices]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        typed = super().clean(value)
        for code, label in self.choices:
            if typed.casefold() in {code.casefold(), label.casefold()}:
                return code
        if not typed:
            return ""
        known = ", ".join(code for code, _label in self.choices[:8])
        text = _("“%(typed)s” is not known: use one of %(known)s.")
        raise ValidationError(text % {"typed": typed, "known": known})


class ListCell(TextCell):
    """Short texts with semicolons between them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        parts = (part.strip() for part in super().clean(value).split(";"))
        return list(dict.fromkeys(part for part in parts if part))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "; ".join(value or ())


class HoursCell(TextCell):
    """The week in compact text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        rows = parse_hours(super().clean(value))
        check_week(rows)
        return hours_rows(rows)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return format_hours(restored_hours({HOURS: value or []}))


class SpecialHoursCell(TextCell):
    """Dated hours in compact text."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        rows = parse_special(super().clean(value))
        check_special(rows)
        return special_rows(rows)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return format_special(restored_special_hours({SPECIAL_HOURS: value or []}))
