"""The words of a section: the stored value of any block comes in, text without markup goes out."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

# Settings, and choices that are stored as codes: no patient reads them.
_NOT_WORDS = {
    *("locked", "role", "clinics_only", "expires", "stays"),
    *("level", "kind", "tone", "action", "name", "paid", "consent_date"),
}

# A page asks for the words of each section again; a kilobyte or two each.
MOST_TEXTS = 1_000

# Elements that do not part words; any other tag does: "<p>a</p><p>b</p>" is two words.
_INLINE = {"a", "b", "strong", "i", "em", "sup", "sub", "span"}


def plain_text(value: Any) -> str:
    """One line per text of the value, in stored order; numbers and references are no words."""
    return "\n".join(line for line in _lines(value) if line)


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return [_without_markup(value)]
    if isinstance(value, list):
        return [line for child in value for line in _lines(child)]
    if not isinstance(value, dict):
        return []
    if is_child(value):
        return _lines(value["value"])
    return [line for key, part in value.items() if key not in _NOT_WORDS for line in _lines(part)]


def is_child(value: dict[str, Any]) -> bool:
    """Whether this is Wagtail's wrapping of a stream or list child, not a struct of ours."""
    return {"type", "value"} <= value.keys() <= {"type", "value", "id"}


@lru_cache(maxsize=MOST_TEXTS)
def _without_markup(html: str) -> str:
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.pieces).split())


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])
