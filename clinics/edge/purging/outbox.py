"""Rows of the outbox: what is due for a node, what has become of it, and what may be deleted.

Every function is safe to run in several workers at once, and again after one was killed: telling a
node the same twice does no harm, and a row goes only after the node was told.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clinics.edge.purging.nodes import EdgeNode
from clinics.edge.purging.requests import clean_tags, portions
from clinics.edge.purging.telling import GROUPS, LONGEST_TURN, Outcome, Parcel
from clinics.models import PurgeDelivery, PurgeNode, PurgeOutbox

# A page made of the old between the change and the purge may reach the edge after the purge.
SETTLING = timedelta(seconds=2)
# Longer than any turn, so that nobody takes over from a worker that is alive.
LEASE = timedelta(seconds=LONGEST_TURN + 3)
# Under half a minute: an edge that is back is fresh within it.
LONGEST_NODE_PAUSE = timedelta(seconds=15)
LONGEST_ROW_PAUSE = timedelta(minutes=10)
# No copy of a page lives for an hour, so nothing that old is worth telling.
GIVEN_UP_AFTER = timedelta(days=7)
KEPT_DONE = timedelta(days=7)
ROWS_A_TURN = 1000
# Refusals after which a delivery is told on its own; when that is refused too, it waits.
_ALONE = len(GROUPS) - 1

log = logging.getLogger(__name__)


def spread(nodes: Sequence[EdgeNode], now: datetime) -> None:
    """Make the deliveries of purges that have none yet: one for each node."""
    fresh = PurgeOutbox.objects.filter(done_at=None, spread_at=None)
    # It is asked every second, and a transaction in SQLite keeps everybody else from writing.
    while fresh.exists():
        with transaction.atomic():
            rows = fresh.select_for_update(skip_locked=True).order_by("pk")[:ROWS_A_TURN]
            purges = _portioned(list(rows), now)
            if not purges:
                return
            deliveries = [
                PurgeDelivery(purge=purge, node=node.name, due_at=now, settles_at=now + SETTLING)
                for purge in purges
                if purge.tags
                for node in nodes
            ]
            PurgeDelivery.objects.bulk_create(deliveries, batch_size=500)
            if len(deliveries) < len(purges) * len(nodes) or not nodes:
                close_finished(now)


def _portioned(purges: list[PurgeOutbox], now: datetime) -> list[PurgeOutbox]:
    """The purges with clean tags, and more of them: each is one request to any node."""
    added = []
    for purge in purges:
        first, *others = list(portions(clean_tags(purge.tags))) or [[]]
        purge.tags, purge.spread_at = first, now
        added += [PurgeOutbox(tags=some, spread_at=now) for some in others]
    PurgeOutbox.objects.bulk_update(purges, ["tags", "spread_at"], batch_size=500)
    return purges + PurgeOutbox.objects.bulk_create(added, batch_size=500)


def close_finished(now: datetime) -> None:
    """Purges that every node was told are done."""
    left = Exists(PurgeDelivery.objects.filter(purge=OuterRef("pk")))
    spread_out = PurgeOutbox.objects.filter(done_at=None).exclude(spread_at=None)
    spread_out.filter(~left).update(done_at=now)


def take(node: EdgeNode, now: datetime) -> PurgeNode | None:
    """The node's row, leased; None while it is left alone, is somebody else's, or has nothing due.

    The lease of a worker that was killed runs out.
    """
    if not _due(node, now).exists():
        return None
    PurgeNode.objects.get_or_create(name=node.name)
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    ready = Q(next_try_at=None) | Q(next_try_at__lte=now)
    rows = PurgeNode.objects.filter(free, ready, name=node.name)
    if not rows.update(leased_until=now + LEASE):
        return None
    return PurgeNode.objects.get(name=node.name)


def parcels_of(node: EdgeNode, now: datetime) -> list[Parcel]:
    """Fresh ones first, so that no number of doubtful ones keeps them waiting."""
    due = _due(node, now).order_by("tries", "pk").values_list("pk", "purge__tags", "tries")
    return [Parcel(pk, frozenset(clean_tags(tags)), tries) for pk, tags, tries in due[:ROWS_A_TURN]]


@transaction.atomic
def record(row: PurgeNode, outcome: Outcome, started: datetime, now: datetime) -> None:
    """`started` is when the node was begun to be told, `now` when it has ended."""
    told = PurgeDelivery.objects.filter(pk__in=outcome.told)
    told.filter(settles_at__lte=started).delete()
    told.update(due_at=F("settles_at"), tries=0, error="")
    for delivery in PurgeDelivery.objects.filter(pk__in=outcome.refused):
        delivery.tries += 1
        delivery.error = outcome.refused[delivery.pk][:200]
        delivery.due_at = now
        if delivery.tries > _ALONE:
            delivery.due_at += pause(delivery.tries - _ALONE - 1, LONGEST_ROW_PAUSE)
        delivery.save(update_fields=["tries", "error", "due_at"])
    if outcome.told:
        close_finished(now)
    _give_back(row, outcome, now)


def pause(tries: int, longest: timedelta) -> timedelta:
    """One second, and twice as long after each failure."""
    return min(timedelta(seconds=2 ** min(tries, 20)), longest)


def sweep(nodes: Sequence[EdgeNode], now: datetime) -> None:
    """Drop what is too old, and what belongs to nodes that are not there any more."""
    names = [node.name for node in nodes]
    PurgeNode.objects.exclude(name__in=names).delete()
    PurgeDelivery.objects.exclude(node__in=names).delete()
    old = PurgeDelivery.objects.filter(purge__created_at__lt=now - GIVEN_UP_AFTER)
    for node, error in old.values_list("node", "error").distinct():
        log.error("Purges of %s are given up after a week: %s", node, error or "no answer")
    old.delete()
    close_finished(now)
    PurgeOutbox.objects.filter(done_at__lt=now - KEPT_DONE).delete()


def next_due(nodes: Sequence[EdgeNode], now: datetime) -> datetime | None:
    """When there is something to do again."""
    rows = {row.name: row for row in PurgeNode.objects.all()}
    moments = []
    for node in nodes:
        first = PurgeDelivery.objects.filter(node=node.name).order_by("due_at").first()
        if first:
            row = rows.get(node.name)
            waits = [row.next_try_at, row.leased_until] if row else []
            moments.append(max([first.due_at, now, *filter(None, waits)]))
    return min(moments, default=None)


def _due(node: EdgeNode, now: datetime) -> QuerySet[PurgeDelivery]:
    return PurgeDelivery.objects.filter(node=node.name, due_at__lte=now)


def _give_back(row: PurgeNode, outcome: Outcome, now: datetime) -> None:
    """End the lease, unless it ran out and is somebody else's by now."""
    values: dict[str, object] = {"tries": 0, "error": "", "failing_since": None}
    values |= {"next_try_at": None, "leased_until": None}
    if outcome.failure:
        wait = max(
            pause(row.tries, LONGEST_NODE_PAUSE),
            timedelta(seconds=min(outcome.wait_seconds, 300)),
        )
        values |= {"tries": min(row.tries + 1, 1000), "error": outcome.failure[:200]}
        values |= {"failing_since": row.failing_since or now, "next_try_at": now + wait}
    mine = PurgeNode.objects.filter(pk=row.pk, leased_until=row.leased_until)
    mine.update(**values)
