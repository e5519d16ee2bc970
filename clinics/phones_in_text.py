"""Phone numbers typed in prose: text in, their places out. Other numbers must not be found.

Own patterns, because the matcher of phonenumbers takes "2013.280502" in a DOI for a phone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from clinics.phones import TOLL_FREE, Number, PhoneError, parse_number, plain_text


@dataclass(frozen=True)
class FoundNumber:
    """`number` is None for what is plainly a phone number, but not one that a clinic could have."""

    start: int
    end: int
    text: str
    number: Number | None


@dataclass(frozen=True)
class FoundEmergency:
    """`digits` is "911" or "988", however it was typed."""

    start: int
    end: int
    text: str
    digits: str


_GAP = "[-. \u200b]{0,3}"
_SHAPED = re.compile(
    r"(?<![\d+])(?<!\d[-./,])"
    rf"(?P<country>(?:\(\+?1\)|\+\ ?1|1){_GAP})?"
    rf"(?P<area>\(\d{{3}}\)|\d{{3}})(?:{_GAP}|/)\d{{3}}{_GAP}\d{{4}}"
    r"(?:[ ,;]{0,2}(?:extension|ext\.?|x)[ :=]{0,2}\d{1,7})?"
    r"(?!\d|[-./,]\d|\ ?%)",
    re.I,
)
_LOCAL = re.compile(r"(?<![\w.+-])[2-9]\d\d[-. ]\d{4}(?!\w|[-./,]\d|\ ?%)")
_ABROAD = re.compile(r"(?<![\w+])\+(?!\ ?1)\d[\d ().\u200b-]{6,18}\d(?!\d)")
_VANITY = re.compile(
    r"(?<![\w-])(?P<country>\+?1[-. ])?"
    r"(?P<area>\(\d{3}\)[- ]?|\d{3}[-.])"
    r"(?P<word>(?=[\w-]*[A-Za-z]{3})[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)"
)

# "Call us at 555-0123": a word that makes digits after it a phone number.
_CUE = re.compile(
    r"\b(?:call|text|phone|telephone|tel|fax|dial|ring|sms|mobile|hotline)"
    r"(?:\s+(?:us|me|now|today|at|on|or|number|line|toll[- ]free))*\s*[:.]?\s*$",
    re.I,
)

# Addresses, identifiers with their label, amounts and results: digits that are never a phone.
_OTHER = re.compile(
    r"(?:https?://|www\.|doi:)\S+|\b10\.\d{4,9}/\S+|\b[\w.+-]{1,64}@\S+"
    r"|\b(?:NPI|PMID|PMCID|PMC|ISBN|ISSN|NCT|ISRCTN|EudraCT|NDC|EIN|ID)"
    r"(?:\s+(?:number|no\.|is))*\s*[:#]?\s*\d{5,}(?!\d)"
    r"|\b(?:licen[cs]e|registration|certificate|permit)\s*(?:number|no\.|\#)\s*:?\s*\d{5,}(?!\d)"
    r"|(?:[$€£<>≤≥±~]|\bUSD|\b[np]\s*=)\s*[\d,.]+",
    re.I,
)
# What studies count: "an 800-patient trial", "988 women".
_COUNTED = re.compile(
    r"(?:adult|calorie|case|member|(?:micro|milli)gram|milliliter|minute|participant|patient|person"
    r"|subject|veteran|volunteer)s?|fold|people|children|women|men",
    re.I,
)

_EMERGENCY = re.compile(r"(?<![\w$€£#=/.,+-])(?:911|988|9-1-1|9-8-8)(?!\w|/\d|\ ?%|[-.,:]\d)")
_CALLING = re.compile(
    r"\b(?:call|dial|text|phone|ring|contact|sms|tel)(?:s|ing)?\b"
    r"(?:[^\w.!?]*|(?:[^\w.!?]+[\w-]+){0,5}[^\w.!?]+(?:or|and|at|to|on|via|the)\W+"
    r"|(?:[^\w.!?]+\w+){0,5}\s*\()$|\bemergency(?:\s+\w+){0,2}\s*\($",
    re.I,
)
_CRISIS = re.compile(
    r"\W{1,3}(?:suicide (?:&|and|prevention|crisis)|crisis (?:line|lifeline|hotline|text|counsel)"
    r"|lifeline|hotline|emergency (?:line|number|service|operator)|dispatch|operator"
    r"|right away|immediately|at once|now\b|for help|is (?:the|for|free|available))",
    re.I,
)


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """Phone numbers in running text, in order, never overlapping. Leaves 911 and 988 out."""
    plain = _OTHER.sub(lambda other: " " * len(other[0]), plain_text(text))
    found: list[FoundNumber] = []
    for start, end, number in sorted(_candidates(plain), key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1].end:
            found.append(FoundNumber(start, end, text[start:end], number))
    return tuple(found)


def find_emergency_numbers(text: str) -> tuple[FoundEmergency, ...]:
    """911 and 988 where the words around them say to call, not where they count something."""
    plain = plain_text(text)
    return tuple(
        FoundEmergency(*match.span(), text[slice(*match.span())], match[0].replace("-", ""))
        for match in _EMERGENCY.finditer(plain)
        if _is_emergency(plain, match)
    )


def _candidates(plain: str) -> Iterator[tuple[int, int, Number | None]]:
    for match in _SHAPED.finditer(plain):
        number = _number_or_none(match[0])
        is_unmistakable = "(" in match["area"] or "+" in (match["country"] or "")
        if (number and _stands_alone(plain, match)) or is_unmistakable:
            yield *match.span(), number
    for match in _VANITY.finditer(plain):
        number = _number_or_none(match[0])
        if number and _is_unambiguous(plain, match):
            yield *match.span(), number
    for match in _LOCAL.finditer(plain):
        if _has_cue(plain, match):
            yield *match.span(), None
    for match in _ABROAD.finditer(plain):
        if _is_valid_abroad(match[0]):
            yield *match.span(), None


def _number_or_none(typed: str) -> Number | None:
    try:
        return parse_number(typed)
    except PhoneError:
        return None


def _stands_alone(plain: str, match: re.Match[str]) -> bool:
    """Ten digits without any separator inside a word are an identifier, not a number."""
    if not match[0].isdigit():
        return True
    around = plain[match.start() - 1 : match.start()] + plain[match.end() : match.end() + 1]
    return not re.search(r"[\w#@/-]", around)


def _is_unambiguous(plain: str, match: re.Match[str]) -> bool:
    """Tells 800-KETAMINE from an 800-patient trial: capitals, a leading 1, or "call" before it."""
    word = match["word"]
    letters = re.findall(r"[A-Za-z]+", word)
    if not 7 <= len(word.replace("-", "")) <= 12:
        return False
    if match["country"] or _has_cue(plain, match):
        return True
    if _COUNTED.fullmatch(letters[-1]):
        return False
    is_toll_free = match["area"].strip("()-. ") in TOLL_FREE
    return word.isupper() or (is_toll_free and letters[0][0].isupper())


def _has_cue(plain: str, match: re.Match[str]) -> bool:
    return bool(_CUE.search(plain[max(0, match.start() - 40) : match.start()]))


def _is_valid_abroad(typed: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(typed))
    except phonenumbers.NumberParseException:
        return False


def _is_emergency(plain: str, match: re.Match[str]) -> bool:
    before, after = plain[max(0, match.start() - 80) : match.start()], plain[match.end() :]
    next_word = re.match(r"\s+(\w+)", after)
    if next_word and _COUNTED.fullmatch(next_word[1]):
        return False
    return "-" in match[0] or bool(_CALLING.search(before) or _CRISIS.match(after))
