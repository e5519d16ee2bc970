"""How alike two texts are: a text comes in, its overlapping runs of words go out."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9]+")

type Shingles = frozenset[tuple[str, ...]]


def shingles(text: str, size: int = 5) -> Shingles:
    """A text shorter than `size` words is one shingle; a text without a word has none."""
    words = _WORD.findall(text.lower())
    if not words:
        return frozenset()
    last_start = max(len(words) - size, 0)
    return frozenset(tuple(words[i : i + size]) for i in range(last_start + 1))


def jaccard(a: Shingles, b: Shingles) -> float:
    """From 0.0, nothing in common, to 1.0, the same; a text without a word is like no other."""
    return len(a & b) / len(a | b) if a and b else 0.0
