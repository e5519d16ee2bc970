"""A text in, its sentences out that call to action: words of a page that has lost its buttons."""

from __future__ import annotations

import re

from articles.importing.sentences import sentences

_STAFF = r"(?:office|clinic|team|staff|practice|specialists?|doctors?|providers?)"
_US = rf"(?:us|(?:our|the) {_STAFF})"
_VISIT = r"(?:appointment|consultation|consult|visit|session|evaluation|assessment|call)"
_YOUR = r"(?: (?:an?|your|my|the|online|free|new|first|initial|next))+"
_CALL = re.compile(
    rf"\b(?:call|text|message|e-?mail|phone|contact|visit)(?:,? (?:or|and) \w+)? {_US}\b"
    rf"|\b(?:book|schedule|make|request|set up){_YOUR} (?:\w+ )?{_VISIT}\b"
    rf"|\bgive {_US} a call\b|\breach out to {_US}\b|\bget in touch\b|\breach out (?:today|now)\b"
    r"|\b(?:call|text|book|schedule) (?:now|today|online)\b"
    r"|\b(?:consult|contact|find|ask|see|call|speak (?:to|with)|talk to)\b[^.!?;]{1,60}"
    r"\b(?:in your area|near you)\b",
    re.IGNORECASE,
)


def orphan_ctas(text: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences(text) if _CALL.search(sentence))
