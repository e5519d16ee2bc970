"""Every edge is told, twice, in few requests; one that fails or refuses holds up nobody else."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import pytest

from clinics.edge.changes import bump
from clinics.edge.purging import delivering, outbox, telling
from clinics.edge.purging.nodes import edge_nodes
from clinics.models import PurgeDelivery, PurgeNode, PurgeOutbox
from tests.clinics.edge.conftest import TurnedClock
from tests.clinics.edge.purging.edges import Edge, running_edge


def open_purges() -> int:
    return PurgeOutbox.objects.filter(done_at=None).count()


def test_one_article_is_one_request_now_and_one_two_seconds_later(
    clock: TurnedClock, edge: Edge
) -> None:
    bump("a:77", "lib")

    clock.deliver()
    clock.turn(seconds=1)
    clock.deliver()
    assert (edge.tags, open_purges()) == ([["a77", "lib"]], 1)
    clock.turn(seconds=1)
    clock.deliver()
    clock.turn(seconds=60)
    clock.deliver()

    assert edge.tags == [["a77", "lib"]] * 2
    assert (open_purges(), PurgeDelivery.objects.count()) == (0, 0)


def test_many_changes_are_one_request(clock: TurnedClock, edge: Edge) -> None:
    for pk in range(100):
        bump(f"c:{pk}", "lib")

    clock.deliver()

    assert [len(tags) for tags in edge.tags] == [101]


def test_a_purge_of_nothing_is_done_without_a_request(clock: TurnedClock, edge: Edge) -> None:
    bump()

    clock.deliver()

    assert (edge.told, open_purges()) == ([], 0)


def test_without_nodes_a_purge_is_done_when_it_is_written(clock: TurnedClock) -> None:
    bump("a:77")

    assert (open_purges(), PurgeOutbox.objects.count()) == (0, 1)


def test_a_node_that_is_away_is_left_alone_longer_each_time_and_told_when_it_is_back(
    clock: TurnedClock, edge: Edge
) -> None:
    edge.behaviour = "503"
    bump("a:77")
    clock.deliver()

    pauses = []
    for _try in range(6):
        row = PurgeNode.objects.get()
        assert row.next_try_at
        pauses.append(round((row.next_try_at - clock.now).total_seconds()))
        count = len(edge.told)
        clock.turn(seconds=pauses[-1] - 0.1)
        clock.deliver()
        assert len(edge.told) == count
        clock.turn(seconds=0.2)
        clock.deliver()
        # It is asked whether it is there, and no more.
        assert len(edge.told) == count + 1
    assert pauses == [1, 2, 4, 8, 15, 15]

    edge.behaviour, edge.told = "ok", []
    clock.turn(seconds=15)
    clock.deliver()
    assert edge.tags == [["a77"]]
    row = PurgeNode.objects.get()
    assert (row.failing_since, row.tries, row.error) == (None, 0, "")
    assert open_purges() == 0


def test_how_long_a_node_wants_to_be_left_alone_is_kept_to(clock: TurnedClock, edge: Edge) -> None:
    node = edge_nodes()[0]
    bump("a:77")
    outbox.spread([node], clock.now)
    row = outbox.take(node, clock.now)
    assert row

    outbox.record(row, telling.Outcome(failure="429", wait_seconds=60), clock.now, clock.now)

    assert PurgeNode.objects.get().next_try_at == clock.now + timedelta(seconds=60)


@pytest.mark.parametrize("behaviour", ["hang", "drip"])
def test_a_node_that_hangs_holds_up_no_other(
    clock: TurnedClock, edge: Edge, settings: Any, impatient: None, behaviour: str
) -> None:
    with running_edge(behaviour) as slow:
        settings.CLINICS_PURGE_BACKENDS = [slow.entry("slow"), edge.entry("well")]
        bump("a:77")
        clock.deliver()
        clock.turn(seconds=2)
        clock.deliver()

        assert edge.tags == [["a77"], ["a77"]]
        assert [row.node for row in PurgeDelivery.objects.all()] == ["slow"]
        failing = PurgeNode.objects.exclude(failing_since=None)
        assert [row.name for row in failing] == ["slow"]
        slow.behaviour = "ok"
        slow.released.set()
        clock.turn(seconds=15)
        clock.deliver()
    assert slow.tags[-1] == ["a77"]
    assert open_purges() == 0


def test_a_node_that_is_not_even_there_holds_up_no_other(
    clock: TurnedClock, edge: Edge, settings: Any
) -> None:
    gone = {"name": "gone", "kind": "varnish", "url": "http://127.0.0.1:1/"}
    settings.CLINICS_PURGE_BACKENDS = [gone, edge.entry("well")]
    bump("a:77")

    clock.deliver()

    assert edge.tags == [["a77"]]
    assert PurgeNode.objects.get(name="gone").error == "ConnectionRefusedError"


def test_a_look_up_that_never_ends_is_left_behind(
    clock: TurnedClock, edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    monkeypatch.setattr(delivering, "LONGEST_TURN", 0.1)
    monkeypatch.setattr(delivering, "tell", lambda *args, **options: ended.wait(10))
    bump("a:77")

    clock.deliver()
    ended.set()

    row = PurgeNode.objects.get()
    assert (row.error, row.leased_until) == ("no answer in time", None)


def test_one_purge_that_is_refused_is_told_alone_and_the_others_go_on(
    clock: TurnedClock, edge: Edge
) -> None:
    edge.refuses = {"a666"}
    for pk in (*range(1, 30), 666, *range(31, 60)):
        bump(f"a:{pk}")
    clock.deliver()

    assert PurgeNode.objects.get().failing_since is None
    told = PurgeDelivery.objects.filter(due_at=clock.now + outbox.SETTLING, tries=0, error="")
    assert told.count() == 58
    poison = PurgeDelivery.objects.get(tries__gt=0)
    assert (poison.purge.tags, poison.error) == (["a666"], "answered 500")
    assert poison.due_at == clock.now + timedelta(seconds=1)

    # What comes afterwards is not delayed, and goes in one request beside the one that is refused.
    clock.turn(seconds=30)
    edge.told = []
    bump("a:2000")
    clock.deliver()
    assert edge.tags[0] == sorted({f"a{pk}" for pk in (*range(1, 30), *range(31, 60), 2000)})
    assert edge.tags[1:] == [["a666"]]
    poison.refresh_from_db()
    assert poison.due_at == clock.now + timedelta(seconds=2)

    edge.refuses = set()
    clock.turn(seconds=30)
    clock.deliver()
    assert open_purges() == 0


def test_a_refused_purge_is_tried_ever_more_rarely() -> None:
    pauses = [outbox.pause(tries, outbox.LONGEST_ROW_PAUSE) for tries in (0, 1, 5, 9, 10, 9999)]

    assert [pause.total_seconds() for pause in pauses] == [1, 2, 32, 512, 600, 600]


def test_a_killed_worker_leaves_its_purge_to_the_next(clock: TurnedClock, edge: Edge) -> None:
    """It died after telling the node, before it wrote that down."""
    node = edge_nodes()[0]
    bump("a:77")
    outbox.spread([node], clock.now)
    assert outbox.take(node, clock.now)
    telling.tell(node, outbox.parcels_of(node, clock.now), is_doubtful=False)

    clock.turn(seconds=1)
    clock.deliver()
    assert len(edge.tags) == 1
    clock.now += outbox.LEASE
    clock.deliver()

    assert edge.tags == [["a77"]] * 2
    assert (open_purges(), PurgeNode.objects.get().leased_until) == (0, None)


def test_a_worker_that_was_taken_for_dead_ends_nobody_elses_lease(
    clock: TurnedClock, edge: Edge
) -> None:
    node = edge_nodes()[0]
    bump("a:77")
    outbox.spread([node], clock.now)
    slow = outbox.take(node, clock.now)
    clock.now += outbox.LEASE
    other = outbox.take(node, clock.now)
    assert slow and other

    outbox.record(slow, telling.Outcome(failure="late"), clock.now, clock.now)

    row = PurgeNode.objects.get()
    assert (row.leased_until, row.failing_since) == (other.leased_until, None)


def test_deliveries_are_made_once(clock: TurnedClock, edge: Edge) -> None:
    bump("a:77")

    for _worker in range(2):
        outbox.spread(edge_nodes(), clock.now)

    assert PurgeDelivery.objects.count() == 1


def test_a_change_of_ten_thousand_clinics_is_a_few_requests(
    clock: TurnedClock, edge: Edge, settings: Any
) -> None:
    settings.CLINICS_PURGE_BACKENDS.append(
        {"name": "cdn", "kind": "cloudflare", "url": edge.url + "cdn", "token": "t0ken"}
    )
    edge.answer = b'{"success": true}'
    scopes = [f"c:{pk}" for pk in range(10_000)]
    PurgeOutbox.objects.create(tags=[scope.replace(":", "") for scope in scopes])

    clock.deliver()

    varnish = [told for told in edge.told if told.method == "PURGE"]
    cdn = [json.loads(told.body)["tags"] for told in edge.told if told.method == "POST"]
    assert (len(varnish), len(cdn)) == (10, 100)
    for told in ([told.tags for told in varnish], cdn):
        assert sorted(tag for tags in told for tag in tags) == sorted(
            scope.replace(":", "") for scope in scopes
        )
    assert max(map(len, cdn)) == 100
    clock.turn(seconds=2)
    clock.deliver()
    assert open_purges() == 0


def test_a_purge_is_done_when_every_node_was_told(
    clock: TurnedClock, edge: Edge, settings: Any
) -> None:
    with running_edge("500") as other:
        settings.CLINICS_PURGE_BACKENDS = [edge.entry("cache-1"), other.entry("cache-2")]
        bump("a:77")
        clock.deliver()
        clock.turn(seconds=2)
        clock.deliver()
        assert (len(edge.tags), open_purges()) == (2, 1)

        other.behaviour = "ok"
        clock.turn(seconds=15)
        clock.deliver()
        assert (len(edge.tags), open_purges()) == (2, 0)


def test_sweep_drops_what_is_old_and_what_belongs_to_no_node(
    clock: TurnedClock, edge: Edge, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    edge.behaviour = "500"
    for pk in (1, 2, 3):
        bump(f"a:{pk}")
    clock.deliver()
    settings.CLINICS_PURGE_BACKENDS.append(edge.entry("cache-2"))
    bump("a:4")
    clock.deliver()
    first, second, third, fourth = PurgeOutbox.objects.order_by("pk")
    PurgeOutbox.objects.filter(pk=first.pk).update(created_at=clock.now - timedelta(days=8))
    PurgeOutbox.objects.filter(pk=second.pk).update(done_at=clock.now - timedelta(days=8))
    settings.CLINICS_PURGE_BACKENDS.pop()

    outbox.sweep(edge_nodes(), clock.now)

    assert list(PurgeOutbox.objects.filter(done_at=None).order_by("pk")) == [third, fourth]
    assert list(PurgeOutbox.objects.exclude(done_at=None)) == [first]
    assert set(PurgeDelivery.objects.values_list("node", flat=True)) == {"cache-1"}
    assert [row.name for row in PurgeNode.objects.all()] == ["cache-1"]
    assert "given up" in caplog.text


def test_when_the_last_node_goes_all_is_done(clock: TurnedClock, edge: Edge, settings: Any) -> None:
    bump("a:77")
    settings.CLINICS_PURGE_BACKENDS = []

    clock.deliver()

    assert open_purges() == 0
