"""Who wins: the shared sections of a release and one clinic's overrides become one reading order.

Pure: plain values in, plain values out; no database, no request, no rendering. The rules are the
merge table of the architecture; each row has a test of its own in `tests/articles/test_merge.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import Any

from articles.insert_place import find_place


class State(StrEnum):
    """What an editor is told about a section, a field or an article."""

    FOLLOWS = "FOLLOWS"
    OWN = "OWN"
    WAITING = "WAITING"
    HIDDEN = "HIDDEN"
    ORPHAN = "ORPHAN"
    SUSPENDED = "SUSPENDED"
    CONFLICT = "CONFLICT"
    HELD = "HELD"


_ACTIONS = {"replace", "hide", "insert", "fill"}
_MOST_URGENT_FIRST = (
    State.SUSPENDED,
    State.CONFLICT,
    State.ORPHAN,
    State.WAITING,
    State.HELD,
)


@dataclass(frozen=True)
class SharedSection:
    """One section of a release. `safety` is the number of its last safety release, 0 for none.

    A slot has a `slot` name and its fallback sections; `content` is carried along unread.
    """

    id: str
    type: str
    digest: str
    locked: bool = False
    safety: int = 0
    slot: str = ""
    fallback: tuple[SharedSection, ...] = ()
    content: Any = field(default=None, compare=False)

    @property
    def is_slot(self) -> bool:
        # The slot of a draft may still lack its name.
        return self.type == "slot" or bool(self.slot)


@dataclass(frozen=True)
class LocalSection:
    """One section that a clinic wrote."""

    id: str
    type: str
    content: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Override:
    """One difference of a clinic.

    `action` is replace, hide, insert or fill. `section` is the shared section's id (replace, hide,
    and insert before/after); `slot` the slot's name (fill). `position` (insert) is before, after,
    start or end. `neighbours` are the ids of all shared sections in reading order as the editor saw
    them. `base` is the number of the release that the editor saw, `base_digest` the digest that the
    section (or the slot) had in it; None when that release did not have it.
    """

    id: str
    action: str
    base: int
    base_digest: str | None = None
    section: str = ""
    slot: str = ""
    position: str = ""
    neighbours: tuple[str, ...] = ()
    sections: tuple[LocalSection, ...] = ()


@dataclass(frozen=True)
class MergedSection:
    """A section in the reading order, or one that is not shown.

    `origin` is shared or local. `override` is the id of the override that acts here, "" for none.
    """

    id: str
    type: str
    origin: str
    state: State
    override: str = ""
    content: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Merged:
    """`sections` is what a patient reads, in order; `not_shown` what exists and is not read."""

    sections: tuple[MergedSection, ...]
    not_shown: tuple[MergedSection, ...]


def merge_sections(shared: Sequence[SharedSection], overrides: Sequence[Override]) -> Merged:
    """Every shared section and every text of the clinic is in the result once, shown or not.

    The order of the overrides counts in two cases only: inserts at the very same place keep it, and
    of two overrides of one section the first wins. A replacement without a section says nothing yet
    and is passed over: an unfinished draft never takes a shared text away. An unknown action or
    position raises ValueError.
    """
    overrides = [override for override in overrides if _says_something(override)]
    changes, orphans = _changes_by_section(shared, overrides)
    inserted = _inserted_by_gap(shared, overrides)

    shown = inserted[0]
    not_shown: list[MergedSection] = []
    for gap, section in enumerate(shared, start=1):
        here = _merge_section(section, changes.pop(section.id, ()))
        shown += [*here.sections, *inserted[gap]]
        not_shown += here.not_shown
    for orphan in orphans:
        not_shown += _set_aside(orphan, State.ORPHAN)
    return Merged(tuple(shown), tuple(not_shown))


def field_state(
    *, base_digest: str | None, digest: str, safety: int = 0, base: int = 0, locked: bool = False
) -> State:
    """The state of something that is overridden; a caller without an override has FOLLOWS already.

    A lock or a safety release that the editor has not seen comes before everything else.
    """
    if locked or safety > base:
        return State.SUSPENDED
    return State.OWN if base_digest == digest else State.WAITING


def article_state(merged: Merged, field_states: Iterable[State], held: bool) -> State:
    """The one state of an article in lists: the one that most needs somebody's attention."""
    found = {section.state for section in (*merged.sections, *merged.not_shown)} | {*field_states}
    if held:
        found.add(State.HELD)
    is_own = State.OWN in found or State.HIDDEN in found
    calm = State.OWN if is_own else State.FOLLOWS
    return next((state for state in _MOST_URGENT_FIRST if state in found), calm)


