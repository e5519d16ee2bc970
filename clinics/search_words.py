"""How a patient's words are found in a text: a query comes in, terms, ranks and excerpts go out.

Pure. A term matches the start of a word, whatever its case and accents; "migraines" finds
"migraine" as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

MOST_TERMS = 8
LONGEST_QUERY = 100
EXCERPT_LENGTH = 170
# How alike a mistyped word has to be: "fybromyalgia" is 0.92 of "fibromyalgia".
CLOSE_ENOUGH = 0.78

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W_]+")
# Words that every text has say nothing about what is looked for.
_COMMON = frozenset(
    "a an and are at can do does for from how i in is it me my of on or that the to what where "
    "which who why with you your".split()
)


@dataclass(frozen=True)
class Piece:
    """A part of an excerpt; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool = False


def fold(text: str) -> str:
    """Lower case without accents, letter for letter: places in it are places in the text."""
    return _NOT_ASCII.sub(lambda match: _folded(match[0]), text).lower()


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    return unicodedata.normalize("NFKD", sign)[0].lower()[0]


def terms_of(query: str) -> tuple[str, ...]:
    """The words to look for, folded, each once; common words only where there are no others."""
    words = list(dict.fromkeys(_WORD.findall(fold(query[:LONGEST_QUERY]))))
    telling = [word for word in words if word not in _COMMON]
    return tuple(_stem(word) for word in (telling or words)[:MOST_TERMS])


def has_all(terms: Iterable[str], folded: str) -> bool:
    """Whether every term starts some word of a folded text."""
    return all(_pattern(term).search(folded) for term in terms)


def rank(terms: Iterable[str], title: str, summary: str, text: str) -> int:
    """The higher the earlier in the list: the title counts most, then the summary."""
    return sum(
        12 * _is_in(term, title) + 4 * _is_in(term, summary) + min(_count(term, text), 4)
        for term in terms
    )


def excerpt(terms: Sequence[str], text: str) -> tuple[Piece, ...]:
    """Some words around the first hit, with every hit marked; the start of the text without one."""
    flat = " ".join(text.split())
    folded = fold(flat)
    hits = sorted(match.span() for term in terms for match in _pattern(term).finditer(folded))
    first = hits[0][0] if hits else 0
    start = _word_start(flat, max(0, first - EXCERPT_LENGTH // 3))
    end = start + EXCERPT_LENGTH
    end = len(flat) if end >= len(flat) else flat.rfind(" ", start, end)
    pieces, at = [Piece("… ")] if start else [], start
    for left, right in hits:
        if left >= at and right <= end:
            pieces += [Piece(flat[at:left]), Piece(flat[left:right], is_hit=True)]
            at = right
    pieces += [Piece(flat[at:end]), *([Piece(" …")] if end < len(flat) else [])]
    return tuple(piece for piece in pieces if piece.text)


def corrected(terms: Iterable[str], vocabulary: Iterable[str]) -> tuple[str, ...]:
    """The terms with each that no text has replaced by the word most like it; may be unchanged."""
    words = {fold(word) for text in vocabulary for word in _WORD.findall(text) if len(word) > 3}
    return tuple(_closest(term, words) for term in terms)


def _closest(term: str, words: set[str]) -> str:
    if any(word.startswith(term) for word in words):
        return term
    found = get_close_matches(term, words, n=1, cutoff=CLOSE_ENOUGH)
    return found[0] if found else term


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(term)}\w*")


def _is_in(term: str, text: str) -> bool:
    return bool(_pattern(term).search(fold(text)))


def _count(term: str, text: str) -> int:
    return len(_pattern(term).findall(fold(text)))


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at else 0
