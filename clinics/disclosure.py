"""The wording beside a text button: its text in, the required parts that it lacks out.

A wording is plain text with markers for what differs by clinic: `[clinic]`, `[number]` (the text
number), `[sms_terms]` and `[privacy]` (links). None may be shown with a part missing (X-02, X-06).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from clinics.phones_in_text import find_numbers

# Not translated: carriers read these words, and so do the patterns below.
DEFAULT_DISCLOSURE = (
    "Text [clinic] at [number] about appointments. Message frequency varies. "
    "Message and data rates may apply. Reply STOP to opt out, HELP for help. "
    "[sms_terms]. [privacy]. "
    "Text messages are not encrypted: please do not text medical details. "
    "In an emergency call 911."
)

_MARKER = re.compile(r"(\[(?:clinic|number|sms_terms|privacy)\])")
_ANY_MARKER = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class DisclosureProblem:
    code: str
    message: str


def check_disclosure(text: str) -> tuple[DisclosureProblem, ...]:
    """What is missing, in the order of the default wording; nothing for a complete one.

    Takes a wording with markers, and also one with the clinic's name and number already filled in.
    """
    problems = [
        DisclosureProblem(code, str(message))
        for code, is_there, message in _PARTS
        if not is_there(text)
    ]
    if unknown := _ANY_MARKER.search(_MARKER.sub("", text)):
        problems.append(DisclosureProblem("marker", str(_UNKNOWN_MARKER) % {"marker": unknown[0]}))
    return tuple(problems)


def split_disclosure(text: str) -> tuple[str, ...]:
    """The text cut at its markers, which are parts of their own, brackets included."""
    return tuple(part for part in _MARKER.split(text) if part)


def _has(pattern: str, flags: int = re.IGNORECASE) -> Callable[[str], bool]:
    compiled = re.compile(pattern, flags)
    return lambda text: bool(compiled.search(text))


def _names_clinic_and_number(text: str) -> bool:
    """A name, as in "Text Hillside Clinic at (972) 555-0123": "us" is nobody to a carrier."""
    found = find_numbers(text)
    end = text.find("[number]")
    if end < 0:
        end = found[0].start if found else 0
    name = re.match(
        r"(?s:.*)\b(?:text|message|sms)\s+(\S.{0,100}?)\s+(?:at|on)\s*$", text[:end], re.I
    )
    return name is not None and not re.fullmatch(r"(?:us|our\b.*|messages?\b.*)", name[1], re.I)


_PARTS = (
    (
        "who",
        _names_clinic_and_number,
        _("Say who is texted, and the number: “Text [clinic] at [number]”."),
    ),
    (
        "purpose",
        _has(
            r"\b(?:about|regarding|concerning|for|to)\s+(?:[\w'’/,&-]+\s+){0,5}?"
            r"(?:appointments?|schedul\w+|reschedul\w+|book|bookings?|visits?|questions?"
            r"|our services|reminders?|consultations?|insurance|billing|directions)\b"
        ),
        _("Say what the texts are about: “about appointments”."),
    ),
    (
        "frequency",
        _has(
            r"\bfrequency\b[^.]*\b(?:var|depend)|\b(?:vary|varies)\b[^.]*\bfrequency"
            r"|\b(?:\d+|one|two|three|four|five)\s+(?:text\s+)?(?:messages?|msgs?|texts?)"
            r"\s+(?:per|a|each|every)\s+(?:day|week|month|visit)"
        ),
        _("Say how often texts come: “Message frequency varies.”"),
    ),
    (
        "rates",
        _has(
            r"\b(?:messages?|msgs?|texts?|sms)\s*(?:and|&)\s*data\s+rates?\s+(?:may|will)\s+apply"
        ),
        _("Say what a text may cost: “Message and data rates may apply.”"),
    ),
    (
        "stop_help",
        # In capitals only, so that "for help" is not taken for the keyword.
        _has(r"\A(?=.*\bSTOP\b)(?=.*\bHELP\b)", re.DOTALL),
        _("Say how to stop and to get help: “Reply STOP to opt out, HELP for help.”"),
    ),
    (
        "sms_terms",
        _has(r"\[sms_terms\]|\b(?:sms|text(?:ing)?|messag(?:e|ing))\s+(?:\w+\s+)?terms\b"),
        _("Link the SMS terms: “[sms_terms]”."),
    ),
    (
        "privacy",
        _has(r"\[privacy\]|\bprivacy\s+(?:policy|notice|practices)\b"),
        _("Link the privacy policy: “[privacy]”."),
    ),
    (
        "unencrypted",
        _has(r"\bnot\s+(?:\w+\s+)?encrypted\b|\bunencrypted\b"),
        _("Say that texts are not private: “Text messages are not encrypted.”"),
    ),
    (
        "medical_details",
        _has(
            r"\b(?:do not|don['’]t|never|avoid)\s+(?:text|send|includ|shar)\w*\b"
            r"[^.;]*\b(?:medical|health|clinical)\b"
        ),
        _("Ask to keep medical matters out: “Please do not text medical details.”"),
    ),
    (
        "emergency",
        _has(
            r"\bemergenc\w*[^.]*\b(?:call|dial)\s+(?:911|9-1-1)\b"
            r"|\b(?:call|dial)\s+(?:911|9-1-1)\b[^.]*\bemergenc"
        ),
        _("Say what to do in an emergency: “In an emergency call 911.”"),
    ),
)
_UNKNOWN_MARKER = _(
    "%(marker)s would be shown as it is. Use [clinic], [number], [sms_terms] or [privacy]."
)
