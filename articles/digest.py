"""Tells whether a section is still the same: stored stream data comes in, digests and ids go out.

Digests are compared across years of releases, so what they leave out (settings, defaults, nested
ids, the marks of the rich text editor) must never change without a new version prefix.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2s
from typing import Any, NamedTuple
from uuid import uuid4

from articles.plain_text import is_child, plain_text
from articles.shingles import Shingles, jaccard, shingles

type RawSection = dict[str, Any]

_VERSION = "1"
_SETTINGS = {"locked", "role", "clinics_only", "expires", "stays"}
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

# What names a section to a reader; a slot is named for good by its own name.
_HEADINGS = ("heading", "question", "name")
_ALIKE = 0.5


def section_digest(section_type: str, value: Any) -> str:
    return _digest(section_type, _section_content(value))


def field_digest(value: Any) -> str:
    """The digest of a field outside the sections; all kinds of empty are the same."""
    return _digest("", _content(value))


def section_digests(raw_stream: Sequence[RawSection]) -> dict[str, str]:
    """Digests by section id. A section without an id is left out: reconcile the ids first."""
    return {
        section["id"]: section_digest(section["type"], section["value"])
        for section in raw_stream
        if section.get("id")
    }


def reconcile_ids(old: Sequence[RawSection], new: Sequence[RawSection]) -> list[RawSection]:
    """The new stream with the ids of the old one, where an editor or the API lost or invented them.

    An id that the old stream knows stays. Any other section takes over the id of the first missing
    old section with the same digest, else keeps its own, else gets a fresh one. Each id is given
    once: of two sections with one id the first keeps it. Neither stream is changed.
    """
    new_ids = {section.get("id") for section in new}
    missing: defaultdict[str, deque[str]] = defaultdict(deque)
    for old_id, digest in section_digests(old).items():
        if old_id not in new_ids:
            missing[digest].append(old_id)

    kept = {section.get("id") for section in old}
    used: set[str] = set()
    result = []
    for section in new:
        id_: str = section.get("id") or ""
        if id_ not in kept or id_ in used:
            same = missing[section_digest(section["type"], section["value"])]
            id_ = same.popleft() if same else id_
        if not id_ or id_ in used:
            id_ = str(uuid4())
        used.add(id_)
        result.append({**section, "id": id_})
    return result


def match_sections(old: Sequence[RawSection], new: Sequence[RawSection]) -> list[str | None]:
    """For each new section the id of the old one that it continues, None where there is none.

    Equal content is matched before equal headings, those before alike wording: a weak match must
    not take an id that a better one needs. Each old id is used once, the first of equals first.
    """
    free = {section["id"]: _traits(section) for section in old if section.get("id")}
    wanted = [_traits(section) for section in new]
    matched: list[str | None] = [None] * len(new)
    for likeness in (_content_likeness, _heading_likeness, _wording_likeness):
        for index, traits in enumerate(wanted):
            if matched[index] is None:
                matched[index] = _most_alike(free, traits, likeness)
                free.pop(matched[index], None)
    return matched


class _Traits(NamedTuple):
    digest: str
    heading: str
    shingles: Shingles


def _traits(section: RawSection) -> _Traits:
    value = section["value"]
    return _Traits(
        section_digest(section["type"], value), _heading(value), shingles(plain_text(value))
    )


def _heading(value: Any) -> str:
    texts = [value.get(key) for key in _HEADINGS] if isinstance(value, dict) else []
    return next((text.strip().casefold() for text in texts if text), "")


def _content_likeness(a: _Traits, b: _Traits) -> float:
    return float(a.digest == b.digest)


def _heading_likeness(a: _Traits, b: _Traits) -> float:
    return float(bool(a.heading) and a.heading == b.heading)


def _wording_likeness(a: _Traits, b: _Traits) -> float:
    return jaccard(a.shingles, b.shingles)


def _most_alike(
    free: Mapping[str, _Traits], traits: _Traits, likeness: Callable[[_Traits, _Traits], float]
) -> str | None:
    scores = {id_: likeness(candidate, traits) for id_, candidate in free.items()}
    best = max(scores, key=lambda id_: scores[id_], default=None)
    return best if best is not None and scores[best] >= _ALIKE else None


def _section_content(value: Any) -> Any:
    if isinstance(value, dict):
        value = {key: part for key, part in value.items() if key not in _SETTINGS}
    return _content(value)


def _content(value: Any) -> Any:
    if isinstance(value, str):
        # Forms post line breaks as CRLF and drop blanks at both ends.
        text = _BLOCK_KEY.sub("", value).replace("\r\n", "\n").strip()
        return unicodedata.normalize("NFC", text)
    if isinstance(value, list):
        return [_child_content(child) for child in value]
    if isinstance(value, dict):
        parts = {key: _content(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if not _is_empty(part)}
    return value


def _child_content(child: Any) -> Any:
    """A child without its id. A stream's children are sections and have settings, a list's not."""
    if not (isinstance(child, dict) and is_child(child)):
        return _content(child)
    content = _content if child["type"] == "item" else _section_content
    return {"type": child["type"], "value": content(child["value"])}


def _is_empty(value: Any) -> bool:
    # 0 is a value; it equals False, so it must not be looked up in a collection with False.
    return value is None or value is False or value in ("", [], {})


def _digest(section_type: str, content: Any) -> str:
    known = [section_type, None if _is_empty(content) else content]
    canonical = json.dumps(known, sort_keys=True, separators=(",", ":"))
    return f"{_VERSION}:{blake2s(canonical.encode(), digest_size=16).hexdigest()}"
