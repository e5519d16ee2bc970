"""Special hours in a cell: compact text and back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from clinics.bulk.special_text import format_special, parse_special
from clinics.clinic import SpecialInterval

EVE, CHRISTMAS = date(2026, 12, 24), date(2026, 12, 25)
TEXT = "2026-12-24 08:00-10:00,11:00-12:00 Christmas Eve; 2026-12-25 to 2026-12-26 closed Christmas"
ROWS = (
    SpecialInterval(EVE, EVE, "08:00", "10:00", "Christmas Eve"),
    SpecialInterval(EVE, EVE, "11:00", "12:00", "Christmas Eve"),
    SpecialInterval(CHRISTMAS, date(2026, 12, 26), label="Christmas"),
)


def test_it_reads_what_it_writes() -> None:
    assert parse_special(TEXT) == ROWS
    assert format_special(ROWS) == TEXT
    assert parse_special("") == ()
    assert parse_special(" ; ") == ()


def test_usual_spellings_are_read() -> None:
    assert parse_special("2026-12-24: 8:00–10:00, 11:00 - 12:00 Christmas Eve") == ROWS[:2]
    assert parse_special("2026-12-25: CLOSED") == (SpecialInterval(CHRISTMAS, CHRISTMAS),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Christmas", "write a date"),
        ("2026-12-24", "write a date"),
        ("2026-13-01 closed", "no day of the calendar"),
        ("2026-12-24 closed; 25 Dec closed", "25 Dec closed"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        parse_special(text)
