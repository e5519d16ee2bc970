"""A paragraph in, its sentences out as they stand: joined by spaces they give it again."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9{])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Drs?|Mrs?|Ms|Prof|St|Ste|vs|approx|No|Fig|Jr|Sr|Ave|Blvd|e\.g|i\.e)|\b[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 8


def sentences(text: str) -> tuple[str, ...]:
    found, start = [], 0
    for gap in _END.finditer(text):
        before = text[max(start, gap.start() - _LONGEST_ABBREVIATION) : gap.start()]
        if not _ABBREVIATION.search(before):
            found.append(text[start : gap.end()].rstrip())
            start = gap.end()
    return tuple(part for part in [*found, text[start:].strip()] if part)
