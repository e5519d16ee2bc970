"""A text in, the comma lists of its symptom sentences out: offered, while the text stays (I-06)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.importing.sentences import sentences

FEWEST_ITEMS = 3
_LONGEST_SENTENCE = 2000

_SIGNS = r"(?:symptoms?|complaints?|signs?|side effects?|warning signs?)"
_LEAD = re.compile(
    rf"\b{_SIGNS}\b[^.:;]*?"
    r"(?:\b(?:includ(?:e|es|ed|ing)|such as|like|are|consist of|range from)\b:?|:)"
    r"(?:\s+(?:the following|things like|but are not limited to|but not limited to)\b:?)?\s+",
    re.IGNORECASE,
)
# Commas and semicolons, but not those inside brackets.
_COMMA = re.compile(r"\s*[,;](?![^(]*\))\s*")
_AND = re.compile(r"^(?:and(?: even)?|or|as well as|and/or|plus)\s+", re.IGNORECASE)
_LAST_AND = re.compile(r"\s+(?:and|or|as well as)\s+")
_CLAUSE = re.compile(
    r"^(?:which|who|that|but|although|though|while|because|so|when|where|if|making|leading|causing"
    r"|making it|depending|this|these|they|it|according)\b",
    re.IGNORECASE,
)
_LONGEST_ITEM = 12


@dataclass(frozen=True)
class OfferedList:
    """`sentence` as it stands in the text, and the items it lists."""

    sentence: str
    items: tuple[str, ...]


def offered_lists(text: str) -> tuple[OfferedList, ...]:
    offers = []
    for sentence in sentences(text):
        if len(sentence) > _LONGEST_SENTENCE:
            continue
        for lead in _LEAD.finditer(sentence):
            if len(items := _items(sentence[lead.end() :])) >= FEWEST_ITEMS:
                offers.append(OfferedList(sentence, items))
                break
    return tuple(offers)


def _items(tail: str) -> tuple[str, ...]:
    parts = [part for part in _COMMA.split(tail.rstrip(' .!?”"')) if part]
    items: list[str] = []
    for part in parts:
        if _CLAUSE.match(part) or len(part.split()) > _LONGEST_ITEM:
            break
        items.append(_AND.sub("", part))
        if _AND.match(part):
            return tuple(items)
    if len(items) == len(parts) > 1:
        # "fatigue, poor sleep and headaches": without the last comma the end still holds two items.
        items[-1:] = _LAST_AND.split(items[-1], maxsplit=1)
    return tuple(items)
