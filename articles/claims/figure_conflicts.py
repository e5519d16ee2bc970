"""What texts say of one population, side by side: parts and kept figures in, conflicts out (T-08).

Pure: no database, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from articles.claims.populations import Count, counts_in, figures_about
from articles.claims.rule import Figure, Part
from articles.importing.sentences import sentences


@dataclass(frozen=True)
class Said:
    """One number in one sentence. `text` names its article for whoever asked.

    `figure` is what is known of it, if anything: `agrees` tells whether it says the same.
    """

    text: str
    part: Part
    sentence: str
    phrase: str
    count: Count
    figure: Figure | None
    agrees: bool

    @property
    def is_typed_though_kept(self) -> bool:
        """The library keeps exactly this figure: it could be inserted."""
        return bool(self.agrees and self.figure and self.figure.slug)


@dataclass(frozen=True)
class Subject:
    """Everything that is said of how many people have one disease.

    `is_conflict`: texts differ among themselves, or from what is known.
    """

    name: str
    said: tuple[Said, ...]
    is_conflict: bool


def subjects_of(
    texts: Mapping[str, Iterable[Part]], figures: Sequence[Figure], diseases: re.Pattern[str]
) -> tuple[Subject, ...]:
    """What texts say of whole populations, by disease; those with a conflict first.

    Percent and million are about the same people: a share that differs from its known figure
    differs from a number that agrees with its own.
    """
    found: dict[str, list[Said]] = {}
    for text, parts in texts.items():
        for part in parts:
            for disease, said in _said_in(text, part, figures, diseases):
                found.setdefault(disease, []).append(said)
    subjects = [Subject(name, tuple(said), _conflict(said)) for name, said in found.items()]
    return tuple(sorted(subjects, key=lambda each: (not each.is_conflict, each.name)))


def _said_in(
    text: str, part: Part, figures: Sequence[Figure], diseases: re.Pattern[str]
) -> Iterator[tuple[str, Said]]:
    for line in part.text.split("\n"):
        for sentence in sentences(line):
            disease = _disease(sentence, figures, diseases)
            if disease:
                for count in counts_in(sentence):
                    known = figures_about(sentence, figures, count.unit)
                    yield disease, _said(text, part, sentence, count, known)


def _disease(sentence: str, figures: Iterable[Figure], diseases: re.Pattern[str]) -> str:
    """What the sentence is about: by the words of a figure, else by the name of a disease."""
    patterns = [*(figure.about for figure in figures), diseases]
    named = next((found for each in patterns if (found := each.search(sentence))), None)
    return named[0].casefold() if named else ""


def _said(text: str, part: Part, sentence: str, count: Count, known: Sequence[Figure]) -> Said:
    agreeing = [figure for figure in known if count.agrees(figure)]
    # One that can be inserted is of more use than one of a file.
    best = sorted(agreeing or known, key=lambda figure: not figure.slug)
    phrase = sentence[count.start : count.end]
    return Said(text, part, sentence, phrase, count, best[0] if best else None, bool(agreeing))


def _conflict(said: Sequence[Said]) -> bool:
    if any(each.figure and not each.agrees for each in said):
        return True
    return any(
        one.text != other.text
        and one.count.unit == other.count.unit
        and not one.count.is_same(other.count)
        for one, other in combinations(said, 2)
    )
