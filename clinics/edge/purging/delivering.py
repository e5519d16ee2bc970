"""One turn of the worker: everything that is due is told to its node, all nodes at the same time.

The database is asked by the caller's thread only; a node that hangs holds up nobody else's row.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from time import monotonic

from django.utils import timezone

from clinics.edge.purging import outbox
from clinics.edge.purging.nodes import EdgeNode, edge_nodes
from clinics.edge.purging.telling import LONGEST_TURN, Outcome, Parcel, tell
from clinics.models import PurgeNode

# Rounds of one call: each takes up to `ROWS_A_TURN` deliveries of every node.
_MOST_ROUNDS = 20

log = logging.getLogger(__name__)

type Clock = Callable[[], datetime]
type Answers = queue.SimpleQueue[tuple[str, Outcome]]


def deliver_due(clock: Clock = timezone.now) -> int:
    """Tell everything that is due, in as many rounds as it takes; returns how many were told."""
    nodes = edge_nodes()
    outbox.spread(nodes, clock())
    told = 0
    for _round in range(_MOST_ROUNDS):
        outcomes = _turn(nodes, clock)
        told += sum(len(outcome.told) for outcome in outcomes)
        if not any(outcome.told or outcome.refused for outcome in outcomes):
            break
    return told


def _turn(nodes: tuple[EdgeNode, ...], clock: Clock) -> list[Outcome]:
    started = clock()
    rows: dict[str, PurgeNode] = {}
    answers: Answers = queue.SimpleQueue()
    for node in nodes:
        row = outbox.take(node, started)
        if row is not None:
            rows[node.name] = row
            _begin(node, outbox.parcels_of(node, started), row, answers)
    outcomes = []
    for name, outcome in _arriving(answers, set(rows)):
        outbox.record(rows[name], outcome, started, clock())
        outcomes.append(outcome)
    return outcomes


def _begin(node: EdgeNode, parcels: list[Parcel], row: PurgeNode, answers: Answers) -> None:
    """In a thread, which dies with the process: looking a name up cannot be given a time limit."""

    def run() -> None:
        try:
            outcome = tell(node, parcels, is_doubtful=row.tries > 0)
        except Exception:
            log.exception("Telling %s has failed", node.name)
            outcome = Outcome(failure="an error of ours: see the log")
        answers.put((node.name, outcome))

    threading.Thread(target=run, name=f"purge-{node.name}", daemon=True).start()


def _arriving(answers: Answers, waiting: set[str]) -> Iterator[tuple[str, Outcome]]:
    """Each node's outcome as it comes; a failure for those that take longer than any turn."""
    until = monotonic() + LONGEST_TURN
    while waiting:
        try:
            name, outcome = answers.get(timeout=max(0.0, until - monotonic()))
        except queue.Empty:
            for name in waiting:
                yield name, Outcome(failure="no answer in time")
            return
        waiting.discard(name)
        yield name, outcome
