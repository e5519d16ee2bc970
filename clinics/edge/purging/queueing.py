"""Lets a worker deliver purges: on commit, again when they settle, and after whatever went wrong.

A request only writes rows. It never waits for a node, and it never fails because of one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils import timezone

from clinics.edge.purging import outbox
from clinics.edge.purging.delivering import deliver_due
from clinics.edge.purging.nodes import EdgeNode, edge_nodes
from clinics.models import PurgeNode, PurgeOutbox

# A purge that waits for so long has no task that is about to begin.
_ABOUT_TO_BEGIN = timedelta(seconds=5)


def close_without_nodes(instance: PurgeOutbox, **_kwargs: Any) -> None:
    """Before saving: where no edge is configured there is nothing to do."""
    if instance.pk is None and not edge_nodes():
        instance.done_at = timezone.now()


def deliver_on_commit(instance: PurgeOutbox, created: bool, **_kwargs: Any) -> None:
    """After saving. Should it fail, the change stays, and the next one or a sweep delivers it."""
    if created and instance.done_at is None:
        transaction.on_commit(partial(_queue_once, instance.pk), robust=True)


@task
def deliver() -> None:
    """Everything that is due. Whoever kills it finds the rest delivered when the lease is over."""
    nodes = edge_nodes()
    if not nodes:
        return
    now = timezone.now()
    outbox.spread(nodes, now)
    if outbox.next_due(nodes, now):
        _wake_at(nodes, now + outbox.LEASE, now)
    deliver_due()
    now = timezone.now()
    when = outbox.next_due(nodes, now)
    if when:
        _wake_at(nodes, when, now)


def _queue_once(pk: int) -> None:
    """Unless a task is about to begin that finds this purge as well: that of an earlier one.

    Should that task just have begun, it comes back when its own purges settle, two seconds later.
    """
    recent = timezone.now() - _ABOUT_TO_BEGIN
    earlier = PurgeOutbox.objects.filter(pk__lt=pk, done_at=None, spread_at=None)
    if not earlier.filter(created_at__gt=recent).exists():
        deliver.enqueue()


def _wake_at(nodes: tuple[EdgeNode, ...], when: datetime, now: datetime) -> None:
    """Queue a task for later, unless one is queued that comes no later."""
    if not deliver.get_backend().supports_defer:
        return
    for node in nodes:
        PurgeNode.objects.get_or_create(name=node.name)
    later = Q(wakes_at=None) | Q(wakes_at__lte=now) | Q(wakes_at__gt=when)
    rows = PurgeNode.objects.filter(later, name__in=[node.name for node in nodes])
    if rows.update(wakes_at=when):
        deliver.using(run_after=when).enqueue()
