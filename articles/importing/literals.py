"""A text and clinics' words in; out those that an editor must look at before it is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.importing.state_names import is_elsewhere
from articles.importing.words import ClinicWords


@dataclass(frozen=True)
class Literal:
    """Words that stay as they are.

    `kind` is clinic, town, location, state, state_code or legal_form.
    """

    literal: str
    kind: str
    why: str


def report_known_clinics(text: str, all_words: Iterable[ClinicWords]) -> tuple[Literal, ...]:
    """Names (kind "clinic") and towns (kind "town") of clinics in a text that belongs to none."""
    found: list[Literal] = []
    for words in all_words:
        why = f"names the clinic {words.name}"
        found += [Literal(m[0], "clinic", why) for m in words.name_pattern.finditer(text)]
        why = f"is a town of {words.name}"
        found += [Literal(town, "town", why) for town in words.towns_in(text)]
    return tuple(dict.fromkeys(found))


def places_left(text: str, words: ClinicWords) -> Iterator[Literal]:
    """Lone towns, locations and the state's name, in text without tokens and clinics' names."""
    why = "stands alone: write {{ clinic.city }}, or leave the place out"
    yield from (Literal(town, "town", why) for town in words.towns_in(text))
    why = "is the name of a location of this clinic"
    yield from (Literal(name, "location", why) for name in words.locations_in(text))
    why = "is part of another name, so it was not replaced"
    for found in words.state_pattern.finditer(text) if words.state_pattern else ():
        if not is_elsewhere(found):
            yield Literal(found[0], "state", why)


_LEGAL_FORM = re.compile(
    r"\{\{ clinic\.name \}\},? (?:P?LL[CP]\b|L\.L\.C\.|Inc\b\.?|P\.?[AC]\b\.?|Ltd\b\.?|Corp\b\.?)"
)


def remains_beside_tokens(text: str, words: ClinicWords) -> Iterator[Literal]:
    """What was written next to a name or town and would now stand next to another clinic's."""
    why = "would give any clinic this legal form: leave it out"
    yield from (Literal(found[0], "legal_form", why) for found in _LEGAL_FORM.finditer(text))
    why = "ends in the state's postal code: write {{ clinic.state }}"
    for found in words.state_code_pattern.finditer(text) if words.state_code_pattern else ():
        yield Literal(found[0], "state_code", why)
