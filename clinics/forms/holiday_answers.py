"""What a location does on coming holidays: a question for each in the form of its hours (H-05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinics.clinic import SpecialInterval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinics.clinic import HoursInterval
    from clinics.holidays import Holiday

CLOSED, USUAL = "closed", "usual"
CHOICES = [("", _("Decide later")), (CLOSED, _("Closed")), (USUAL, _("Open as usual"))]


def holiday_fields(holidays: Iterable[Holiday]) -> dict[str, forms.ChoiceField]:
    """A field for each holiday, by name."""
    return {
        field_name(holiday): forms.ChoiceField(
            label=f"{holiday.name}, {date_format(holiday.day, 'l, F j, Y')}",
            choices=CHOICES,
            required=False,
        )
        for holiday in holidays
    }


def field_name(holiday: Holiday) -> str:
    return f"holiday_{holiday.day:%Y_%m_%d}"


def holiday_rows(
    holidays: Iterable[Holiday], answers: Mapping[str, str], week: Iterable[HoursInterval]
) -> Iterator[SpecialInterval]:
    """The special hours that were confirmed; "as usual" writes the day's hours down."""
    week = list(week)
    for holiday in holidays:
        answer, day = answers.get(field_name(holiday), ""), holiday.day
        if answer == CLOSED:
            yield SpecialInterval(day, day, label=holiday.name[:80])
        elif answer == USUAL:
            for row in week:
                if row.weekday == day.weekday() and not row.by_appointment:
                    yield SpecialInterval(day, day, row.opens, row.closes, holiday.name[:80])
