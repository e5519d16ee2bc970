"""Single edits of a clinic's overrides: stored overrides in, stored overrides out.

Pure: no database, no request; the input is never changed. Overrides are raw stream children
(`{"type", "value", "id"}`), so the same edit fits live text and a pending draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

type RawOverride = dict[str, Any]
type RawSection = dict[str, Any]


class UnknownOverrideError(KeyError):
    """Nothing is overridden there; the message names the target."""


@dataclass(frozen=True)
class Note:
    """Why a clinic differs, who looks after it, and when to look again (ISO date or None)."""

    reason: str = ""
    owner: str = ""
    review_date: str | None = None


def new_id() -> str:
    return str(uuid4())


def replace_section(
    overrides: Sequence[RawOverride],
    section: str,
    content: RawSection,
    *,
    base: int,
    note: Note,
    override: str = "",
) -> list[RawOverride]:
    """Our text in place of a shared section; an earlier decision about the section gives way.

    `override` is the id of the override if it is a new one; so for the functions below.
    """
    value = {"section": section, "content": [_with_id(content)], "base": base, **_note(note)}
    return _decided(overrides, section, "replace", value, override)


def hide_section(
    overrides: Sequence[RawOverride], section: str, *, base: int, note: Note, override: str = ""
) -> list[RawOverride]:
    """A shared section is not shown here."""
    value = {"section": section, "base": base, **_note(note)}
    return _decided(overrides, section, "hide", value, override)


def fill_slot(
    overrides: Sequence[RawOverride],
    slot: str,
    contents: Sequence[RawSection],
    *,
    base: int,
    note: Note,
    override: str = "",
) -> list[RawOverride]:
    """Our sections in a slot, none to leave it empty."""
    content = [_with_id(each) for each in contents]
    value = {"slot": slot, "content": content, "base": base, **_note(note)}
    return _decided(overrides, slot, "fill", value, override)


def insert_section(
    overrides: Sequence[RawOverride],
    content: RawSection,
    *,
    where: str,
    anchor: str = "",
    neighbours: Sequence[str] = (),
    base: int,
    note: Note,
    override: str = "",
) -> list[RawOverride]:
    """A section of our own, with the id `override`.

    `where` is before or after `anchor`, or start or end.
    """
    id_ = override or new_id()
    value = {
        "position": where,
        "section": anchor,
        "neighbours": _items(id_, neighbours),
        "content": [_with_id(content)],
        "base": base,
        **_note(note),
    }
    return [*overrides, {"type": "insert", "id": id_, "value": value}]


def change_insert(
    overrides: Sequence[RawOverride], override: str, content: RawSection, *, note: Note
) -> list[RawOverride]:
    """Another text in a section that we added before."""
    found = find_override(overrides, override)
    value = {**found["value"], "content": [_with_id(content)], **_note(note)}
    return _swapped(overrides, {**found, "value": value})


def follow_again(overrides: Sequence[RawOverride], target: str) -> list[RawOverride]:
    """Drop each override with this section, slot or id. Raises UnknownOverrideError without one."""
    left = [each for each in overrides if not _is_about(each, target)]
    if len(left) == len(overrides):
        raise UnknownOverrideError(target)
    return left


def drop_decisions(overrides: Sequence[RawOverride], ids: Sequence[str]) -> list[RawOverride]:
    """Without these overrides, and without rivals that would then decide about the same text."""
    targets = {t for each in overrides if each["id"] in ids for t in _targets(each)}
    return [
        each
        for each in overrides
        if each["id"] not in ids and (each["type"] == "insert" or not _targets(each) & targets)
    ]


@dataclass(frozen=True)
class Place:
    """Where an added section stands now: `where` and `anchor` as in `insert_section`."""

    where: str
    anchor: str
    neighbours: tuple[str, ...]


def keep_mine(
    overrides: Sequence[RawOverride], target: str, *, base: int, place: Place | None = None
) -> list[RawOverride]:
    """Our text was compared with this release and stays: its base moves up.

    `place` confirms where an added section stands. Raises UnknownOverrideError when nothing is
    overridden at the target.
    """
    if not any(_is_about(each, target) for each in overrides):
        raise UnknownOverrideError(target)
    return [_rebased(each, base, place) if _is_about(each, target) else each for each in overrides]


def make_our_own(
    overrides: Sequence[RawOverride], override: str, *, base: int, neighbours: Sequence[str]
) -> list[RawOverride]:
    """A replacement whose shared section is gone becomes a section of our own, at the end."""
    found = find_override(overrides, override)
    note = Note(
        found["value"].get("reason") or "",
        found["value"].get("owner") or "",
        found["value"].get("review_date"),
    )
    kept = [each for each in overrides if each["id"] != override]
    for content in found["value"].get("content") or []:
        kept = insert_section(
            kept, content, where="end", neighbours=neighbours, base=base, note=note
        )
    return kept


def find_override(overrides: Sequence[RawOverride], target: str) -> RawOverride:
    """The first override with this section, slot or id; UnknownOverrideError without one."""
    for each in overrides:
        if _is_about(each, target):
            return each
    raise UnknownOverrideError(target)


def _decided(
    overrides: Sequence[RawOverride], target: str, action: str, value: dict[str, Any], id_: str
) -> list[RawOverride]:
    """One decision for one target: the first override about it is replaced, rivals are dropped."""
    rivals = [each for each in overrides if _decides(each, target)]
    new = {"type": action, "value": value, "id": rivals[0]["id"] if rivals else id_ or new_id()}
    if not rivals:
        return [*overrides, new]
    kept = [each for each in overrides if each is rivals[0] or not _decides(each, target)]
    return _swapped(kept, new)


def _swapped(overrides: Sequence[RawOverride], new: RawOverride) -> list[RawOverride]:
    return [new if each["id"] == new["id"] else each for each in overrides]


def _decides(override: RawOverride, target: str) -> bool:
    return override["type"] != "insert" and target in _targets(override)


def _is_about(override: RawOverride, target: str) -> bool:
    return override["id"] == target or _decides(override, target)


def _targets(override: RawOverride) -> set[str]:
    value = override["value"]
    return {value.get("section") or "", value.get("slot") or ""} - {""}


def _rebased(override: RawOverride, base: int, place: Place | None) -> RawOverride:
    value = {**override["value"], "base": base}
    if override["type"] == "insert" and place:
        value |= {"position": place.where, "section": place.anchor}
        value["neighbours"] = _items(override["id"], place.neighbours)
    return {**override, "value": value}


def _items(id_: str, values: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "value": each, "id": f"{id_}-{number}"}
        for number, each in enumerate(values)
    ]


def _with_id(section: RawSection) -> RawSection:
    return {**section, "id": section.get("id") or new_id()}


def _note(note: Note) -> dict[str, Any]:
    return {"reason": note.reason, "owner": note.owner, "review_date": note.review_date}
