"""National Provider Identifiers: a typed number in, an error or nothing out."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The check digit is Luhn's over the number with the prefix of health cards of the United States:
# https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand
_PREFIX = "80840"
_LENGTH = 10


def validate_npi(number: str) -> None:
    """Raises ValidationError for what is no NPI (T-06)."""
    is_number = len(number) == _LENGTH and number.isascii() and number.isdigit()
    if not is_number or not _is_luhn(_PREFIX + number):
        raise ValidationError(_("An NPI has 10 digits, and its last one proves the others: check."))


def _is_luhn(digits: str) -> bool:
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0
