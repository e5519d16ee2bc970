"""Form fields for facts: what an editor types in, the stored value or a helpful sentence out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinics.phones import Number, PhoneError, parse_number


class RefusedUnshownMixin:
    """For forms with choosers: what was refused is not shown again.

    A chooser shows the title and thumbnail of the row whose id it is given, whosever it is.
    """

    data: Any

    def full_clean(self) -> None:
        super().full_clean()
        refused = [
            name
            for name in self._errors or ()
            if isinstance(self.fields.get(name), forms.ModelChoiceField)
        ]
        if refused:
            self.data = self.data.copy()
            for name in refused:
                self.data[self.add_prefix(name)] = ""


class PhoneFormField(forms.CharField):
    """A US number in any usual spelling."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Number):
            return value.display
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Number):
            return value
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return parse_number(typed)
        except PhoneError as error:
            raise ValidationError(str(error), code="invalid_phone") from error

    def run_validators(self, value: Any) -> None:
        """A parsed number has been checked already; the text validators do not apply to it."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return list(value)
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data)
