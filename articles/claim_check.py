"""The check of all that patients of a clinic read: an editor begins it, a worker does it, and what
was found is kept with its day. 300 articles take longer than a request (`make bench`).

Some pages are one step with its own write, so that everybody sees how far it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from articles.claim_pages import CheckedPage, Place, checked_pages, places_of
from articles.claim_rows import rows_of
from articles.claims.rulebook import the_rulebook
from articles.models import ClaimCheck
from clinics.edge.purging.outbox import KEPT_DONE
from clinics.models import PurgeOutbox
from clinics.resolve import clinic_of, root_page

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.models import ClinicPage

PAGES_A_STEP = 5
STEPS_A_TASK = 10
# A step takes a second at most: whatever was silent that long is not running.
STALE_AFTER = timedelta(minutes=2)
# Of a change before that, the log says nothing any more.
HOLDS_FOR = KEPT_DONE
# Who has changed that much has changed the texts.
MOST_CHANGES = 5_000


def start_check(clinic: ClinicPage) -> ClaimCheck:
    """Let a worker check everything of the clinic anew."""
    check = _begin(clinic)
    transaction.on_commit(partial(run_check.enqueue, check.pk, str(check.run)))
    return check


def check_now(clinic: ClinicPage) -> ClaimCheck:
    """The same at once: for commands, which nobody waits for in a browser."""
    check = _begin(clinic)
    while _step(check):
        pass
    return check


@task
def run_check(check_id: int, run: str) -> None:
    """Some steps, then the rest is queued: other tasks get their turn."""
    check = ClaimCheck.objects.filter(pk=check_id, run=run, finished_at=None).first()
    if check is None:
        return
    for _number in range(STEPS_A_TASK):
        if not _step(check):
            return
    run_check.enqueue(check_id, run)


def is_running(check: ClaimCheck) -> bool:
    """False also for one that a worker has left lying."""
    silent = timezone.now() - check.touched_at
    return check.finished_at is None and silent < STALE_AFTER


def is_current(check: ClaimCheck) -> bool:
    """Whether it is over, and neither the texts nor the rules have changed since it began."""
    if check.finished_at is None or timezone.now() - check.started_at > HOLDS_FOR:
        return False
    return check.rules == _rules(check.clinic) and not _has_changed(check)


def _begin(clinic: ClinicPage) -> ClaimCheck:
    newest = PurgeOutbox.objects.order_by("-pk").values_list("pk", flat=True).first()
    return ClaimCheck.objects.update_or_create(
        clinic=clinic,
        defaults={
            "run": uuid4(),
            "places": [list(place) for place in places_of(_value(clinic))],
            "done": 0,
            "found": [],
            "position": newest or 0,
            "rules": _rules(clinic),
            "started_at": timezone.now(),
            "touched_at": timezone.now(),
            "finished_at": None,
        },
    )[0]


def _step(check: ClaimCheck) -> bool:
    """The next pages; False when it is over, or a newer check has taken its place."""
    places = [Place(*each) for each in check.places[check.done :][:PAGES_A_STEP]]
    check.found = [*check.found, *(row for page in _pages(check, places) for row in rows_of(page))]
    check.done += len(places)
    check.touched_at = timezone.now()
    is_over = check.done >= len(check.places)
    if is_over:
        check.finished_at = check.touched_at
    changed = {name: getattr(check, name) for name in ("done", "found", "touched_at")}
    mine = ClaimCheck.objects.filter(pk=check.pk, run=check.run)
    return bool(mine.update(**changed, finished_at=check.finished_at)) and not is_over


def _pages(check: ClaimCheck, places: list[Place]) -> Iterator[CheckedPage]:
    return checked_pages(_value(check.clinic), places=places)


def _value(clinic: ClinicPage) -> Clinic:
    return clinic_of(root_page(clinic.pk))


def _rules(clinic: Any) -> str:
    states = frozenset({clinic.facts.state} - {""})
    return the_rulebook().digest(states, timezone.localdate())


def _has_changed(check: ClaimCheck) -> bool:
    """By the log of changes, which every change of what patients read is written in.

    Of one that was being written while the check began it may say nothing; but what was published
    has met the gate.
    """
    mine = {
        "g",
        "lib",
        f"c{check.clinic_id}",
        *(f"a{page}" for _what, _mount, page in check.places),
    }
    rows = PurgeOutbox.objects.filter(pk__gt=check.position).order_by("pk")
    tags = list(rows.values_list("tags", flat=True)[: MOST_CHANGES + 1])
    return len(tags) > MOST_CHANGES or any(
        # Statements, sources and kept figures are the group's.
        tag in mine or tag.startswith(("s", "t", "fig"))
        for row in tags
        for tag in row
    )
