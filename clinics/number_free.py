"""Refuses a phone number typed into a text of a row: only the record has numbers (L-01)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clinics.phones_in_text import find_numbers

if TYPE_CHECKING:
    from django.db.models import Model


def refuse_numbers(row: Model, *names: str) -> None:
    """Raises ValidationError with every field among these that has a number, and what to do."""
    errors = {
        name: _("“%(number)s” is a phone number: take it out. Pages show the one of the record.")
        % {"number": found[0].text}
        for name in names
        if (found := find_numbers(getattr(row, name) or ""))
    }
    if errors:
        raise ValidationError(errors)
