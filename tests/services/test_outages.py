"""While the database is stopped, slow or frozen, and while Varnish hears no purge.

Each says what holds, and beside it what does not, so that it could be seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from statistics import median
from typing import Any

import psycopg
import pytest

from tests.freshness.site import FEW
from tests.services.cluster import WEB, Cluster
from tests.services.load import slowest_hundredth
from tests.services.programs import Answer, eventually, frozen, slow
from tests.services.purges import NOT_TOLD, SETTLED
from tests.services.readers import ARTICLE, Readers, shown

HARBOUR, NUMBER = "harbour.test", "tel:+15615550168"
# Nobody has asked for it, unless a test says so.
UNKNOWN = (HARBOUR, "/treatments/")
# Of a node in deploy/gunicorn.conf.py.
THREADS = 8


@contextmanager
def stopped(*servers: Any) -> Iterator[None]:
    for server in servers:
        server.stop()
    try:
        yield
    finally:
        for server in servers:
            server.start()


def all_ready(cluster: Cluster) -> None:
    eventually(cluster.databases.is_even, "the replica has caught up")
    for name in WEB:
        eventually(lambda name=name: cluster.health(name, "ready") == 200, f"{name} is ready")


def is_apology(answer: Answer) -> bool:
    """The page for when there is none, with this clinic's number and nobody else's."""
    text = answer.text
    return answer.status == 503 and NUMBER in text and "tel:+1214" not in text


# PostgreSQL


def test_pages_answer_without_the_replica(cluster: Cluster, readers: Readers) -> None:
    with stopped(cluster.databases.replica):
        cluster.drop("everything")
        answers = [cluster.get(*at) for at in FEW]
    all_ready(cluster)

    assert {answer.status for answer in answers} == {200}


def test_warmed_pages_are_shown_without_any_database(cluster: Cluster, readers: Readers) -> None:
    databases = cluster.databases
    with stopped(databases.primary, databases.replica):
        for name in WEB:
            eventually(lambda name=name: cluster.health(name, "ready") == 503, "503")
            assert cluster.health(name, "live") == 200
        kept = readers.read()
        from_nodes = {(name, at): shown(cluster.ask_node(name, *at)) for name in WEB for at in FEW}
        cluster.drop("everything")
        through_edge = {at: shown(cluster.get(*at)) for at in FEW}
        unknown = [cluster.ask_node(name, *UNKNOWN) for name in WEB] + [cluster.get(*UNKNOWN)]
    all_ready(cluster)

    assert kept == through_edge == readers.before
    assert {status for status, _digest in kept.values()} == {200}
    assert from_nodes == {(name, at): readers.before[at] for name in WEB for at in FEW}
    assert [is_apology(answer) for answer in unknown] == [True] * 3
    # It was the database that it wanted.
    eventually(lambda: cluster.get(*UNKNOWN).status == 200, "pages again")


type Hold = Callable[..., AbstractContextManager[None]]


@pytest.mark.parametrize("hold", [slow, frozen])
def test_kept_pages_are_as_quick_as_with_a_database(
    hold: Hold, cluster: Cluster, readers: Readers
) -> None:
    servers = [cluster.databases.primary.pid, cluster.databases.replica.pid]
    before, made_before = waiting(cluster), making(cluster)
    with hold(*servers):
        # Whoever finds out that the database does not answer waits for a fifth of a second.
        time.sleep(1.2)
        for name in WEB:
            cluster.ask_node(name, *ARTICLE)
        during, made = waiting(cluster), making(cluster)
    all_ready(cluster)

    print(f"p99 {before} -> {during}; not kept {made_before:.3f} -> {made:.3f} s")
    for where, longest in during.items():
        # Of one processor that the tests share with all of this.
        assert longest < 10 * max(before[where], 0.005), where
    assert made > 3 * made_before


def waiting(cluster: Cluster) -> dict[str, float]:
    """The slowest hundredth of readers of a kept page, at a node and at Varnish."""
    return {name: slowest_hundredth(cluster.ports[name], *ARTICLE) for name in ("web1", "varnish")}


def making(cluster: Cluster) -> float:
    """Seconds until a page is there that nobody keeps: a search."""
    took = []
    for number in range(3):
        began = time.monotonic()
        cluster.ask_node("web1", HARBOUR, f"/search/?q=pain-{number}")
        took.append(time.monotonic() - began)
    return median(took)


@contextmanager
def locked_tables(cluster: Cluster) -> Iterator[None]:
    """As a migration locks them; the replica waits for it too."""
    primary = cluster.databases.primary
    with psycopg.connect(cluster.databases.url("postgres", primary)) as connection:
        connection.execute("LOCK TABLE wagtailcore_site, wagtailcore_page, clinics_hostalias")
        # What is not committed reaches the replica with what is.
        primary.execute("SELECT pg_switch_wal()")
        eventually(cluster.databases.is_even, "the replica has the lock")
        yield


@contextmanager
def frozen_servers(cluster: Cluster) -> Iterator[None]:
    with frozen(cluster.databases.primary.pid, cluster.databases.replica.pid):
        yield


@pytest.mark.parametrize("hang", [locked_tables, frozen_servers])
def test_database_that_hangs_holds_no_thread_for_long(
    hang: Hold, cluster: Cluster, readers: Readers
) -> None:
    """More readers than there are threads; a connection without limits waits all the while."""
    url = cluster.databases.url("polyclinic_web", cluster.databases.replica)
    query = "SELECT count(*) FROM wagtailcore_page"
    with psycopg.connect(url) as unlimited, ThreadPoolExecutor(2 * THREADS + 1) as pool:
        unlimited.execute("SELECT 1")
        with hang(cluster):
            other: Future[Any] = pool.submit(unlimited.execute, query)
            asking = [
                pool.submit(cluster.ask_node, "web1", HARBOUR, f"/search/?q={number}", timeout=60)
                for number in range(2 * THREADS)
            ]
            answers = [each.result() for each in asking]
            kept = cluster.ask_node("web1", *ARTICLE)
            assert not other.done()
    all_ready(cluster)

    assert [is_apology(answer) for answer in answers] == [True] * len(answers)
    assert shown(kept) == readers.before[ARTICLE]
    assert cluster.ask_node("web1", HARBOUR, "/search/?q=0").status == 200


# Varnish, and the worker that tells it


def test_publishing_waits_for_no_edge_that_hangs(cluster: Cluster, readers: Readers) -> None:
    with frozen(cluster.programs["varnish"].process.pid):
        began = time.monotonic()
        readers.change("publish of text")
        took = time.monotonic() - began
        with pytest.raises(TimeoutError):
            cluster.drop("a1", timeout=2)
        eventually(lambda: cluster.purges.has_failed(3), "it was tried", seconds=60)
        assert cluster.purges.state == NOT_TOLD
    began = time.monotonic()
    eventually(lambda: readers.old_pages() == [], "the edge is fresh", seconds=30)
    print(f"published in {took:.3f} s, fresh {time.monotonic() - began:.1f} s after it was back")

    assert took < 1
    assert readers.read() != readers.before
    cluster.purges.wait_for(SETTLED, seconds=60)


def test_purge_is_delivered_though_its_worker_was_killed(
    cluster: Cluster, readers: Readers
) -> None:
    with frozen(cluster.programs["varnish"].process.pid):
        readers.change("publish of a title")
        eventually(cluster.purges.is_being_told, "a worker is telling it")
        cluster.programs["purges"].kill()
    try:
        old = readers.leave_an_old_page()
        assert (readers.get(ARTICLE), cluster.purges.state) == (old, NOT_TOLD)
    finally:
        cluster.start_purges()
    cluster.purges.wait_for(SETTLED, seconds=60)

    assert readers.get(ARTICLE) != old
    assert readers.old_pages() == []
