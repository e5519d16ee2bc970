"""Takes a whole bulk change back, row by row: what somebody changed since stays, and is named."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete_page import DeletePageAction
from wagtail.log_actions import log

from clinics.bulk.running import (
    ROWS_A_TASK,
    NotDoneError,
    check_rights,
    do_row,
    location_page,
)
from clinics.choices import BulkState, RowState
from clinics.edge.changes import bump
from clinics.facts import FactsConflict, facts_of, locked_facts, undo_change
from clinics.facts_rights import rights_for
from clinics.models import BulkChange, BulkRow, FactsChange, LocationFacts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def start_undo(bulk: BulkChange, user: AbstractUser) -> None:
    """Let a worker take back what was done. What was waiting is never done."""
    bulk.rows.filter(state=RowState.WAITING).update(state=RowState.UNDONE, note=_("Was not begun."))
    BulkChange.objects.filter(pk=bulk.pk).update(
        state=BulkState.UNDOING, undone_by=user, touched_at=timezone.now()
    )
    log(bulk.franchise, "clinics.bulk.undo", user=user, data={"bulk": bulk.title})
    queue_undo(bulk)


def queue_undo(bulk: BulkChange) -> None:
    """Let a worker go on taking rows back, once the transaction is through."""
    transaction.on_commit(partial(undo_rows.enqueue, bulk.pk))


def end_row(row: BulkRow) -> None:
    """Take a row back because its time is over: nobody's rights end a plan that was made."""
    if row.state != RowState.DONE or row.change is None:
        return
    _put_back(row, row.change)
    row.state, row.note = RowState.UNDONE, _("Ended as planned.")


@task
def undo_rows(bulk_id: int) -> None:
    """Take some rows back, the last one first, then queue the rest."""
    bulk = BulkChange.objects.filter(pk=bulk_id, state=BulkState.UNDOING).first()
    if bulk is None:
        return
    done = list(_done_rows(bulk).values_list("pk", flat=True)[: ROWS_A_TASK + 1])
    for pk in done[:ROWS_A_TASK]:
        do_row(pk, undo_row)
    if len(done) > ROWS_A_TASK:
        undo_rows.enqueue(bulk_id)
    else:
        BulkChange.objects.filter(pk=bulk_id).update(state=BulkState.UNDONE)


def _done_rows(bulk: BulkChange) -> QuerySet[BulkRow]:
    return bulk.rows.filter(state=RowState.DONE).order_by("-number")


def undo_row(row: BulkRow) -> None:
    """Take a row back. Raises NotDoneError when somebody changed it since."""
    if row.state != RowState.DONE:
        return
    if row.is_new:
        _unmake(row)
    elif row.change is not None:
        check_rights(row.bulk.undone_by, rights_for(row.after), row.change.page)
        _put_back(row, row.change)
    row.state, row.note = RowState.UNDONE, ""


def _unmake(row: BulkRow) -> None:
    """Delete a location that was made, as long as nobody has touched it or builds upon it."""
    page = location_page(row)
    facts = LocationFacts.objects.select_for_update().get(page=page)
    changes = FactsChange.objects.filter(page=page)
    if changes.exists() or page.revisions.count() > 1:
        raise NotDoneError(_("Somebody has changed this new location since: it stays."))
    if facts.is_primary and LocationFacts.objects.filter(clinic=facts.clinic_id).count() > 1:
        raise NotDoneError(_("It is the main location of its clinic by now: it stays."))
    if LocationFacts.objects.filter(neighbour=page).exists():
        raise NotDoneError(_("Another location sends its patients here: it stays."))
    user = row.bulk.undone_by
    check_rights(user, {"clinics"}, page)
    # Nobody may delete a location's page in the explorer; taking back what was made just now may.
    DeletePageAction(page, user).execute(skip_permission_checks=True)
    bump(f"c:{facts.clinic_id}")
    row.page = None


def _put_back(row: BulkRow, change: FactsChange) -> None:
    facts = locked_facts(facts_of(change.page_id))
    try:
        undo_change(change, user=_undoer(row), base_version=facts.version)
    except FactsConflict as conflict:
        text = _("Somebody has changed the same facts since: they stay as they are.")
        raise NotDoneError(text) from conflict


def _undoer(row: BulkRow) -> AbstractUser | None:
    """Who takes it back; whoever planned the end of a change for a while."""
    return row.bulk.undone_by or row.bulk.made_by
