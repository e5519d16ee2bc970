"""The form of a location's week and of its special hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.clinic import HoursInterval, SpecialInterval
from clinics.facts import facts_snapshot
from clinics.facts_snapshot import (
    Facts,
    Snapshot,
    restored_hours,
    restored_special_hours,
    snapshot_with,
)
from clinics.forms.facts import Problem, problems_of
from clinics.forms.holiday_answers import field_name, holiday_fields, holiday_rows
from clinics.forms.special_hours import SpecialHoursFormSet
from clinics.forms.time_of_day import TimeOfDayField
from clinics.holidays import OFFERED_AHEAD, undecided_holidays
from clinics.hours import DAY_NAMES
from clinics.hours_check import check_week
from clinics.models import LocationFacts
from clinics.special_days import today_at

INTERVALS_A_DAY = 2


@dataclass(frozen=True)
class DayFields:
    """One line of the form."""

    label: str
    intervals: list[tuple[forms.BoundField, forms.BoundField]]
    by_appointment: forms.BoundField


class HoursForm(forms.Form):
    """Seven days with two intervals each, or more where more are stored: none is ever dropped."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, instance: LocationFacts, snapshot: Snapshot | None = None
    ) -> None:
        super().__init__(data)
        self.shown = snapshot or facts_snapshot(instance)
        self.fields["base_version"].initial = instance.version
        for weekday in range(7):
            self._add_day(weekday)
        self._fill_in()
        today = today_at(instance)
        stored = restored_special_hours(facts_snapshot(instance))
        self.holidays = undecided_holidays(stored, today, OFFERED_AHEAD)
        self.fields |= holiday_fields(self.holidays)

    @classmethod
    def showing(cls, current: LocationFacts, snapshot: Snapshot) -> Self:
        """The form on top of what is saved now, with the hours of a snapshot in it."""
        return cls(instance=current, snapshot=snapshot)

    @cached_property
    def special(self) -> Any:
        """The list of special hours below the week."""
        rows = [asdict(row) for row in restored_special_hours(self.shown)]
        data = self.data if self.is_bound else None
        return SpecialHoursFormSet(data, initial=rows, prefix="special")

    @property
    def days(self) -> list[DayFields]:
        return [
            DayFields(
                label=str(DAY_NAMES[day]),
                intervals=[(self[opens], self[closes]) for opens, closes in self._pairs(day)],
                by_appointment=self[f"day_{day}_by_appointment"],
            )
            for day in range(7)
        ]

    def is_valid(self) -> bool:
        is_week_valid = super().is_valid()
        return self.special.is_valid() and is_week_valid

    def clean(self) -> dict[str, Any]:
        super().clean()
        for day in range(7):
            self._check_pairs(day)
        if not self.errors:
            check_week(self.week())
        return self.cleaned_data

    def week(self) -> list[HoursInterval]:
        """The rows that were typed."""
        return [row for day in range(7) for row in self._rows_of(day)]

    def special_hours(self) -> list[SpecialInterval]:
        """What was typed, and the holidays that were confirmed and not typed as well."""
        typed = self.special.rows()
        days = {row.first_date for row in typed}
        confirmed = holiday_rows(self.holidays, self.cleaned_data, self.week())
        return [*typed, *(row for row in confirmed if row.first_date not in days)]

    @property
    def holiday_questions(self) -> list[forms.BoundField]:
        """One for each coming holiday without hours."""
        return [self[field_name(holiday)] for holiday in self.holidays]

    def problems(self) -> list[Problem]:
        return [
            *problems_of(self),
            *(Problem("", "", error) for error in self.special.non_form_errors()),
            *(problem for form in self.special.forms for problem in problems_of(form)),
        ]

    def arguments(self) -> dict[str, Any]:
        return {"changes": {}, "hours": self.week(), "special_hours": self.special_hours()}

    def typed(self, current: Facts) -> Snapshot:
        return snapshot_with(current, **self.arguments())

    def _add_day(self, day: int) -> None:
        name = str(DAY_NAMES[day])
        for number, (opens, closes) in enumerate(self._pairs(day), start=1):
            words = {"day": name, "number": number}
            self.fields[opens] = _time(_("%(day)s, opens (%(number)d)") % words)
            self.fields[closes] = _time(_("%(day)s, closes (%(number)d)") % words, ends_day=True)
        self.fields[f"day_{day}_by_appointment"] = forms.BooleanField(
            label=_("%(day)s by appointment") % {"day": name}, required=False
        )

    def _fill_in(self) -> None:
        for day in range(7):
            rows = [row for row in restored_hours(self.shown) if row.weekday == day]
            timed = [row for row in rows if not row.by_appointment]
            for (opens, closes), row in zip(self._pairs(day), timed, strict=False):
                self.fields[opens].initial = row.opens
                self.fields[closes].initial = row.closes
            self.fields[f"day_{day}_by_appointment"].initial = len(rows) > len(timed)

    @cached_property
    def _intervals_a_day(self) -> int:
        rows = restored_hours(self.shown)
        stored = Counter(row.weekday for row in rows if not row.by_appointment)
        return max([INTERVALS_A_DAY, *stored.values()])

    def _pairs(self, day: int) -> list[tuple[str, str]]:
        numbers = range(1, self._intervals_a_day + 1)
        return [(f"day_{day}_opens_{n}", f"day_{day}_closes_{n}") for n in numbers]

    def _check_pairs(self, day: int) -> None:
        words = {"day": DAY_NAMES[day]}
        for opens, closes in self._pairs(day):
            if opens in self.errors or closes in self.errors:
                continue
            has_opening, has_closing = self.cleaned_data[opens], self.cleaned_data[closes]
            if has_opening and not has_closing:
                message = _("%(day)s has no closing time: add it, or clear the opening time.")
                self.add_error(closes, ValidationError(message % words))
            if has_closing and not has_opening:
                message = _("%(day)s has no opening time: add it, or clear the closing time.")
                self.add_error(opens, ValidationError(message % words))

    def _rows_of(self, day: int) -> Iterator[HoursInterval]:
        for opens, closes in self._pairs(day):
            if self.cleaned_data[opens]:
                yield HoursInterval(day, self.cleaned_data[opens], self.cleaned_data[closes])
        if self.cleaned_data[f"day_{day}_by_appointment"]:
            yield HoursInterval(day, by_appointment=True)


def _time(label: str, *, ends_day: bool = False) -> TimeOfDayField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return TimeOfDayField(label=label, ends_day=ends_day, widget=widget)
