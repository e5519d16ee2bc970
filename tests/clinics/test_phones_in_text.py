"""Phone numbers in prose are found, look-alikes are not (architecture section 1, decision 7)."""

from __future__ import annotations

import pytest

from clinics.phones import Number
from clinics.phones_in_text import (
    FoundEmergency,
    FoundNumber,
    find_emergency_numbers,
    find_numbers,
)


def test_find_numbers_gives_place_text_and_number() -> None:
    text = "Call (972) 555-0123 ext. 204, or text 972-CALL-NOW."

    found = find_numbers(text)

    assert found == (
        FoundNumber(5, 28, "(972) 555-0123 ext. 204", Number("+19725550123", "204")),
        FoundNumber(38, 50, "972-CALL-NOW", Number("+19722255669", label="972-CALL-NOW")),
    )
    assert [text[one.start : one.end] for one in found] == [one.text for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reach us: 972.555.0123.", "972.555.0123"),
        ("Reach us: 9725550123", "9725550123"),
        ("Reach us: +19725550123", "+19725550123"),
        ("Reach us: 1 (972) 555-0123", "1 (972) 555-0123"),
        ("Reach us: 972/555-0123", "972/555-0123"),
        ("Reach us: 972 – 555 – 0123", "972 – 555 – 0123"),
        ("Reach us: 972 5550123 today", "972 5550123"),
        ("Reach us: 214\u2011555\u20110123", "214\u2011555\u20110123"),
        ("Reach us: （972）555－0123", "（972）555－0123"),
        ("Reach us: \u202a972\u00a0555\u00a00123\u202c", "972\u00a0555\u00a00123"),
        ("tel:+19725550123;ext=204", "+19725550123;ext=204"),
        ("Call Us(972) 555-0123Text Us", "(972) 555-0123"),
        ("Dallas, TX 75204 (214) 555-0142", "(214) 555-0142"),
        ("Ste 210 214-555-0142", "214-555-0142"),
        ("NPI 1234567893, 972-555-0123", "972-555-0123"),
        ("Phone=972-555-0123", "972-555-0123"),
        ("a toll-free 800-555-0199 line", "800-555-0199"),
        ("Ask 800-KETAMINE today", "800-KETAMINE"),
        ("Ask 1-800-ketamine today", "1-800-ketamine"),
        ("Call 800-ketamine today", "800-ketamine"),
        ("Ask 1-877-KARS4KIDS", "1-877-KARS4KIDS"),
        ("Ask (972) 555-PAIN", "(972) 555-PAIN"),
        ("Ask 972-CALL-NOW.", "972-CALL-NOW"),
    ],
)
def test_find_numbers_finds_typed_number(text: str, expected: str) -> None:
    found = find_numbers(text)

    assert [one.text for one in found] == [expected]
    assert found[0].number is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call us at 555-0123 today", "555-0123"),
        ("Fax: 555-0123", "555-0123"),
        ("Ring +44 20 7946 0958 in London", "+44 20 7946 0958"),
        ("Ring (416) 555-0123 in Toronto", "(416) 555-0123"),
        ("Ring (172) 555-0123", "(172) 555-0123"),
    ],
)
def test_find_numbers_reports_what_no_clinic_could_have(text: str, expected: str) -> None:
    (found,) = find_numbers(text)

    assert (found.text, found.number) == (expected, None)


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.1001/jama.2013.280502",
        "10.1176/appi.ajp.2013.13030392",
        "https://doi.org/10.1016/2145550123",
        "https://pubmed.ncbi.nlm.nih.gov/2145550123/",
        "PMID 31222255, PMID: 2145550123",
        "NPI 1234567893",
        "NPI number: 2145550123",
        "Registered as NCT01234567 and ISRCTN12345678",
        "ISBN 978-0-12-345678-9, ISSN 2154-1234",
        "License no. 2145550123",
        "between 2019 and 2024, 2019-2024, 2019–2024",
        "on 05/12/2024, 2024-05-12 and May 12, 2024 at 10:30",
        "ICD-10 M79.7, F32.9 and G89.4",
        "Dallas, TX 75204-1234",
        "$2145550123, $4,500.00 and USD 2145550123",
        "a cost of 2,145,550,123 dollars",
        "n=2145550123 and p < 0.0001",
        "Lancet 2018;392:2455-2461, JAMA. 2019;310(11):1151-1170",
        "0.5 mg/kg over 40 minutes, 200/300/4000",
        "CAS 6740-88-1, NDC 0143-9508-10",
        "patient x9725550123, order A-9725550123",
        "an 800-patient trial, an 800-milligram dose",
        "AN 800-PATIENT TRIAL IN 212-VETERANS",
        "The 555-0123 form",
        "Call 911, call or text 988",
        "ORCID 0000-0002-1825-0097",
    ],
)
def test_find_numbers_leaves_other_numbers_alone(text: str) -> None:
    assert find_numbers(text) == ()


def test_find_emergency_numbers_gives_place_and_digits() -> None:
    text = "Call 9-1-1, or call or text 988."

    assert find_emergency_numbers(text) == (
        FoundEmergency(5, 10, "9-1-1", "911"),
        FoundEmergency(28, 31, "988", "988"),
    )


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("In an emergency call 911 or go to the nearest hospital.", ["911"]),
        ("988 Suicide & Crisis Lifeline", ["988"]),
        ("The 988 Lifeline is free.", ["988"]),
        ("Call your doctor or 911.", ["911"]),
        ("Contact emergency services (911)", ["911"]),
        ("emergency services (911)", ["911"]),
        ("Dial 911 right away, or text 988 for help", ["911", "988"]),
        ("911 patients and 988 participants", []),
        ("The researchers called 988 women.", []),
        ("We texted and of those called, call 988 adults", []),
        ("It cost $911 on 9/11, or 988 mg, 98.8% and 1,911", []),
        ("Suicide attempts fell: 988 in 2020.", []),
    ],
)
def test_find_emergency_numbers_tells_calls_from_counts(text: str, digits: list[str]) -> None:
    assert [found.digits for found in find_emergency_numbers(text)] == digits
