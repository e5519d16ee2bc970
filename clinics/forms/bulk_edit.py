"""The form that changes several locations at once: what is left blank stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics import open_words
from clinics.bulk.columns import RESOURCE
from clinics.bulk.edit_planning import CLEARABLE, EDITED, Edit, Merged, edit_title
from clinics.choices import TIME_ZONES, LocationStatus
from clinics.clinic import SpecialInterval
from clinics.forms.bulk import label_of_column
from clinics.forms.time_of_day import TimeOfDayField
from clinics.holidays import OFFERED_AHEAD, federal_holidays
from clinics.hours_check import check_special
from clinics.models import Service

_DAY = forms.DateInput(attrs={"type": "date"})
_KEEP = ("", gettext_lazy("leave as it is"))
# A location is closed for good on a screen of its own, which asks who takes its patients.
_STATUSES = [choice for choice in LocationStatus.choices if choice[0] != LocationStatus.CLOSED]
_CHOICES = {"status": _STATUSES, "timezone": TIME_ZONES}
_HELP = {
    "hours": gettext_lazy("Such as Mon-Thu 08:00-12:00,13:00-17:00; Fri 08:00-12:00."),
}


class BulkEditForm(forms.Form):
    """`count` is the number of the chosen locations."""

    title = forms.CharField(
        label=gettext_lazy("What this change is"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("For the list of changes, such as “Summer hours”."),
    )
    special_first = forms.DateField(label=gettext_lazy("From"), required=False, widget=_DAY)
    special_last = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=_DAY,
        help_text=gettext_lazy("Leave blank for one day."),
    )
    special_label = forms.CharField(label=gettext_lazy("Reason"), max_length=80, required=False)
    special_opens = TimeOfDayField(label=gettext_lazy("Opens"))
    special_closes = TimeOfDayField(
        label=gettext_lazy("Closes"),
        ends_day=True,
        help_text=gettext_lazy("Leave both times blank to close all day."),
    )
    added_services = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Offer also"),
        queryset=Service.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    removed_services = forms.ModelMultipleChoiceField(
        label=gettext_lazy("No longer offer"),
        queryset=Service.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first_day = forms.DateField(
        label=gettext_lazy("Begins on"),
        required=False,
        widget=_DAY,
        help_text=gettext_lazy("Leave blank to change at once. Midnight of each location counts."),
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=_DAY,
        help_text=gettext_lazy("Afterwards everything is put back by itself. Blank: it stays."),
    )

    def __init__(self, data: Any = None, *, count: int) -> None:
        super().__init__(data)
        self.count = count
        self.today = open_words.current_time().date()
        self.holidays = federal_holidays(self.today, self.today + OFFERED_AHEAD)
        self.fields["holiday"] = forms.ChoiceField(
            label=_("Holiday"),
            choices=[("", _("another day")), *((str(h.day), _holiday(h)) for h in self.holidays)],
            required=False,
        )
        for column in EDITED:
            self.fields[column] = _field(column)
        for column in CLEARABLE:
            self.fields[f"clear_{column}"] = forms.BooleanField(
                label=_("Clear it: %(fact)s") % {"fact": label_of_column(column)}, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_cells(cleaned)
        self._check_days(cleaned)
        if not self.errors:
            special = self._special(cleaned)
            try:
                check_special(special)
            except ValidationError as error:
                self.add_error("special_first", error)
        if not self.errors and not self._changes_something(cleaned):
            self.add_error(None, _("Nothing is filled in: fill in what is to change."))
        return cleaned

    def edit(self) -> Edit:
        cleaned = self.cleaned_data
        return Edit(
            title=cleaned["title"] or edit_title(self.count),
            cells={column: cleaned[column] for column in EDITED if cleaned[column]},
            cleared=tuple(column for column in CLEARABLE if cleaned[f"clear_{column}"]),
            special=self._special(cleaned),
            added_services=tuple(service.slug for service in cleaned["added_services"]),
            removed_services=tuple(service.slug for service in cleaned["removed_services"]),
            first_day=cleaned["first_day"],
            last_day=cleaned["last_day"],
        )

    def show_values(self, values: Mapping[str, Merged]) -> None:
        """What the locations have now, by column, in grey where one types."""
        for column in set(EDITED) - set(_CHOICES):
            shown = _("various") if values[column].is_various else values[column].text
            self.fields[column].widget.attrs["placeholder"] = shown

    def _check_cells(self, cleaned: dict[str, Any]) -> None:
        for column in EDITED:
            typed = cleaned.get(column)
            if typed and column in CLEARABLE and cleaned.get(f"clear_{column}"):
                self.add_error(column, _("Is filled in and cleared: do one of the two."))
            elif typed:
                try:
                    RESOURCE.fields[column].clean({column: typed})
                except ValidationError as error:
                    self.add_error(column, error)

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if last and not first:
            self.add_error("first_day", _("Say on which day it begins."))
        if first and last and last < first:
            self.add_error("last_day", _("It ends before it begins: swap the days."))
        if first and first < self.today:
            self.add_error("first_day", _("That day is over: leave it blank to change at once."))
        has_day = cleaned.get("special_first") or cleaned.get("holiday")
        if not has_day and any(cleaned.get(f"special_{n}") for n in ("last", "label", "opens")):
            self.add_error("special_first", _("Say which day it is."))
        if bool(cleaned.get("special_opens")) != bool(cleaned.get("special_closes")):
            text = _("Fill in both times, or none for a day on which all is closed.")
            self.add_error("special_opens", text)

    def _special(self, cleaned: Mapping[str, Any]) -> tuple[SpecialInterval, ...]:
        holiday = next((h for h in self.holidays if str(h.day) == cleaned["holiday"]), None)
        first = holiday.day if holiday else cleaned["special_first"]
        if first is None:
            return ()
        label = cleaned["special_label"] or (holiday.name if holiday else "")
        last = first if holiday else cleaned["special_last"] or first
        opens, closes = cleaned["special_opens"] or "", cleaned["special_closes"] or ""
        return (SpecialInterval(first, last, opens, closes, label[:80]),)

    def _changes_something(self, cleaned: Mapping[str, Any]) -> bool:
        names = [*EDITED, *(f"clear_{column}" for column in CLEARABLE)]
        names += ["special_first", "holiday"]
        has_services = cleaned["added_services"] or cleaned["removed_services"]
        return any(cleaned[name] for name in names) or bool(has_services)


def _field(column: str) -> forms.Field:
    label = label_of_column(column)
    if column in _CHOICES:
        choices = [_KEEP, *_CHOICES[column]]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    is_long = column in {"parking", "hours"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}) if is_long else forms.TextInput,
        help_text=_HELP.get(column, ""),
    )


def _holiday(holiday: Any) -> str:
    return f"{holiday.name}, {date_format(holiday.day, 'D, M j, Y')}"
