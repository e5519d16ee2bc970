"""Tells one node what it has to drop: parcels in, what became of each out. No database.

Parcels are merged into one request. One that fails is told from a node that fails by asking for
the tag of no page: when that works, the parcels are doubtful, and next time they go in smaller
groups, until the one that is refused is alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched, groupby
from time import monotonic

from clinics.edge.purging.nodes import EdgeNode
from clinics.edge.purging.requests import NO_PAGE, requests_for
from clinics.edge.purging.sending import WHOLE_SECONDS, NotPurgedError, send

# How many parcels go together after so many refusals.
GROUPS = (1000, 100, 10, 1)
# What is not told within it waits for the next turn.
TURN_SECONDS = 8.0
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
    outcome = Outcome()
    until = monotonic() + TURN_SECONDS
    try:
        if is_doubtful:
            _drop(node, [NO_PAGE])
        for group in groups_of(parcels):
            if monotonic() >= until:
                break
            try:
                _drop(node, {tag for parcel in group for tag in parcel.tags})
            except NotPurgedError as error:
                _drop(node, [NO_PAGE])
                outcome.refused |= {parcel.pk: str(error) for parcel in group}
            else:
                outcome.told += [parcel.pk for parcel in group]
    except NotPurgedError as error:
        outcome.failure, outcome.wait_seconds = str(error), error.wait_seconds
    return outcome


def groups_of(parcels: Iterable[Parcel]) -> Iterator[tuple[Parcel, ...]]:
    """What was never refused first, all of it together."""
    last = len(GROUPS) - 1
    level = {parcel.pk: min(parcel.tries, last) for parcel in parcels}
    in_order = sorted(parcels, key=lambda parcel: (level[parcel.pk], parcel.pk))
    for tries, same in groupby(in_order, key=lambda parcel: level[parcel.pk]):
        yield from batched(same, GROUPS[tries])


def _drop(node: EdgeNode, tags: Iterable[str]) -> None:
    for request in requests_for(node, tags):
        send(request)
