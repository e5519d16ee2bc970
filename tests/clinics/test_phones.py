"""Vectors of domain 9.2, typed numbers (B-03, B-12)."""

from __future__ import annotations

import pytest

from clinics.phones import Number, PhoneError, is_fictional, parse_number


@pytest.mark.parametrize(
    ("typed", "e164", "display"),
    [
        ("(972) 555-0123", "+19725550123", "(972) 555-0123"),
        ("972.555.0123", "+19725550123", "(972) 555-0123"),
        ("9725550123", "+19725550123", "(972) 555-0123"),
        ("1 972 555 0123", "+19725550123", "(972) 555-0123"),
        ("+1 (972) 555-0123", "+19725550123", "(972) 555-0123"),
        ("  972 – 555 – 0123 ", "+19725550123", "(972) 555-0123"),
        ("972/555-0123", "+19725550123", "(972) 555-0123"),
        ("214\u2011555\u20110123", "+12145550123", "(214) 555-0123"),
        ("（972）555－0123", "+19725550123", "(972) 555-0123"),
        ("９７２５５５０１２３", "+19725550123", "(972) 555-0123"),
        ("\u202a(972) 555-0123\u202c", "+19725550123", "(972) 555-0123"),
        ("\u202d972\u200b\u00a0555\u00a00123\u202c", "+19725550123", "(972) 555-0123"),
        ("1-800-555-0199", "+18005550199", "(800) 555-0199"),
        ("787-555-0123", "+17875550123", "(787) 555-0123"),
    ],
)
def test_parse_number_accepts_usual_spellings(typed: str, e164: str, display: str) -> None:
    number = parse_number(typed)

    assert number == Number(e164)
    assert number.display == display


@pytest.mark.parametrize(
    "typed",
    [
        "+1 972 555 0123 x204",
        "972-555-0123 ext. 204",
        "972-555-0123 ext 204",
        "972-555-0123, extension 204",
        "972-555-0123 #204",
        "972-555-0123x204",
        "+19725550123;ext=204",
    ],
)
def test_parse_number_keeps_extension(typed: str) -> None:
    number = parse_number(typed)

    assert number == Number("+19725550123", extension="204")
    assert number.display == "(972) 555-0123 ext. 204"


@pytest.mark.parametrize(
    ("typed", "number", "display"),
    [
        (
            "972-CALL-NOW",
            Number("+19722255669", label="972-CALL-NOW"),
            "972-CALL-NOW (972-225-5669)",
        ),
        (
            "800-KETAMINE",
            Number("+18005382646", label="800-KETAMINE"),
            "800-KETAMINE (800-538-2646)",
        ),
        (
            "1-800-Go-Fedex x7",
            Number("+18004633339", "7", "1-800-Go-Fedex"),
            "1-800-Go-Fedex (800-463-3339) ext. 7",
        ),
        (
            "(972) 555-PAIN",
            Number("+19725557246", label="(972) 555-PAIN"),
            "(972) 555-PAIN (972-555-7246)",
        ),
    ],
)
def test_parse_number_keeps_vanity_text(typed: str, number: Number, display: str) -> None:
    assert parse_number(typed) == number
    assert number.display == display


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Type a phone number with its area code, for example (972) 555-0123."),
        ("555-0123", "“555-0123” has 7 digits: add the area code, for example (972) 555-0123."),
        (
            "(972) 055-0123",
            "“(972) 055-0123”: the three digits after the area code cannot start with 0 or 1. "
            "Check them.",
        ),
        (
            "(172) 555-0123",
            "“(172) 555-0123”: an area code cannot start with 0 or 1. Check the first three.",
        ),
        (
            "(214) 555-01234",
            "“(214) 555-01234” has 11 instead of 10 digits: check it for a slip.",
        ),
        (
            "911",
            "911 is not a clinic's number: it belongs in an emergency section only. "
            "Type the clinic's own number, for example (972) 555-0123.",
        ),
        (
            "9-8-8",
            "988 is not a clinic's number: it belongs in an emergency section only. "
            "Type the clinic's own number, for example (972) 555-0123.",
        ),
        (
            "+44 20 7946 0958",
            "“+44 20 7946 0958” is a number outside the US. "
            "Type the clinic's US number, like (972) 555-0123.",
        ),
        (
            "416-555-0123",
            "“416-555-0123” is a number outside the US. "
            "Type the clinic's US number, like (972) 555-0123.",
        ),
        ("555-555-0123", "“555-555-0123” is not a US number: 555-555 is not in use. Check it."),
        (
            "972-CALL-NOW (972-555-0123)",
            "“972-CALL-NOW (972-555-0123)”: the letters and the digits are different numbers. "
            "Type one of the two.",
        ),
        (
            "972-555-0123; 214-555-0123",
            "“972-555-0123; 214-555-0123” contains “;”. "
            "Type one number only, for example (972) 555-0123.",
        ),
    ],
)
def test_parse_number_names_reason_and_remedy(typed: str, reason: str) -> None:
    with pytest.raises(PhoneError) as error:
        parse_number(typed)

    assert str(error.value) == reason


@pytest.mark.parametrize(
    "typed",
    ["972-555-O123", "972-555-0123 cell", "call 972-555-0123", "972-CALL-NO", "ABC-CALL-NOW"],
)
def test_parse_number_refuses_letters_that_are_no_vanity_number(typed: str) -> None:
    with pytest.raises(PhoneError, match="mixes letters and digits"):
        parse_number(typed)


@pytest.mark.parametrize("typed", ["011 44 20 7946 0958", "0044 20 7946 0958", "+52 55 1234 5678"])
def test_parse_number_refuses_numbers_abroad(typed: str) -> None:
    with pytest.raises(PhoneError, match="outside the US"):
        parse_number(typed)


@pytest.mark.parametrize(
    ("number", "stored"),
    [
        (Number("+19725550123"), "+19725550123"),
        (Number("+19725550123", "204"), "+19725550123;ext=204"),
        (Number("+19722255669", label="972-CALL-NOW"), "+19722255669 972-CALL-NOW"),
        (Number("+19722255669", "2", "972 CALL NOW"), "+19722255669;ext=2 972 CALL NOW"),
    ],
)
def test_stored_number_reads_back(number: Number, stored: str) -> None:
    assert number.stored == stored
    assert Number.from_stored(stored) == number


@pytest.mark.parametrize(
    "text", ["", "(972) 555-0123", "+1972555012", "+442079460958", "+19725550123 "]
)
def test_stored_number_refuses_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="Not a stored phone number"):
        Number.from_stored(text)


@pytest.mark.parametrize(
    "number",
    [
        Number("+19725550123"),
        Number("+19725550123", "204"),
        Number("+19722255669", label="972-CALL-NOW"),
        Number("+19722255669", "204", "972-CALL-NOW"),
    ],
)
def test_displayed_number_can_be_typed_again(number: Number) -> None:
    assert parse_number(number.display) == number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("972-555-0100", True),
        ("800-555-0199", True),
        ("972-555-0099", False),
        ("972-555-0200", False),
        ("972-225-5669", False),
    ],
)
def test_is_fictional_knows_numbers_kept_for_fiction(typed: str, expected: bool) -> None:
    """B-12."""
    assert is_fictional(Number(f"+1{typed.replace('-', '')}")) is expected
