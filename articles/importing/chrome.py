"""Lines of a scraped page in, the same lines out, each read as text or as page chrome (I-01).

Only whole lines are chrome, never a sentence of the body; nothing is removed without saying what
became of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from articles.importing import chrome_words
from articles.importing.dates import DateLine, is_reading_time, read_date_line
from articles.importing.lines import Line, is_credit, is_heading, list_marker
from clinics.alt_text import is_useless_alt

_LONGEST_CHROME = 160


@dataclass(frozen=True)
class Chrome:
    """One removed line; `became` is a sentence for the report.

    `action` is set for a call to action, `day` for a date line that says when it was published.
    """

    text: str
    kind: str
    became: str
    action: str = ""
    day: date | None = None


def read_chrome(lines: Sequence[Line]) -> tuple[Line | Chrome, ...]:
    first, last = _body_edges(lines)
    has_date, read = False, list[Line | Chrome]()
    for position, line in enumerate(lines):
        at_edge = not first < position < last
        heads_the_body = position == first - 1 and position > 0
        chrome = _chrome(line.text, at_edge=at_edge, is_button=at_edge and not heads_the_body)
        moment = None if chrome else read_date_line(line.text)
        if moment and (at_edge or (moment.day and not has_date)):
            chrome = _date(line.text, moment)
            has_date = has_date or moment.day is not None
        read.append(chrome or line)
    return tuple(read)


def _body_edges(lines: Sequence[Line]) -> tuple[int, int]:
    """Positions of the first and last paragraph: menus and buttons stand before and after."""
    body = [position for position, line in enumerate(lines) if _is_body(line.text)]
    return (body[0], body[-1]) if body else (len(lines), -1)


def _is_body(text: str) -> bool:
    if list_marker(text):
        return True
    return _has_word(text) and not is_heading(text) and not is_credit(text)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _chrome(text: str, *, at_edge: bool, is_button: bool) -> Chrome | None:
    """A line with a full stop is a sentence, whatever it says."""
    if not _has_word(text):
        return Chrome(text, "separator", f"“{text}” was removed: a line of the old page.")
    if text.endswith(".") or len(text) > _LONGEST_CHROME:
        return None
    folded = _folded(text)
    if _is_sharing(folded, at_edge=at_edge):
        return Chrome(text, "share", f"“{text}” was removed: the page has its own share control.")
    if _one_of(chrome_words.SKIPPING, folded):
        return Chrome(text, "skip", f"“{text}” was removed: the page has its own skip link.")
    if action := _button(folded, is_sure=is_button):
        return Chrome(text, "cta", f"“{text}” was taken for a button.", action=action)
    if is_useless_alt(text) or _one_of(chrome_words.PLACEHOLDERS, folded):
        return Chrome(text, "alt", f"“{text}” was removed: it says nothing about a picture.")
    if is_reading_time(text):
        return Chrome(text, "navigation", f"“{text}” was removed: reading time of the old page.")
    if at_edge and _one_of(chrome_words.NAVIGATION, folded):
        return Chrome(text, "navigation", f"“{text}” was removed: menu of the old page.")
    return None


def _date(text: str, moment: DateLine) -> Chrome:
    if moment.day and moment.is_published:
        became = f"DATE: “{text}” became the published date; check it, and set a review date."
        return Chrome(text, "date", became, day=moment.day)
    return Chrome(text, "date", f"DATE: “{text}” was removed and not kept as a date.")


_EDGES = re.compile(r"^[^\w(+&@]+|[^\w)]+$")
_BREAKS = r"(?:[\s|/•·,&>»:;+–—-]|\bor\b|\band\b)+"
_PHONE = re.compile(r"(?<!\w)(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?!\w)")


def _folded(text: str) -> str:
    plain = " ".join(text.casefold().replace("’", "'").split())
    return _EDGES.sub("", plain)


def _one_of(patterns: Sequence[str], folded: str) -> bool:
    return re.fullmatch("|".join(f"(?:{pattern})" for pattern in patterns), folded) is not None


def _is_sharing(folded: str, *, at_edge: bool) -> bool:
    phrase = "(?:" + "|".join(f"(?:{pattern})" for pattern in chrome_words.SHARING) + r")(?!\w)"
    run = re.fullmatch(rf"{phrase}(?:{_BREAKS}{phrase})*(?:{_BREAKS}\d+)?", folded)
    return run is not None and (at_edge or folded.startswith(chrome_words.SHARING_STARTS))


def _button(folded: str, *, is_sure: bool) -> str:
    """The action of a line made of button labels alone, "" otherwise.

    A telephone number behind the label belongs to the button: the clinic's own stands there later.
    Labels run together, or with a number, are a button anywhere.
    """
    without_number = _EDGES.sub("", _PHONE.sub(" ", folded))
    labels = _labels(without_number)
    is_sure = is_sure or len(labels) > 1 or without_number != folded
    if not labels or not (is_sure or labels[0] in _SURE):
        return ""
    return _action([_KINDS[label] for label in labels])


_ALL_BUTTONS = (*chrome_words.BUTTONS, *chrome_words.POSSIBLE_BUTTONS)
_KINDS = {f"b{number}": kind for number, (kind, _) in enumerate(_ALL_BUTTONS)}
_SURE = frozenset(f"b{number}" for number in range(len(chrome_words.BUTTONS)))
_LABEL = re.compile(
    "|".join(rf"(?P<b{n}>(?:{pattern})(?!\w))" for n, (_, pattern) in enumerate(_ALL_BUTTONS))
)
_BREAK = re.compile(_BREAKS)


def _labels(folded: str) -> list[str]:
    """The labels that fill the line without a rest, else nothing."""
    labels, position = [], 0
    while position < len(folded):
        if found := _BREAK.match(folded, position):
            position = found.end()
        elif found := _LABEL.match(folded, position):
            labels.append(str(found.lastgroup))
            position = found.end()
        else:
            return []
    return labels


def _action(kinds: list[str]) -> str:
    if "call_text" in kinds or {"call", "text"} <= set(kinds):
        return "call_text"
    return kinds[0]
