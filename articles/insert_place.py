"""Where a section that a clinic inserted stands among the shared sections of a release.

The position and anchor of one insert come in, a sortable place goes out; an insert always gets one,
also when its anchor is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

_OF_SECTION_IN_FRONT, _ANCHOR_GONE, _OF_SECTION_BEHIND = range(3)


class Place(NamedTuple):
    """Places sort in reading order.

    `gap` counts the shared sections in front. In one gap come first the inserts that belong to the
    section in front, then those whose anchor is gone, in the order their anchors had, then those
    that belong to the section behind.
    """

    gap: int
    rank: int
    old_order: int = 0

    @property
    def is_guess(self) -> bool:
        return self.rank == _ANCHOR_GONE


def find_place(
    position: str, anchor: str, neighbours: Sequence[str], order: Mapping[str, int]
) -> Place:
    """`order` has the index of each shared section by id; `neighbours` is what the editor saw.

    An unknown position raises ValueError.
    """
    if position == "start":
        return Place(0, _OF_SECTION_IN_FRONT)
    if position == "end":
        return Place(len(order), _OF_SECTION_BEHIND)
    if position == "after":
        if anchor in order:
            return Place(order[anchor] + 1, _OF_SECTION_IN_FRONT)
        return _after_lost(anchor, neighbours, order)
    if position == "before":
        if anchor in order:
            return Place(order[anchor], _OF_SECTION_BEHIND)
        return _before_lost(anchor, neighbours, order)
    raise ValueError(f"Unknown position {position!r} of an insert.")


def _after_lost(anchor: str, neighbours: Sequence[str], order: Mapping[str, int]) -> Place:
    """After the nearest survivor in front of the lost anchor, else at the start."""
    old = neighbours.index(anchor) if anchor in neighbours else 0
    in_front = [order[id_] for id_ in neighbours[:old] if id_ in order]
    return Place(in_front[-1] + 1 if in_front else 0, _ANCHOR_GONE, 2 * old + 1)


def _before_lost(anchor: str, neighbours: Sequence[str], order: Mapping[str, int]) -> Place:
    """Before the nearest survivor behind the lost anchor, else at the end."""
    old = neighbours.index(anchor) if anchor in neighbours else len(neighbours)
    behind = [order[id_] for id_ in neighbours[old + 1 :] if id_ in order]
    return Place(behind[0] if behind else len(order), _ANCHOR_GONE, 2 * old)
