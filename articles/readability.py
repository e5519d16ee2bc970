"""How hard a text is to read: lines in; grade, long sentences and jargon with plainer words out.

T-12. The grade is Flesch-Kincaid's: years of school in the United States, by the length of
sentences and words (Kincaid and others, Research Branch Report 8-75, 1975). Pure: no database, no
request.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.importing.sentences import sentences

# Guidance on health literacy asks for less: a warning is shown above it.
HIGHEST_GRADE = 9.0
LONG_SENTENCE = 25
MOST_SENTENCES = 3
# Of less than that a grade says nothing.
FEWEST_WORDS = 30

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d.,]*")
_MARKER = re.compile(r"\[\d{1,3}(?: ?[,–-] ?\d{1,3})*\]")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables: "area", "usual", "video", "being", "anxiety", "diagnosis".
_APART = re.compile(
    r"(?<![cts])ia(?!n$)|yal|(?<![cgst])io|(?<![ct])(?<!fr)ie(?=[nt])|scien|ual|eo$|eing|(?<=[a-z][a-z])eas?$"
)
# "take", "while", "asked" and "takes" end without a syllable of their own; "little", "wanted" and
# "boxes" with one.
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytd]ed|[^aeiouyscghxz]es)$")
_JARGON = Path(__file__).parent / "jargon.toml"


@dataclass(frozen=True)
class Jargon:
    """A word as it stands in the text, and what patients say instead."""

    word: str
    plainer: str


@dataclass(frozen=True)
class Readability:
    """`grade` is None for a text that is too short to have one."""

    words: int
    grade: float | None
    long_sentences: tuple[str, ...]
    jargon: tuple[Jargon, ...]

    @property
    def is_hard(self) -> bool:
        return self.grade is not None and self.grade > HIGHEST_GRADE


def readability(lines: Iterable[str]) -> Readability:
    """Each line is a paragraph or an item of a list, which need not end with a full stop."""
    found = [each for line in lines for each in sentences(_MARKER.sub("", line)) if words_in(each)]
    words = [word for sentence in found for word in words_in(sentence)]
    grade = _grade(words, len(found)) if len(words) >= FEWEST_WORDS else None
    long = [each for each in found if len(words_in(each)) > LONG_SENTENCE]
    longest = sorted(long, key=lambda each: -len(words_in(each)))[:MOST_SENTENCES]
    return Readability(len(words), grade, tuple(longest), _jargon_in("\n".join(found)))


def words_in(text: str) -> list[str]:
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """As they are heard, by the spelling: a rule of thumb, right for nine words of ten."""
    folded = word.casefold().replace("’", "'").split("'")[0]
    if not folded[:1].isalpha():
        return 1
    return sum(_syllables_of_part(part) for part in folded.split("-") if part)


def _syllables_of_part(part: str) -> int:
    count = len(_VOWELS.findall(part)) + len(_APART.findall(part))
    return max(1, count - (_SILENT.search(part) is not None))


def _grade(words: list[str], sentence_count: int) -> float:
    heard = sum(syllables(word) for word in words)
    return round(0.39 * len(words) / sentence_count + 11.8 * heard / len(words) - 15.59, 1)


def _jargon_in(text: str) -> tuple[Jargon, ...]:
    """Each once, in the order of the text."""
    plainer, pattern = _jargon()
    found = {each[0].casefold(): each[0] for each in reversed(list(pattern.finditer(text)))}
    return tuple(Jargon(word, plainer[key]) for key, word in reversed(found.items()))


@cache
def _jargon() -> tuple[Mapping[str, str], re.Pattern[str]]:
    with _JARGON.open("rb") as file:
        plainer: dict[str, str] = tomllib.load(file)
    longest_first = sorted(plainer, key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    return plainer, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
