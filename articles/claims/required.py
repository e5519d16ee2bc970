"""The blocks that a page about the drug has to have: its texts in, what is missing out.

C-01 and T-09. A section counts by its type, or else by its heading. Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from articles.claims.rule import Part


class Block(StrEnum):
    """What patients read before they are asked to call. An emergency may be anywhere."""

    OFF_LABEL = "OFF_LABEL"
    RISKS = "RISKS"
    EXCLUSIONS = "EXCLUSIONS"
    ALTERNATIVES = "ALTERNATIVES"
    LIMITS = "LIMITS"
    EMERGENCY = "EMERGENCY"


_OFF_LABEL = re.compile(
    r"\boff-label\b|\b(?:is|are|was|has|have|been|FDA)(?: \w+)?(?:n['’]t| not)(?: been)?"
    r"(?: (?:FDA|yet|specifically))*[- ]approved\b|\bnot FDA[- ]approved\b"
    r"|\bFDA has not approved\b",
    re.IGNORECASE,
)
_NAMES_DRUG = re.compile(
    r"\bketamine\b|\bit\b|\bthis (?:use|drug|medicine|treatment)\b", re.IGNORECASE
)
_RISKS = re.compile(r"\b(?:risks?|side[- ]effects?|harms?|safety)\b", re.IGNORECASE)
_EXCLUSIONS = re.compile(
    r"\b(?:who|when)\b.{0,30}\b(?:(?:should|must|may|can) ?not|(?:should|must)n['’]t|can['’]t)\b"
    r"|\bcontraindicat\w+|\bnot (?:the )?(?:right|suitable|safe|meant)\b|\bwho should avoid\b",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(
    r"\balternatives?\b|\b(?:other|different|first) (?:\w+ )?(?:choices?|options?|treatments?|ways?"
    r"|care|therap(?:y|ies))\b|\b(?:treatments?|choices?|options?|care|therap(?:y|ies)) (?:to talk"
    r" about|to try|to consider|that (?:come|may come|can help|are proven)|besides|before|instead)",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(?:evidence|research|stud(?:y|ies)|trials?|proof|science)\b"
    r"|\bwhat (?:we|is|isn['’]t|experts|doctors)\b.{0,20}\bkn[eo]wn?\b|\bnot (?:yet )?known\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\blimit(?:s|ed|ations?)?\b|\b(?:not|no|n['’]t)\b.{0,40}\b(?:clear(?:ly)?|known?|shown?|enough"
    r"|proven?|proof|benefit|stud(?:y|ied|ies)|differ\w*|tell|evidence)\b|\bun(?:clear|known|certain"
    r"|proven)\b|\b(?:small|few|weak|thin|mixed|low|short|poor)\b.{0,40}\b(?:stud(?:y|ies)|trials?"
    r"|certainty|evidence|proof|quality|research)\b|\b(?:stud(?:y|ies)|trials?|evidence|proof"
    r"|research|certainty)\b.{0,40}\b(?:small|few|weak|thin|mixed|low|short|poor)\b",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"\b(?:call|dial|phone|text)\b[^.!?]{0,30}\b(?:911|988)\b"
    r"|\b(?:get|find|seek|need|go|ask)\b[^.!?]{0,40}\bemergency (?:help|care|room|department)\b",
    re.IGNORECASE,
)
_HEADINGS = {Block.EXCLUSIONS: _EXCLUSIONS, Block.ALTERNATIVES: _ALTERNATIVES}
_CALL = "cta"


@dataclass(frozen=True)
class _Section:
    parts: tuple[Part, ...]

    @property
    def is_call(self) -> bool:
        return any(part.type == _CALL for part in self.parts)

    @property
    def words(self) -> str:
        return "\n".join(part.text for part in self.parts)

    def is_headed(self, pattern: re.Pattern[str]) -> bool:
        return any(part.is_heading and pattern.search(part.text) for part in self.parts)


def missing_blocks(parts: Iterable[Part]) -> tuple[Block, ...]:
    """What a page about the drug lacks, in the order of `Block`.

    The statement stands above the first call to action; risks, exclusions, alternatives and limits
    above it or right below it.
    """
    parts = tuple(part for part in parts if not part.is_removed)
    sections = _sections(parts)
    before = _down_to_the_call(sections)
    has = {
        Block.OFF_LABEL: states_off_label(parts),
        Block.RISKS: any(describes_risks(each.parts) for each in before),
        Block.LIMITS: any(_tells_limits(each) for each in before),
        Block.EMERGENCY: any(_EMERGENCY.search(each.words) for each in sections),
    }
    for block, heading in _HEADINGS.items():
        has[block] = any(each.is_headed(heading) for each in before)
    return tuple(block for block in Block if not has[block])


def states_off_label(parts: Iterable[Part]) -> bool:
    """Whether a text says that the use is not approved, before the first call to action (C-01)."""
    for part in parts:
        if part.type == _CALL and not part.is_removed:
            return False
        if part.is_heading or not part.is_on_page:
            continue
        if any(
            _OFF_LABEL.search(line) and (_NAMES_DRUG.search(line) or part.type == "statement")
            for line in part.text.split("\n")
        ):
            return True
    return False


def describes_risks(parts: Iterable[Part]) -> bool:
    """Whether the page has a section on risks (T-09)."""
    return any(
        part.type == "risks" or (part.is_heading and _RISKS.search(part.text)) for part in parts
    )


def _tells_limits(section: _Section) -> bool:
    """A heading about evidence is not enough: what it says may be all praise."""
    return section.is_headed(_EVIDENCE) and _LIMITS.search(section.words) is not None


def _sections(parts: Sequence[Part]) -> list[_Section]:
    """The sections of the body; fields of the head, as the title, belong to none."""
    groups = groupby(parts, key=lambda part: (part.id, part.section))
    return [_Section(tuple(group)) for key, group in groups if any(key)]


def _down_to_the_call(sections: list[_Section]) -> list[_Section]:
    """The sections above the first call to action, it and the one beside it below."""
    calls = [number for number, section in enumerate(sections) if section.is_call]
    return sections[: calls[0] + 2] if calls else sections
