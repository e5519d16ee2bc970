"""The list of special hours: dated rows that replace the weekly hours wholly (H-02)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.clinic import SpecialInterval
from clinics.forms.facts import name_missing_fields
from clinics.forms.time_of_day import TimeOfDayField
from clinics.hours_check import check_special

_DAY = {"type": "date"}


class SpecialHoursForm(forms.Form):
    """One row. Without times the days are closed."""

    first_date = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    last_date = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )
    label = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=80)
    opens = TimeOfDayField(label=gettext_lazy("Opens"))
    closes = TimeOfDayField(label=gettext_lazy("Closes"), ends_day=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_missing_fields(self)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        if bool(cleaned["opens"]) != bool(cleaned["closes"]):
            missing = "closes" if cleaned["opens"] else "opens"
            message = _("Give both times, or clear both: the clinic is then closed.")
            self.add_error(missing, ValidationError(message))
        return cleaned

    def row(self) -> SpecialInterval:
        """One day when no last day was given."""
        cleaned = self.cleaned_data
        return SpecialInterval(
            first_date=cleaned["first_date"],
            last_date=cleaned["last_date"] or cleaned["first_date"],
            opens=cleaned["opens"],
            closes=cleaned["closes"],
            label=cleaned["label"],
        )


class BaseSpecialHoursFormSet(forms.BaseFormSet):
    """All rows together: no two ranges may share a day."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    def clean(self) -> None:
        if not any(self.errors):
            check_special(self.rows())

    def rows(self) -> list[SpecialInterval]:
        return [form.row() for form in self.forms if form not in self._gone]

    @property
    def _gone(self) -> list[forms.Form]:
        blank = [form for form in self.extra_forms if not form.has_changed()]
        return [*blank, *self.deleted_forms]


SpecialHoursFormSet = forms.formset_factory(
    SpecialHoursForm,
    formset=BaseSpecialHoursFormSet,
    extra=3,
    can_delete=True,
    can_delete_extra=False,
    max_num=400,
)
