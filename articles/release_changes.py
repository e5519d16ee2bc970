"""What changed between two stored texts of an article: two revisions in, marked sections out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.digest import section_digest
from articles.plain_text import plain_text
from articles.word_diff import Change, Run, marked_change
from clinics.tokens import readable

type RawSection = Mapping[str, Any]
_FIELDS = ("title", "summary")


@dataclass(frozen=True)
class TextChange:
    """One field or section. `kind` is "changed", "rewritten" (so little is left that no word is
    marked), "same words" (a picture, link or setting changed), "added" or "removed"."""

    heading: str
    kind: str
    runs: tuple[Run, ...]
    field: str = ""


def text_changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[TextChange]:
    """The changes from one revision's content to another's, in the order of the new text.

    Without `before` everything is new.
    """
    return [*_field_changes(before, after), *_section_changes(_body(before), _body(after))]


def _field_changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Iterator[TextChange]:
    for name in _FIELDS:
        old = readable((before or {}).get(name) or "")
        new = readable(after.get(name) or "")
        if old != new:
            yield _changed("", old, new, field=name)


def _section_changes(
    before: Mapping[str, RawSection], after: Mapping[str, RawSection]
) -> Iterator[TextChange]:
    for id_, section in after.items():
        text = _text(section)
        if id_ not in before:
            yield TextChange(_heading(section), "added", (Run(Change.ADDED, text),))
        elif _digest(section) != _digest(before[id_]):
            yield _changed(_heading(section), _text(before[id_]), text)
    for id_, section in before.items():
        if id_ not in after:
            yield TextChange(_heading(section), "removed", (Run(Change.REMOVED, _text(section)),))


def _changed(heading: str, old: str, new: str, field: str = "") -> TextChange:
    if heading and old.partition("\n")[0] == new.partition("\n")[0] == heading:
        # It stands above the text already.
        old, new = old.partition("\n")[2], new.partition("\n")[2]
    runs = marked_change(old, new)
    is_marked = any(run.change != Change.KEPT for run in runs)
    kind = "changed" if is_marked else "same words" if old == new else "rewritten"
    return TextChange(heading, kind, runs, field)


def _body(content: Mapping[str, Any] | None) -> dict[str, RawSection]:
    return {each["id"]: each for each in json.loads(content["body"])} if content else {}


def _digest(section: RawSection) -> str:
    return section_digest(section["type"], section["value"])


def _text(section: RawSection) -> str:
    return readable(plain_text(section["value"]))


def _heading(section: RawSection) -> str:
    return _text(section).split("\n", 1)[0][:80] or str(section["type"])