def _says_something(override: Override) -> bool:
    if override.action not in _ACTIONS:
        raise ValueError(f"Override {override.id!r} has the unknown action {override.action!r}.")
    return override.action != "replace" or bool(override.sections)


def _changes_by_section(
    shared: Sequence[SharedSection], overrides: Sequence[Override]
) -> tuple[dict[str, list[Override]], list[Override]]:
    """The overrides by the id of the section they change, and those whose section is gone."""
    ids = {section.id for section in shared}
    slots = {section.slot: section.id for section in shared if section.slot}
    changes: defaultdict[str, list[Override]] = defaultdict(list)
    orphans = []
    for override in overrides:
        if override.action == "insert":
            continue
        target = slots.get(override.slot) if override.action == "fill" else override.section
        if target in ids:
            changes[target].append(override)
        else:
            orphans.append(override)
    return changes, sorted(orphans, key=lambda orphan: (orphan.section, orphan.slot))


def _merge_section(section: SharedSection, changes: Sequence[Override]) -> Merged:
    if not changes:
        return Merged(_shared_text(section, State.FOLLOWS), ())
    first, *later = changes
    state = _change_state(section, first, is_contested=bool(later))
    theirs = _shared_text(section, state, first.id)
    ours = _local_text(first, state)

    if state is State.SUSPENDED:
        shown, aside = theirs, ours
    elif ours and first.action != "hide":
        shown, aside = ours, ()
    else:
        shown, aside = (), theirs + ours
    if not shown and not aside:  # an empty slot, emptied
        aside = _set_aside(first, state)
    for override in later:
        aside += _set_aside(override, State.CONFLICT)
    return Merged(shown, aside)


def _change_state(section: SharedSection, override: Override, *, is_contested: bool) -> State:
    state = field_state(
        base_digest=override.base_digest,
        digest=section.digest,
        safety=section.safety,
        base=override.base,
        locked=section.locked,
    )
    if state is State.SUSPENDED:
        return state
    if is_contested:
        return State.CONFLICT
    hides = override.action == "hide" or not override.sections
    return State.HIDDEN if hides and state is State.OWN else state


def _shared_text(
    section: SharedSection, state: State, override: str = ""
) -> tuple[MergedSection, ...]:
    """The section itself, or what stands in a slot that nobody filled; a slot is never shown."""
    return tuple(
        MergedSection(part.id, part.type, "shared", state, override, part.content)
        for part in (section.fallback if section.is_slot else (section,))
    )


def _local_text(override: Override, state: State) -> tuple[MergedSection, ...]:
    """The clinic's sections. A replacement takes the id of what it replaces: links stay good."""
    ids = [section.id for section in override.sections]
    if override.action == "replace":
        ids[0] = override.section
    return tuple(
        MergedSection(id_, section.type, "local", state, override.id, section.content)
        for id_, section in zip(ids, override.sections, strict=True)
    )


def _set_aside(override: Override, state: State) -> tuple[MergedSection, ...]:
    """The clinic's sections; for a decision without a text an entry without type and content."""
    entry = MergedSection(override.section or override.slot, "", "local", state, override.id)
    return _local_text(override, state) or (entry,)


def _inserted_by_gap(
    shared: Sequence[SharedSection], overrides: Sequence[Override]
) -> defaultdict[int, list[MergedSection]]:
    """The inserted sections by the number of shared sections in front of them, in reading order."""
    order = {section.id: index for index, section in enumerate(shared)}
    placed = [
        (find_place(insert.position, insert.section, insert.neighbours, order), insert)
        for insert in overrides
        if insert.action == "insert"
    ]
    gaps: defaultdict[int, list[MergedSection]] = defaultdict(list)
    for place, insert in sorted(placed, key=itemgetter(0)):
        gaps[place.gap] += _local_text(insert, State.WAITING if place.is_guess else State.OWN)
    return gaps
