"""Shares and numbers of whole populations: a sentence in, what it says of how many out (T-08).

Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.claims.rule import Figure

PERCENT, MILLION = "percent", "million"

_NUMBER = r"\d+(?:\.\d+)?"
_UNITS = {
    PERCENT: re.compile(
        rf"({_NUMBER})(?: ?(?:%|percent))?(?: ?(?:-|–|to|and) ?({_NUMBER}))? ?(?:%|percent)",
        re.IGNORECASE,
    ),
    MILLION: re.compile(rf"({_NUMBER})(?: ?(?:-|–|to|and) ?({_NUMBER}))? ?million", re.IGNORECASE),
}
_POPULATION = re.compile(
    r"\b(?:americans?|adults|people|population|united states|u\.s\.|us|the country|nationwide)\b",
    re.IGNORECASE,
)
_SUBGROUP = re.compile(
    r"\b(?:people|adults|patients|those|women|men) (?:with|who (?:have|live|suffer))\b"
    # Of the same illness only the hard cases.
    r"|\b(?:high-impact|severe|disabling)\b|\bthat (?:\w+ )?(?:limit|interfer|disabl)\w+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Count:
    """What a sentence says: one number, or the lowest and the highest; `decimals` as written."""

    unit: str
    low: float
    high: float
    decimals: int
    start: int
    end: int

    def is_same(self, other: Count) -> bool:
        """Whether both say the same, as exactly as the rougher one does."""
        rough = min(self.decimals, other.decimals)
        return self.unit == other.unit and self._rounded(rough) == other._rounded(rough)

    def agrees(self, figure: Figure) -> bool:
        """Whether it is within a figure, or the figure rounded as it is written."""
        if self.unit != figure.unit:
            return False
        known = (round(figure.low, self.decimals), round(figure.high, self.decimals))
        is_within = figure.low <= self.low and self.high <= figure.high
        return is_within or self._rounded(self.decimals) == known

    def _rounded(self, decimals: int) -> tuple[float, float]:
        return round(self.low, decimals), round(self.high, decimals)


def counts_in(text: str) -> Iterator[Count]:
    """What a sentence about a whole population says; one about a part of it says nothing here."""
    if not _POPULATION.search(text) or _SUBGROUP.search(text):
        return
    for unit, pattern in _UNITS.items():
        for found in pattern.finditer(text):
            written = [each for each in found.groups() if each]
            numbers = [float(each) for each in written]
            decimals = max(len(each.partition(".")[2]) for each in written)
            low, high = min(numbers), max(numbers)
            yield Count(unit, low, high, decimals, found.start(), found.end())


def figures_about(text: str, figures: Iterable[Figure], unit: str) -> list[Figure]:
    """The figures that a sentence is compared with."""
    return [each for each in figures if each.unit == unit and each.about.search(text)]
