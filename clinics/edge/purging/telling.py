"""Tells one node what it has to drop: parcels in, what became of each out. No database.

Parcels are merged into one request. One that fails is told from a node that fails by asking for
the tag of no page: when that works, the parcels are doubtful, and next time they go in smaller
groups, until the one that is refused is alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from clinics.edge.purging.nodes import EdgeNode, NodeKind
from clinics.edge.purging.requests import NO_PAGE, fits, request_for
from clinics.edge.purging.sending import WHOLE_SECONDS, NotPurgedError, send

# How many parcels go together after so many refusals.
GROUPS = (1000, 100, 10, 1)
# What is not told within it waits for the next turn.
TURN_SECONDS = 4.0
LONGEST_TURN = TURN_SECONDS + 2 * WHOLE_SECONDS


@dataclass(frozen=True)
class Parcel:
    """The tags of one delivery, and how often it was refused."""

    pk: int
    tags: frozenset[str]
    tries: int = 0


@dataclass
class Outcome:
    """`failure` is why the node is left alone for a while; then only some parcels were told."""

    told: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    failure: str = ""
    wait_seconds: int = 0


def tell(node: EdgeNode, parcels: Sequence[Parcel], *, is_doubtful: bool) -> Outcome:
    """`is_doubtful`: the node failed the last time, so it is asked first whether it is there."""
    outcome, nothing = Outcome(), request_for(node, [NO_PAGE])
    until = monotonic() + TURN_SECONDS
    try:
        if is_doubtful:
            send(nothing)
        for group in groups_of(node.kind, parcels):
            if monotonic() >= until:
                break
            try:
                send(request_for(node, {tag for parcel in group for tag in parcel.tags}))
            except NotPurgedError as error:
                send(nothing)
                outcome.refused |= {parcel.pk: str(error) for parcel in group}
            else:
                outcome.told += [parcel.pk for parcel in group]
    except NotPurgedError as error:
        outcome.failure, outcome.wait_seconds = str(error), error.wait_seconds
    return outcome


def groups_of(kind: NodeKind, parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """What was never refused first, as much of it in one request as the node takes."""
    last = len(GROUPS) - 1
    in_order = sorted(parcels, key=lambda parcel: (min(parcel.tries, last), parcel.pk))
    group: list[Parcel] = []
    tags: set[str] = set()
    for parcel in in_order:
        most = GROUPS[min(parcel.tries, last)]
        is_full = len(group) >= most or not fits(kind, tags | parcel.tags)
        if group and (is_full or min(group[0].tries, last) != min(parcel.tries, last)):
            yield group
            group, tags = [], set()
        group.append(parcel)
        tags |= parcel.tags
    if group:
        yield group
