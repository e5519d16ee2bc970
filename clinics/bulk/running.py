"""Does what a bulk change plans: one row is one transaction with its line of the journal.

A run that is killed leaves whole rows behind, done or waiting, and goes on where it stopped. What
somebody changed since the check is left alone, and the row says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinics import open_words
from clinics.choices import BulkState, RowState
from clinics.creating import create_location
from clinics.facts import facts_of, facts_snapshot, locked_facts, save_facts
from clinics.facts_rights import rights_for
from clinics.facts_snapshot import (
    HOURS,
    SPECIAL_HOURS,
    Facts,
    restored_facts,
    restored_hours,
    restored_special_hours,
)
from clinics.models import BulkChange, BulkRow, LocationFacts, LocationPage
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page

ROWS_A_TASK = 100
# A row takes a fraction of a second: whatever was silent that long is not running.
STALE_AFTER = timedelta(minutes=2)


class NotDoneError(Exception):
    """A row that is left alone; the message says why and what to do."""


def begin(bulk: BulkChange, user: Any) -> None:
    """Let a worker do what was checked, in the name of whoever pressed the button."""
    bulk.made_by = user
    bulk.save(update_fields=["made_by", "touched_at"])
    data = {"bulk": bulk.title, "rows": bulk.rows.filter(state=RowState.WAITING).count()}
    log(bulk.franchise, "clinics.bulk.run", user=user, data=data)
    start(bulk)


def start(bulk: BulkChange) -> None:
    """Let a worker do the rows that are due. What runs already is only touched."""
    BulkChange.objects.filter(pk=bulk.pk).update(state=BulkState.RUNNING, touched_at=timezone.now())
    transaction.on_commit(partial(run_rows.enqueue, bulk.pk))


@task
def run_rows(bulk_id: int) -> None:
    """Do some of the rows that are due, then queue the rest: other tasks get their turn."""
    bulk = BulkChange.objects.filter(pk=bulk_id, state=BulkState.RUNNING).first()
    if bulk is None:
        return
    rows = due_rows(bulk, open_words.current_time())
    due = list(rows.values_list("pk", flat=True)[: ROWS_A_TASK + 1])
    for pk in due[:ROWS_A_TASK]:
        do_row(pk, run_row)
    if len(due) > ROWS_A_TASK:
        run_rows.enqueue(bulk_id)
        return
    is_waiting = bulk.rows.filter(state=RowState.WAITING).exists()
    BulkChange.objects.filter(pk=bulk_id, state=BulkState.RUNNING).update(
        state=BulkState.PLANNED if is_waiting else BulkState.DONE
    )


def due_rows(bulk: BulkChange, now: datetime) -> QuerySet[BulkRow]:
    """The waiting rows whose time has come."""
    waiting = bulk.rows.filter(state=RowState.WAITING).order_by("number")
    return waiting.filter(Q(starts_at=None) | Q(starts_at__lte=now))


@transaction.atomic
def do_row(pk: int, act: Callable[[BulkRow], None]) -> None:
    """One row in its own transaction: the act and its line of the journal, or the reason."""
    row = (
        BulkRow.objects.select_for_update(of=("self",))
        .select_related("bulk__made_by", "bulk__undone_by")
        .get(pk=pk)
    )
    try:
        with transaction.atomic():
            act(row)
    except NotDoneError as reason:
        row.state, row.note = _after_refusal(row), str(reason)
    except ValidationError as error:
        row.state, row.note = _after_refusal(row), " ".join(error.messages)
    row.save()
    BulkChange.objects.filter(pk=row.bulk_id).update(touched_at=timezone.now())


def run_row(row: BulkRow) -> None:
    """Do a waiting row; nothing for one that somebody else did. Raises NotDoneError."""
    if row.state != RowState.WAITING:
        return
    user = row.bulk.made_by
    if row.is_new:
        _make(row, user)
    else:
        _change(row, user)
    row.state, row.note = RowState.DONE, ""


def _make(row: BulkRow, user: AbstractUser | None) -> None:
    clinic = row.clinic
    if clinic is None:
        raise NotDoneError(_("The clinic is gone."))
    check_rights(user, {"clinics"}, clinic)
    others = LocationFacts.objects.filter(clinic=clinic, name__iexact=row.after["name"])
    if others.exists():
        raise NotDoneError(_("A location of that name was added since: check the file again."))
    blank = LocationFacts()
    facts = restored_facts(blank, row.after)
    page = create_location(
        clinic, facts, restored_hours(row.after), restored_special_hours(row.after)
    )
    log(page, "wagtail.create", user=user)
    row.page_id = page.pk


def _change(row: BulkRow, user: AbstractUser | None) -> None:
    if row.page is None:
        raise NotDoneError(_("It was deleted since the check."))
    check_rights(user, rights_for(row.after), row.page)
    facts = locked_facts(facts_of(row.page.pk))
    now = facts_snapshot(facts)
    if any(now.get(name) != value for name, value in row.before.items()):
        raise NotDoneError(_("Somebody changed it since the check: check again and look."))
    row.change = save_facts(facts, user=user, base_version=facts.version, **arguments(facts, row))


def arguments(facts: Facts, row: BulkRow) -> dict[str, Any]:
    """What `save_facts` takes for what a row wants."""
    return {
        "changes": restored_facts(facts, row.after),
        "hours": restored_hours(row.after) if HOURS in row.after else None,
        "special_hours": restored_special_hours(row.after) if SPECIAL_HOURS in row.after else None,
    }


def location_page(row: BulkRow) -> LocationPage:
    """The page that a row made. Raises NotDoneError when it is gone."""
    page = LocationPage.objects.filter(pk=row.page_id).first()
    if page is None:
        raise NotDoneError(_("It was deleted already."))
    return page


def check_rights(user: AbstractUser | None, rights: set[str], page: Page) -> None:
    """Rights end when they end: a run asks again for every row."""
    if user is None or not all(right_at(user, right, page) == YES for right in rights):
        raise NotDoneError(_("Whoever started this may not change it any more."))


def _after_refusal(row: BulkRow) -> str:
    return RowState.FAILED if row.state == RowState.WAITING else RowState.KEPT
