"""A column for one US phone number: E.164, an extension, and vanity text as it was typed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from clinics.phones import Number, PhoneError, parse_number


class PhoneField(models.CharField):
    """Reads and writes `Number` or None; stored as "+19725550123;ext=204", vanity text behind it.

    django-phonenumber-field keeps no vanity text, which 9.2 asks to be shown as typed.
    """

    # django-stubs takes these for the type of the attribute, which is no text here.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        if kwargs.get("max_length") == 64:
            del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Number | None:
        return Number.from_stored(value) if value else None

    def to_python(self, value: Any) -> Number | None:
        if not value or isinstance(value, Number):
            return value or None
        try:
            return Number.from_stored(value)
        except ValueError:
            pass
        try:
            return parse_number(value)
        except PhoneError as error:
            raise ValidationError(str(error), code="invalid_phone") from error

    def get_prep_value(self, value: Any) -> str:
        number = self.to_python(value)
        return number.stored if number else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value: Any) -> None:
        """The length check of CharField is about the stored text, not about a Number."""
        super().run_validators(self.get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        from clinics.forms.fields import PhoneFormField  # noqa: PLC0415 - forms are a layer above

        return super().formfield(**{"form_class": PhoneFormField, "max_length": None, **kwargs})
