"""A text and a clinic's words in; the text with tokens out, and what an editor must look at.

Longest match first: the name, then the list of towns, then the state (I-04). A lone town is never
replaced: only a reader can tell whether it stands for the visiting clinic's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.importing.literals import Literal, places_left, remains_beside_tokens
from articles.importing.state_names import is_state
from articles.importing.words import ClinicWords, any_name_pattern

NAME = "{{ clinic.name }}"
STATE = "{{ clinic.state }}"
SERVICE_AREAS = "{{ clinic.service_areas }}"

_TOKEN = re.compile(r"\{\{[^{}]*\}\}")
_ONE_MORE = re.compile(r",?\s+(?:and|or|&)\s+[A-Z]")
_CONJUNCTION = re.compile(r"\s(?:and|or|&)\s", re.IGNORECASE)

type Accepts = Callable[[re.Match[str]], bool]


@dataclass(frozen=True)
class Replaced:
    literal: str
    token: str
    count: int


@dataclass(frozen=True)
class Tokenised:
    text: str
    tokens: tuple[Replaced, ...]
    reported: tuple[Literal, ...]


def tokenise(text: str, words: ClinicWords, others: Sequence[ClinicWords] = ()) -> Tokenised:
    """Plain text, before it becomes HTML.

    Tokens that are there already stay, so a second run changes nothing. Names of `others` stay
    whole: the state's name inside one of them is not this clinic's state.
    """
    every_name, kept = _name_patterns(words, tuple(others))
    counts: Counter[tuple[str, str]] = Counter()
    # Our own name may hold the shorter name of another clinic, so nothing but tokens is kept here.
    text = _filled(_parts(text, _TOKEN), every_name, NAME, _is_name_of(words), counts)
    if words.town_list_pattern:
        parts = _parts(text, kept)
        text = _filled(parts, words.town_list_pattern, SERVICE_AREAS, _is_whole_list, counts)
    if words.state_pattern:
        text = _filled(_parts(text, kept), words.state_pattern, STATE, is_state, counts)
    rest = "\n".join(_parts(text, kept)[::2])
    found = (*places_left(rest, words), *remains_beside_tokens(text, words))
    tokens = tuple(Replaced(literal, token, count) for (literal, token), count in counts.items())
    return Tokenised(text, tokens, tuple(dict.fromkeys(found)))


@lru_cache(maxsize=32)
def _name_patterns(
    words: ClinicWords, others: tuple[ClinicWords, ...]
) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All names, and what later steps leave alone: tokens and the names of other clinics."""
    every = any_name_pattern((words, *others))
    foreign = [other for other in others if other.name.casefold() != words.name.casefold()]
    if not foreign:
        return every, _TOKEN
    kept = f"{_TOKEN.pattern}|{any_name_pattern(foreign).pattern}"
    return every, re.compile(kept, re.IGNORECASE)


def _parts(text: str, kept: re.Pattern[str]) -> list[str]:
    """The text cut around what is kept: every second part is kept."""
    return list(_cut(text, kept))


def _cut(text: str, kept: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for found in kept.finditer(text):
        yield text[start : found.start()]
        yield found[0]
        start = found.end()
    yield text[start:]


def _filled(
    parts: Sequence[str],
    pattern: re.Pattern[str],
    token: str,
    accepts: Accepts,
    counts: Counter[tuple[str, str]],
) -> str:
    def fill(found: re.Match[str]) -> str:
        if not accepts(found):
            return found[0]
        counts[found[0], token] += 1
        return token

    return "".join(
        part if number % 2 else pattern.sub(fill, part) for number, part in enumerate(parts)
    )


def _is_name_of(words: ClinicWords) -> Accepts:
    return lambda found: words.name_pattern.fullmatch(found[0]) is not None


def _is_whole_list(found: re.Match[str]) -> bool:
    """False when the list goes on with a place that is not the clinic's."""
    goes_on = _ONE_MORE.match(found.string, found.end())
    return bool(_CONJUNCTION.search(found[0])) or goes_on is None
