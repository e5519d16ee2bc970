"""What the forms of facts have in common: the version that the editor saw, and groups of fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _

from clinics.facts_snapshot import Facts, Snapshot, restored_facts, snapshot_with
from clinics.forms.fields import RefusedUnshownMixin


@dataclass(frozen=True)
class Problem:
    """An error for the list above a form. Id and label are "" for the form as a whole."""

    field_id: str
    label: str
    message: str


class FactsForm(RefusedUnshownMixin, forms.ModelForm):
    """Reads what was typed; `clinics.facts.save_facts` does the saving.

    Subclasses name the groups. `arguments` is what `save_facts` takes from the form.
    """

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base_version"].initial = self.instance.version
        name_missing_fields(self)

    @classmethod
    def showing(cls, current: Facts, snapshot: Snapshot) -> Self:
        """The form on top of what is saved now, with the values of a snapshot in it."""
        return cls(instance=current, initial=restored_facts(current, snapshot))

    def grouped_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        return fields_in_groups(self, self.groups)

    def problems(self) -> list[Problem]:
        return problems_of(self)

    def arguments(self) -> dict[str, Any]:
        names = [name for _heading, names in self.groups for name in names]
        return {"changes": {name: self.cleaned_data[name] for name in names}}

    def typed(self, current: Facts) -> Snapshot:
        """What would be saved, as a snapshot."""
        return snapshot_with(current, **self.arguments())

    def validate_constraints(self) -> None:
        """Left to `save_facts`: it takes the mark of the main location from the other one first."""


def fields_in_groups(
    form: forms.BaseForm, groups: Iterable[tuple[Any, Iterable[str]]]
) -> list[tuple[str, list[forms.BoundField]]]:
    """The fields below their headings; one that the form has taken out is left out."""
    return [
        (str(heading), [form[name] for name in names if name in form.fields])
        for heading, names in groups
    ]


def name_missing_fields(form: forms.BaseForm) -> None:
    """An error message says which field, what is wrong and what to do."""
    for field in form.fields.values():
        label = field.label or ""
        field.error_messages["required"] = _("%(label)s is missing: fill it in.") % {"label": label}


def problems_of(form: forms.BaseForm) -> list[Problem]:
    """Every error of a form, with the field that it belongs to."""
    return [
        Problem(form[name].id_for_label, str(form[name].label), str(error))
        if name in form.fields
        else Problem("", "", str(error))
        for name, errors in form.errors.items()
        for error in errors
    ]
