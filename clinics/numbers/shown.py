"""The numbers of one thing that a page prints: a call to action, a card, a text, a node comes in.

What comes in is what the templates print, so that nothing here decides which number is right. Pure:
no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clinics.cta import TEXT
from clinics.phones import Number
from clinics.phones_in_text import find_emergency_numbers, find_numbers
from clinics.tokens import TOKEN, fill, token_value

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.cta import Action, CallToAction
    from clinics.pages import LocationView

NUMBER_TOKENS = {"clinic.main_number": "CALL", "clinic.text_number": "TEXT"}
_HREF = re.compile(r"(?P<scheme>tel|sms):(?P<number>\+1\d{10}|911|988)")
# The shortest thing that a person would take for a phone number: three digits, in a row.
_THREE_DIGITS = re.compile(r"\d[-. ]?\d[-. ]?\d")


class Kind(StrEnum):
    """What a patient does with a number."""

    CALL = "CALL"
    TEXT = "TEXT"
    FAX = "FAX"
    EMERGENCY = "EMERGENCY"
    CRISIS = "CRISIS"
    WORDS = "WORDS"


class Spot(StrEnum):
    """Where on a page a number stands, in the order of the page."""

    HEAD = "HEAD"
    DATA = "DATA"
    NOTICE = "NOTICE"
    HEADER = "HEADER"
    TOP = "TOP"
    WORDS = "WORDS"
    BUTTON = "BUTTON"
    CARD = "CARD"
    PANEL = "PANEL"
    BAR = "BAR"
    FOOTER = "FOOTER"


class Origin(StrEnum):
    """How a number came there: from the record, by a token, by hand, or the same everywhere."""

    RECORD = "RECORD"
    TOKEN = "TOKEN"  # noqa: S105 - a token of a text, no secret
    TYPED = "TYPED"
    FIXED = "FIXED"


@dataclass(frozen=True)
class Shown:
    """One number at one spot. `digits` is "+12145550142" or "911"; for what is plainly a number but
    no clinic's the text as typed. `words` names the section or the button, if anything does.

    `fact` is where a text is kept that is no page's: the name of an address of the admin, and what
    it is about.
    """

    digits: str
    display: str
    kind: Kind
    spot: Spot
    origin: Origin = Origin.RECORD
    words: str = ""
    fact: tuple[str, int] | None = None


_FIXED = {"911": Kind.EMERGENCY, "988": Kind.CRISIS}


def in_action(action: Action | None, spot: Spot, words: str = "") -> Iterator[Shown]:
    """The number of a button that calls or texts; any other button has none."""
    match = _HREF.match(action.href) if action else None
    if action and match:
        kind = Kind.TEXT if match["scheme"] == "sms" else Kind.CALL
        yield Shown(match["number"], action.detail, kind, spot, words=words)


def in_actions(
    cta: CallToAction, spot: Spot, words: str = "", *, first: int | None = None
) -> Iterator[Shown]:
    """Buttons in a row, `first` of them; the disclosure stands beside the one for texts."""
    for action in cta.actions[:first]:
        yield from in_action(action, spot, words)
        if action.kind == TEXT and cta.disclosure:
            for part in cta.disclosure.parts:
                if isinstance(part, str) and part != action.detail:
                    yield from in_words(part, spot, words)


def in_panel(cta: CallToAction, spot: Spot, words: str = "") -> Iterator[Shown]:
    """A whole call to action, with the lines for an emergency and a crisis."""
    if cta.actions:
        yield from in_actions(cta, spot, words)
        yield from in_emergency(cta, spot, words)


def in_bar(cta: CallToAction, *, first: int = 3) -> Iterator[Shown]:
    """The bar within reach of the thumb; its lines for an emergency are in the sheet of a text."""
    yield from in_actions(cta, Spot.BAR, first=first)
    if any(action.kind == TEXT for action in cta.actions[:first]):
        yield from in_emergency(cta, Spot.BAR)


def in_emergency(cta: CallToAction, spot: Spot, words: str = "") -> Iterator[Shown]:
    """The lines below a call to action."""
    yield from in_words(cta.emergency, spot, words)
    if cta.crisis:
        for link in (cta.crisis.call, cta.crisis.text):
            digits = link.url.partition(":")[2]
            yield Shown(digits, digits, _FIXED[digits], spot, Origin.FIXED, words)


def in_card(view: LocationView | None) -> Iterator[Shown]:
    """A location as a card or on its own page, parking and hours left out."""
    if view is None:
        return
    for action in (view.call, view.new_patients):
        yield from in_action(action, Spot.CARD, view.name)
    if view.fax:
        yield from in_fax(view.fax, view.name)


def in_fax(display: str, words: str) -> Iterator[Shown]:
    for found in find_numbers(display):
        if found.number:
            yield Shown(found.number.e164, display, Kind.FAX, Spot.CARD, words=words)


def in_number(number: Number | None, spot: Spot, words: str = "") -> Iterator[Shown]:
    """A number that is printed and no link."""
    if number:
        yield Shown(number.e164, number.display, Kind.CALL, spot, words=words)


def in_nodes(nodes: Iterable[Mapping[str, Any]]) -> Iterator[Shown]:
    """The numbers of a JSON-LD graph."""
    for node in nodes:
        kind = Kind.TEXT if node.get("contactType") == "text messages" else Kind.CALL
        if telephone := node.get("telephone"):
            number = Number(telephone.replace("-", ""))
            yield Shown(number.e164, number.display, kind, Spot.DATA)
        yield from in_nodes(node.get("contactPoint") or ())


def in_text(text: str, clinic: Clinic, spot: Spot = Spot.WORDS, words: str = "") -> Iterator[Shown]:
    """A plain text with its tokens: numbers that the clinic's tokens bring, and typed ones."""
    for match in TOKEN.finditer(text):
        if match[1] in NUMBER_TOKENS:
            # Without a value the token reads "the number of your clinic".
            for found in find_numbers(token_value(match[1], clinic) or ""):
                if found.number:
                    kind = Kind(NUMBER_TOKENS[match[1]])
                    display = found.number.display
                    yield Shown(found.number.e164, display, kind, spot, Origin.TOKEN, words)
    yield from in_words(TOKEN.sub(" ", text), spot, words)


def in_words(
    text: str, spot: Spot, words: str = "", fact: tuple[str, int] | None = None
) -> Iterator[Shown]:
    """Numbers typed in a text without tokens. 911 and 988 are nobody's."""
    for digits, display in typed_in(text):
        if digits in _FIXED:
            yield Shown(digits, digits, _FIXED[digits], spot, Origin.FIXED, words, fact)
        else:
            yield Shown(digits, display, Kind.WORDS, spot, Origin.TYPED, words, fact)


@lru_cache(maxsize=2048)
def typed_in(text: str) -> tuple[tuple[str, str], ...]:
    """(digits, display) of each number typed in a text; shared texts are read once for all."""
    if not _THREE_DIGITS.search(text) and text.isascii():
        return ()
    found = [
        (each.number.e164, each.number.display) if each.number else (each.text, each.text)
        for each in find_numbers(text)
    ]
    found += [(each.digits, each.digits) for each in find_emergency_numbers(text)]
    return tuple(found)


def heading_of(text: str, clinic: Clinic) -> str:
    """The words by which a place on a page is named: filled, and short."""
    return fill(text, clinic)[:80]
