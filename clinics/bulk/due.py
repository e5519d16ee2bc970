"""What the clock brings: planned changes begin and end, and a run that was killed goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from clinics.bulk.running import STALE_AFTER, do_row, due_rows, start
from clinics.bulk.undoing import end_row, queue_undo
from clinics.choices import BulkState, RowState
from clinics.models import BulkChange, BulkRow

KEPT_DRAFTS = timedelta(days=30)


def run_due(now: datetime) -> tuple[int, int]:
    """Begin, end and resume what is due; returns how many rows ended and how many changes began.

    Called every minute. One that fails stops no other: every row is a transaction of its own.
    """
    over = BulkRow.objects.filter(state=RowState.DONE, ends_at__lte=now).order_by("-pk")
    ended = list(over.values_list("pk", flat=True))
    for pk in ended:
        do_row(pk, end_row)
    began = 0
    for bulk in BulkChange.objects.filter(state=BulkState.PLANNED):
        if due_rows(bulk, now).exists():
            start(bulk)
            began += 1
    resume_stale(now)
    # A file whose columns nobody named.
    BulkChange.objects.filter(state=BulkState.DRAFT, made_at__lt=now - KEPT_DRAFTS).delete()
    return len(ended), began


def resume_stale(now: datetime) -> None:
    """Queue again what says that it runs and was silent for minutes: its worker was killed."""
    pending = BulkChange.objects.filter(state__in=[BulkState.RUNNING, BulkState.UNDOING])
    for bulk in pending.filter(touched_at__lt=now - STALE_AFTER):
        resume(bulk)


def resume(bulk: BulkChange) -> None:
    """Queue the rest of a run or of an undo; nothing for what does neither."""
    if bulk.state == BulkState.RUNNING:
        start(bulk)
    elif bulk.state == BulkState.UNDOING:
        queue_undo(bulk)
