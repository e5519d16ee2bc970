"""What changed between two texts: two texts in, runs of kept, removed and added words out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_LEAST_KEPT = 0.4
_WORD = re.compile(r"\s+|[^\s]+")


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Run:
    change: Change
    text: str


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """The runs in reading order: joined without the added ones they are `before`, without the
    removed ones `after`."""
    return tuple(run for run in _runs(_WORD.findall(before), _WORD.findall(after)) if run.text)


def marked_change(before: str, after: str) -> tuple[Run, ...]:
    """`after` with its differences marked; unmarked where so little is left of `before` that marks
    would only be noise."""
    runs = word_diff(before, after)
    kept = sum(len(run.text.split()) for run in runs if run.change == Change.KEPT)
    if kept < len(after.split()) * _LEAST_KEPT:
        return (Run(Change.KEPT, after),) if after else ()
    return runs


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    # autojunk would treat the commonest words of a long text as noise.
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Run(Change.KEPT, "".join(old[old_start:old_end]))
            continue
        yield Run(Change.REMOVED, "".join(old[old_start:old_end]))
        yield Run(Change.ADDED, "".join(new[new_start:new_end]))
