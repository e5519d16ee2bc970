"""A change only writes rows: it waits for no edge, and a worker is woken once, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from clinics.edge.changes import bump
from clinics.edge.purging import outbox, queueing
from clinics.models import PurgeDelivery, PurgeNode, PurgeOutbox
from tests.articles.factories import change_article, make_article
from tests.clinics.edge.conftest import TurnedClock
from tests.clinics.edge.purging.edges import Edge
from tests.factories import World

type OnCommit = Callable[..., Any]


@pytest.fixture
def queue(settings: Any, clock: TurnedClock) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    DBTaskResult.objects.all().delete()


def queued() -> list[DBTaskResult]:
    tasks = DBTaskResult.objects.filter(task_path=queueing.deliver.module_path)
    return list(tasks.order_by("run_after"))


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: OnCommit) -> OnCommit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_publishing_asks_no_edge_and_queues_one_task(
    world: World, queue: None, edge: Edge, on_commit: OnCommit
) -> None:
    edge.behaviour = "hang"
    article = make_article()
    PurgeOutbox.objects.all().delete()

    with on_commit():
        change_article(article, title="Other")

    assert edge.told == []
    assert len(queued()) == 1
    edge.behaviour = "ok"
    queueing.deliver.call()
    assert edge.tags == [sorted({f"a{article.pk}", "lib", "rel"})]


def test_what_a_change_costs_does_not_depend_on_the_number_of_nodes(
    queue: None, edge: Edge, on_commit: OnCommit, settings: Any
) -> None:
    bump("a:77")
    counts = []
    for number in (0, 1, 5):
        settings.CLINICS_PURGE_BACKENDS = [edge.entry(f"cache-{pk}") for pk in range(number)]
        PurgeOutbox.objects.all().delete()
        with (
            CaptureQueriesContext(connection) as queries,
            on_commit(),
        ):
            bump("a:77")
        counts.append(len(queries))

    # The look for others that are about to be delivered, and the task.
    assert counts[1:] == [counts[0] + 2] * 2


def test_without_nodes_nothing_is_queued(queue: None, on_commit: OnCommit) -> None:
    with on_commit() as callbacks:
        bump("a:77")

    # One: this process drops its own pages.
    assert (len(callbacks), queued()) == (1, [])


def test_a_change_that_is_taken_back_queues_nothing(
    queue: None, edge: Edge, on_commit: OnCommit
) -> None:
    with on_commit(), pytest.raises(ZeroDivisionError), transaction.atomic():
        bump("a:77")
        raise ZeroDivisionError

    assert (queued(), PurgeOutbox.objects.count()) == ([], 0)


def test_changes_in_a_row_share_a_task(queue: None, edge: Edge, on_commit: OnCommit) -> None:
    for pk in range(10):
        with on_commit():
            bump(f"a:{pk}")
            bump(f"c:{pk}")
    assert len(queued()) == 1

    queueing.deliver.call()
    with on_commit():
        bump("a:11")
    assert len([task for task in queued() if task.run_after.year == 9999]) == 2


def test_a_task_that_was_lost_keeps_nobody_waiting(
    queue: None, edge: Edge, on_commit: OnCommit
) -> None:
    with on_commit():
        bump("a:1")
    DBTaskResult.objects.all().delete()
    PurgeOutbox.objects.update(created_at=F("created_at") - timedelta(seconds=6))

    with on_commit():
        bump("a:2")

    assert len(queued()) == 1


def test_a_queue_that_fails_undoes_no_change(
    queue: None, edge: Edge, on_commit: OnCommit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(DatabaseBackend, "enqueue", fail)

    with on_commit():
        bump("a:77")

    assert PurgeOutbox.objects.filter(done_at=None).count() == 1


def test_a_task_comes_back_when_purges_settle(queue: None, edge: Edge) -> None:
    bump("a:77")

    for _task in range(5):
        queueing.deliver.call()

    due_at = PurgeDelivery.objects.get().due_at
    assert edge.tags == [["a77"]]
    # The one in case this worker is killed, and the one that tells the edge again; no more.
    assert len(queued()) == 2
    assert queued()[0].run_after == due_at


def test_a_task_comes_back_for_a_node_that_is_away(queue: None, edge: Edge) -> None:
    edge.behaviour = "503"
    bump("a:77")

    for _task in range(5):
        queueing.deliver.call()

    assert queued()[0].run_after == PurgeNode.objects.get().next_try_at
    assert len(queued()) == 2


def test_a_task_that_is_killed_has_queued_the_next_one(
    queue: None, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed() -> None:
        raise SystemExit

    bump("a:77")
    monkeypatch.setattr(queueing, "deliver_due", killed)
    before = timezone.now()
    with pytest.raises(SystemExit):
        queueing.deliver.call()

    [task] = queued()
    assert before + outbox.LEASE <= task.run_after <= timezone.now() + outbox.LEASE
    monkeypatch.undo()
    queueing.deliver.call()
    assert edge.tags == [["a77"]]


def test_nothing_to_do_queues_nothing(queue: None, edge: Edge) -> None:
    queueing.deliver.call()

    assert (edge.told, queued()) == ([], [])


def test_tasks_that_cannot_be_put_off_deliver_at_once(
    clock: TurnedClock, edge: Edge, tasks_at_once: None, on_commit: OnCommit
) -> None:
    with on_commit():
        bump("a:77")

    assert edge.tags == [["a77"]]
