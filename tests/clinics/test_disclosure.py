"""The text disclosure and its parts (X-02, X-06)."""

from __future__ import annotations

import pytest

from clinics.disclosure import DEFAULT_DISCLOSURE, check_disclosure, split_disclosure

SENTENCES = {
    "Text Hillside Clinic at (972) 555-0123 about appointments.": ["who", "purpose"],
    "Message frequency varies.": ["frequency"],
    "Message and data rates may apply.": ["rates"],
    "Reply STOP to opt out, HELP for help.": ["stop_help"],
    "SMS Terms.": ["sms_terms"],
    "Privacy Policy.": ["privacy"],
    "Text messages are not encrypted: please do not text medical details.": [
        "unencrypted",
        "medical_details",
    ],
    "In an emergency call 911.": ["emergency"],
}


def _codes(text: str) -> list[str]:
    return [problem.code for problem in check_disclosure(text)]


def test_check_disclosure_passes_the_default_and_the_vector() -> None:
    """X-02, X-06."""
    assert check_disclosure(DEFAULT_DISCLOSURE) == ()
    assert check_disclosure(" ".join(SENTENCES)) == ()


@pytest.mark.parametrize(("sentence", "codes"), SENTENCES.items())
def test_check_disclosure_misses_each_sentence(sentence: str, codes: list[str]) -> None:
    """X-02: each part has its own code."""
    text = " ".join(other for other in SENTENCES if other != sentence)

    assert _codes(text) == codes


@pytest.mark.parametrize(
    ("part", "instead", "code"),
    [
        ("Text [clinic] at", "Text us at", "who"),
        ("Text [clinic] at [number]", "Text [clinic]", "who"),
        (" about appointments", "", "purpose"),
        ("Message frequency varies. ", "", "frequency"),
        ("Message and data rates may apply. ", "", "rates"),
        ("STOP to opt out, HELP", "STOP to opt out, write to us", "stop_help"),
        ("Reply STOP to opt out, ", "", "stop_help"),
        ("[sms_terms]. ", "", "sms_terms"),
        ("[privacy]. ", "", "privacy"),
        ("are not encrypted: please", "are welcome, please", "unencrypted"),
        (": please do not text medical details", "", "medical_details"),
        ("In an emergency call 911.", "", "emergency"),
        ("call 911", "call us", "emergency"),
        ("In an emergency call 911.", "In an emergency call 911. See [terms].", "marker"),
    ],
)
def test_check_disclosure_has_a_code_for_each_part(part: str, instead: str, code: str) -> None:
    """X-02."""
    text = DEFAULT_DISCLOSURE.replace(part, instead)

    assert text != DEFAULT_DISCLOSURE
    assert _codes(text) == [code]


def test_check_disclosure_accepts_own_words() -> None:
    text = (
        "SMS Dr. Ramírez’s Clinic on [number] to book, change or ask about your visit. "
        "Up to 4 msgs per month. Standard msg & data rates may apply. "
        "HELP for help, STOP to stop. See our texting terms and privacy notice. "
        "Texts are unencrypted; don’t send any health information. "
        "If this is an emergency, dial 9-1-1."
    )

    assert check_disclosure(text) == ()


def test_check_disclosure_of_nothing_names_every_part() -> None:
    assert _codes("") == [
        "who",
        "purpose",
        "frequency",
        "rates",
        "stop_help",
        "sms_terms",
        "privacy",
        "unencrypted",
        "medical_details",
        "emergency",
    ]


def test_check_disclosure_says_what_to_write() -> None:
    problems = check_disclosure(DEFAULT_DISCLOSURE.replace("Message frequency varies. ", "[freq] "))

    assert [problem.message for problem in problems] == [
        "Say how often texts come: “Message frequency varies.”",
        "[freq] would be shown as it is. Use [clinic], [number], [sms_terms] or [privacy].",
    ]


def test_split_disclosure_keeps_markers_as_parts() -> None:
    parts = split_disclosure("Text [clinic]. [sms_terms]. [other]")

    assert parts == ("Text ", "[clinic]", ". ", "[sms_terms]", ". [other]")
