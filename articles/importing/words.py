"""The words by which a clinic is known in prose, and the patterns that find them there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_AND = r"(?:and|AND|or|OR|&)"
_SEPARATOR = rf"(?:\s*,\s*{_AND}\s+|\s*[,;/]\s*|\s+{_AND}\s+)"


@dataclass(frozen=True)
class ClinicWords:
    """`service_areas` are those of the primary location; `other_towns` those of the rest."""

    name: str
    city: str = ""
    state_name: str = ""
    state_code: str = ""
    service_areas: tuple[str, ...] = ()
    location_names: tuple[str, ...] = ()
    other_towns: tuple[str, ...] = ()

    @cached_property
    def towns(self) -> tuple[str, ...]:
        every = (*self.service_areas, self.city, *self.other_towns)
        return tuple(dict.fromkeys(town for town in every if town))

    @cached_property
    def name_pattern(self) -> re.Pattern[str]:
        return re.compile(_bounded([_loose(self.name)]), re.IGNORECASE)

    @cached_property
    def town_list_pattern(self) -> re.Pattern[str] | None:
        """Two towns or more in a row, in any order, with or without the comma before "and"."""
        if len(self.towns) < 2:
            return None
        town = "(?:" + "|".join(_cased(self.towns)) + ")"
        return re.compile(rf"(?<!\w){town}(?:{_SEPARATOR}{town}(?!\w))+")

    @cached_property
    def state_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_bounded(_cased([self.state_name]))) if self.state_name else None

    @cached_property
    def state_code_pattern(self) -> re.Pattern[str] | None:
        """The code behind a town or a token only: "OR" and "IN" are words, "MD" is a degree."""
        if not self.state_code:
            return None
        places = "|".join([r"\{\{[^{}]*\}\}", *_cased(self.towns)])
        return re.compile(rf"(?:{places}),? {re.escape(self.state_code)}(?!\w)")

    @cached_property
    def name_parts(self) -> tuple[str, ...]:
        """Words that may stand for the whole name: "Hillside" of "Hillside Pain Care"."""
        places = " ".join((self.state_name, *self.towns)).split()
        words = (word.strip(",.&()") for word in self.name.split())
        return tuple(
            word
            for word in words
            if word[:1].isupper() and word.casefold() not in _TRADE and word not in places
        )

    @cached_property
    def town_pattern(self) -> re.Pattern[str] | None:
        return re.compile(_bounded(_cased(self.towns))) if self.towns else None

    def locations_in(self, text: str) -> tuple[str, ...]:
        """Names of locations that are neither a town nor what any office is called."""
        return tuple(
            name
            for name in self.location_names
            if name not in self.towns
            and not set(name.casefold().split()) <= _ANY_OFFICE
            and re.search(_bounded([_loose(name)]), text)
        )

    def towns_in(self, text: str) -> tuple[str, ...]:
        pattern = self.town_pattern
        return tuple(found[0] for found in pattern.finditer(text)) if pattern else ()


def any_name_pattern(clinics: Iterable[ClinicWords]) -> re.Pattern[str]:
    """The names of all these clinics, the longest first."""
    names = sorted({words.name for words in clinics}, key=lambda name: (-len(name), name))
    return re.compile(_bounded([_loose(name) for name in names]), re.IGNORECASE)


def _bounded(alternatives: list[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)"


def _cased(words: tuple[str, ...] | list[str]) -> list[str]:
    """As written or in capitals, the longest first; "reading" is not Reading."""
    both = {form for word in words for form in (word, word.upper())}
    return [_loose(form) for form in sorted(both, key=lambda form: (-len(form), form))]


def _loose(words: str) -> str:
    """Any white space, straight or curly apostrophe, "&" or "and"."""
    parts = []
    for word in words.split():
        is_and = word.casefold() in {"and", "&"}
        parts.append("(?:and|&)" if is_and else re.sub("['’]", "['’]", re.escape(word)))
    return r"\s+".join(parts)


# What clinics of this trade call themselves: none of these words alone means one of them.
_TRADE = frozenset(
    """
    a advanced and anesthesia associates brain care center centers centre clinic clinics
    comprehensive depression doctors east family first for group headache healing health
    healthcare holistic infusion infusions injury institute integrated integrative
    interventional iv joint ketamine llc management md medical medicine mental mind modern
    neurology new north of orthopedic pain partners physicians pllc practice premier
    professional psychiatry recovery rehabilitation relief restorative solutions south
    specialists specialty spine surgical the therapies therapy total treatment treatments
    united wellness west women's
    """.split()
)
_ANY_OFFICE = frozenset(
    "main office clinic location center north south east west downtown uptown campus the".split()
)
