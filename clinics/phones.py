"""US phone numbers: typed text in, one canonical number out or `PhoneError` with reason and remedy.

Nothing here makes a link (`phone_links.py`) or reads prose (`phones_in_text.py`), and no number
that is not a US clinic's may get through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

EMERGENCY_NUMBERS = ("911", "988")
TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")

# Country code 1 is shared with Canada and the Caribbean; these are the places under US rules.
_US_REGIONS = frozenset({"US", "AS", "GU", "MP", "PR", "VI"})
_EXAMPLE = "(972) 555-0123"

# Phones and word processors put bidi marks and zero-width characters around pasted numbers.
INVISIBLE = "\u200b"
_LOOKALIKES: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full width forms
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u00b7\u2022\u2219"), "."),
    **dict.fromkeys([0xAD, 0x61C, 0x2060, 0xFEFF, *range(0x200B, 0x2010)], INVISIBLE),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], INVISIBLE),
}
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_EXTENSION = re.compile(
    r"\s*(?:[;,]\s*)?(?:ext=|(?<![a-z])(?:extension|extn?|x)\.?\s*:?\s*|#\s*)([0-9]{1,7})\s*$", re.I
)
_STORED = re.compile(r"(\+1[0-9]{10})(?:;ext=([0-9]{1,7}))?(?: (\S.*))?")


class PhoneError(ValueError):
    """The text is not a number of a US clinic. The message names the reason and the remedy."""


@dataclass(frozen=True)
class Number:
    """`e164` is "+19725550123"; `label` is the vanity text as typed ("972-CALL-NOW") or empty."""

    e164: str
    extension: str = ""
    label: str = ""

    @property
    def display(self) -> str:
        area, exchange, line = self.e164[2:5], self.e164[5:8], self.e164[8:]
        text = f"({area}) {exchange}-{line}"
        if self.label:
            text = f"{self.label} ({area}-{exchange}-{line})"
        return f"{text} ext. {self.extension}" if self.extension else text

    @property
    def stored(self) -> str:
        """One string for one column, read back by `from_stored`."""
        text = f"{self.e164};ext={self.extension}" if self.extension else self.e164
        return f"{text} {self.label}" if self.label else text

    @classmethod
    def from_stored(cls, text: str) -> Number:
        match = _STORED.fullmatch(text)
        if not match:
            raise ValueError(f"Not a stored phone number: {text!r}")
        return cls(*(part or "" for part in match.groups()))


def parse_number(typed: str) -> Number:
    """The number that a person typed, in whatever form. Raises `PhoneError`."""
    plain = plain_text(typed).replace(INVISIBLE, "").strip()
    body, extension = _split_extension(plain)
    body, shown = _split_shown_digits(re.sub(r"\s+", " ", body))
    characters = re.sub(r"[-\s().+/]", "", body)
    _refuse_other_numbers(plain, characters)
    if characters.isdigit():
        return Number(_e164(characters, plain), extension)
    number = Number(_e164(_vanity_digits(characters, plain), plain), extension, label=body)
    if shown and number.e164 != f"+1{shown}":
        raise PhoneError(
            _("“%(typed)s”: the letters and the digits are different numbers. Type one of the two.")
            % {"typed": plain}
        )
    return number


def is_fictional(number: Number) -> bool:
    """555-0100 to 555-0199 is kept free for fiction: right for a demo, wrong for a live clinic."""
    return number.e164[5:10] == "55501"


def fiction_is_allowed() -> bool:
    """True where an installation takes numbers of fiction, as a demo does."""
    return bool(getattr(settings, "CLINICS_ALLOW_FICTIONAL_NUMBERS", False))


def rings_nowhere(number: Number) -> bool:
    """A number of fiction where those are not allowed: a dead end for a patient (B-12)."""
    return is_fictional(number) and not fiction_is_allowed()


def plain_text(text: str) -> str:
    """The text with look-alike characters of numbers made plain, at the same length."""
    return text.translate(_LOOKALIKES)


def _split_extension(plain: str) -> tuple[str, str]:
    match = _EXTENSION.search(plain)
    return (plain[: match.start()], match[1]) if match else (plain, "")


def _split_shown_digits(body: str) -> tuple[str, str]:
    """Forms send back what `display` shows: "972-CALL-NOW (972-225-5669)"."""
    match = re.fullmatch(r"(.*[A-Za-z].*) \(([0-9]{3})-([0-9]{3})-([0-9]{4})\)", body)
    return (match[1], match[2] + match[3] + match[4]) if match else (body, "")


def _refuse_other_numbers(plain: str, characters: str) -> None:
    if not characters:
        raise PhoneError(_("Type a phone number with its area code, for example %s.") % _EXAMPLE)
    if characters in EMERGENCY_NUMBERS:
        raise PhoneError(
            _(
                "%(digits)s is not a clinic's number: it belongs in an emergency section only. "
                "Type the clinic's own number, for example %(example)s."
            )
            % {"digits": characters, "example": _EXAMPLE}
        )
    if re.match(r"\+(?!\s*1)|00|011\D", plain):
        raise _abroad(plain)
    if strange := re.search(r"[^0-9A-Za-z]", characters):
        raise PhoneError(
            _("“%(typed)s” contains “%(strange)s”. Type one number only, for example %(example)s.")
            % {"typed": plain, "strange": strange[0], "example": _EXAMPLE}
        )


def _vanity_digits(characters: str, plain: str) -> str:
    """Letters as keys of the phone. Letters past the tenth place are not dialled ("800-KETAMINE").

    Three letters in a row at least, so that "555-O123" with a letter O is a slip, not a vanity
    number.
    """
    rest = characters.removeprefix("1")
    dialled, spare = rest[:10], rest[10:]
    is_vanity = (
        re.fullmatch(r"[0-9]{3}[0-9A-Za-z]{7}", dialled)
        and re.search(r"[A-Za-z]{3}", dialled)
        and re.fullmatch(r"[A-Za-z]{0,5}", spare)
    )
    if not is_vanity:
        raise PhoneError(
            _(
                "“%(typed)s” mixes letters and digits. Type digits, for example %(example)s, "
                "or an area code and seven letters or digits, for example 972-CALL-NOW."
            )
            % {"typed": plain, "example": _EXAMPLE}
        )
    return dialled.upper().translate(_KEYPAD)


def _e164(digits: str, plain: str) -> str:
    if len(digits) == 11:
        digits = digits.removeprefix("1")
    _refuse_wrong_digits(digits, plain)
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(digits))
    if not phonenumbers.is_valid_number(number):
        raise PhoneError(
            _("“%(typed)s” is not a US number: %(area)s-%(exchange)s is not in use. Check it.")
            % {"typed": plain, "area": digits[:3], "exchange": digits[3:6]}
        )
    if phonenumbers.region_code_for_number(number) not in _US_REGIONS:
        raise _abroad(plain)
    return f"+1{digits}"


def _refuse_wrong_digits(digits: str, plain: str) -> None:
    names = {"typed": plain, "count": len(digits), "example": _EXAMPLE}
    if len(digits) == 7:
        reason = _("“%(typed)s” has 7 digits: add the area code, for example %(example)s.")
    elif len(digits) != 10:
        reason = _("“%(typed)s” has %(count)d instead of 10 digits: check it for a slip.")
    elif digits[0] in "01":
        reason = _("“%(typed)s”: an area code cannot start with 0 or 1. Check the first three.")
    elif digits[3] in "01":
        reason = _(
            "“%(typed)s”: the three digits after the area code cannot start with 0 or 1. "
            "Check them."
        )
    else:
        return
    raise PhoneError(reason % names)


def _abroad(plain: str) -> PhoneError:
    return PhoneError(
        _("“%(typed)s” is a number outside the US. Type the clinic's US number, like %(example)s.")
        % {"typed": plain, "example": _EXAMPLE}
    )
