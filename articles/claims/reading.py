"""Parts of a page in, its sentences out, each with what it speaks of and what it cites.

Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from articles.claims.rule import PageFacts, Part
from articles.claims.rulebook import compiled
from articles.importing.sentences import sentences

# Typographic signs that patterns need not know; each is one character for one.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " "})
_MARKER = re.compile(r"\[(\d{1,3}(?: ?[,–-] ?\d{1,3})*)\]")
_CITATION = re.compile(
    r"\((?:[^()]*\b(?:19|20)\d{2}[^()]*)\)|\bet al\b|\bdoi\b|\bPMID\b|https?://"
    r"|\b(?:in|of|from) (?:a |an |one |the )?(?:(?!\d)[\w-]+ ){0,6}?"
    r"(?:survey|trial|study|guideline|report|review|label)s? (?:of|from|in|published in)"
    r" (?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2} (?:[\w-]+ ){0,3}(?:survey|trial|study|guideline|report|review|label)\b"
    r"|\b(?:published|reported) in (?:the )?(?-i:[A-Z])",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:—–(]|\s-\s|,\s*(?:it|they|we|ketamine|our|but|and|so|yet|which|who|while|although|though|whereas|because|since)\b"
    r"|\b(?:but|although|though|however|whereas|because|yet)\b",
    re.IGNORECASE,
)
_DENIED_LATER = re.compile(
    r"[^,.;:—–]{0,30}?\b(?:(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would)(?:\s+not\b"
    r"|n't\b)|cannot\b|(?:is|are|was|were|remains?) (?:\w+ )?(?:unknown|unclear|uncertain|unproven"
    r"|rare|unlikely|a myth|untrue|false)\b)",
    re.IGNORECASE,
)
_HELD_AGAINST = re.compile(
    r"\b(?:be (?:very |especially )?(?:wary|careful|cautious|skeptical)|beware|too good to be true"
    r"|should not be (?:promised|believed|trusted)|is a myth|is misleading|(?:nobody|no one) can"
    r"|we (?:do not|don't|cannot|can't|never|will not|won't) (?:promise|guarantee|claim|say"
    r"|know))\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"(?:is|are(?! you)|does|do(?! you)|did|can|could|will|has|have(?! you)|should|was|how|what"
    r"|when|why|which|who)\b",
    re.IGNORECASE,
)


class Subject(Enum):
    """What the words nearest to a place speak of. CARE is any treatment in general."""

    DRUG = auto()
    OTHER = auto()
    CARE = auto()
    DISEASE = auto()


class Subjects:
    """Finds what a sentence speaks of, by the words of the rules."""

    def __init__(self, words: Mapping[str, str]) -> None:
        kinds = {
            "the_drug": Subject.DRUG,
            "other_care": Subject.OTHER,
            "care": Subject.CARE,
            "disease": Subject.DISEASE,
        }
        self._kinds = kinds
        self._any = re.compile(
            r"(?<![\w-])(?:" + "|".join(f"(?P<{n}>{words[n]})" for n in kinds) + r")(?![\w])",
            re.IGNORECASE,
        )
        self.pronoun = re.compile(rf"(?<![\w-])(?:{words['pronoun']})\b", re.IGNORECASE)
        self.drug = re.compile(rf"(?<![\w-])(?:{words['drug']}|infusions?)\b", re.IGNORECASE)
        self.denying = compiled(rf"(?:{words['denying']})\b", words)
        self.not_denying = compiled(words["not_denying"], words)

    def named_in(self, text: str) -> list[tuple[int, Subject]]:
        """Every subject with its place, in the order of the text."""
        return [
            (found.start(), self._kinds[found.lastgroup])
            for found in self._any.finditer(text)
            if found.lastgroup
        ]


@dataclass(frozen=True)
class Sentence:
    """One sentence of a part. `before` is what the sentence before it spoke of."""

    text: str
    part: Part
    subjects: Subjects
    before: Subject | None
    on_drug_page: bool
    cites: frozenset[str]

    @cached_property
    def plain(self) -> str:
        """The text as patterns read it, of the same length."""
        return self.text.translate(_PLAIN)

    @cached_property
    def named(self) -> list[tuple[int, Subject]]:
        return self.subjects.named_in(self.plain)

    @cached_property
    def is_question(self) -> bool:
        """A question that can be answered with no; "Ready for relief?" is none."""
        return self.plain.rstrip(" \"'”)").endswith("?") and bool(
            _YES_OR_NO.match(self.plain.lstrip(" \"'“("))
        )

    def names(self, subject: Subject) -> bool:
        return any(kind == subject for _place, kind in self.named)

    def subject_at(self, start: int, end: int) -> Subject | None:
        """What the words at a place are said of: named before, meant by a pronoun, named after."""
        before = [kind for place, kind in self.named if place < start]
        if before:
            return before[-1]
        if self.subjects.pronoun.search(self.plain[:end]):
            # What "it" means on a page is not named in the rest of the sentence.
            return self.before
        after = [kind for place, kind in self.named if place >= start]
        return after[0] if after else None

    def is_denied(self, start: int, end: int) -> bool:
        """Whether the clause says the contrary of the words at a place."""
        if _HELD_AGAINST.search(self.plain):
            return True
        breaks = [found.end() for found in _CLAUSE_END.finditer(self.plain, 0, start)]
        clause = self.plain[breaks[-1] if breaks else 0 : start]
        clause = self.subjects.not_denying.sub(" ", " ".join(clause.split()[-12:]) + " ")
        if self.subjects.denying.search(clause):
            return True
        return _DENIED_LATER.match(self.plain, end) is not None


def read(parts: Iterable[Part], facts: PageFacts, subjects: Subjects) -> list[Sentence]:
    """All sentences in the order of the page; a pronoun never refers beyond its part's section."""
    parts = list(parts)
    on_drug_page = any(subjects.drug.search(part.text) for part in parts)
    found: list[Sentence] = []
    last: Subject | None = None
    section: object = None
    for part in parts:
        if (part.id, part.section) != section:
            last, section = None, (part.id, part.section)
        for text, cites in _sentences(part, facts):
            sentence = Sentence(text, part, subjects, last, on_drug_page, cites)
            found.append(sentence)
            agents = [kind for _place, kind in sentence.named if kind != Subject.DISEASE]
            # A pronoun takes up what the sentence before began with.
            last = agents[0] if agents else (last if not sentence.named else Subject.DISEASE)
    return found


def _sentences(part: Part, facts: PageFacts) -> Iterator[tuple[str, frozenset[str]]]:
    """The sentences with the kinds of sources that their block cites."""
    cited = part.evidence | _cited(part.text, facts)
    for line in part.text.split("\n"):
        for text in sentences(line):
            named = {"CITED"} if _CITATION.search(text) else set()
            yield text, cited | named


def _cited(text: str, facts: PageFacts) -> frozenset[str]:
    """The kinds of the sources whose numbers stand in the text; a number without one is none."""
    numbers = [int(each) for found in _MARKER.findall(text) for each in re.findall(r"\d+", found)]
    return frozenset(facts.sources[number] for number in numbers if number in facts.sources)
