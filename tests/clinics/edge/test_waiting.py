"""Who waits for whom: one request makes a page for all, and nobody waits for the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock
from typing import Any

import pytest
from django.db import OperationalError

from clinics.edge import change_log
from clinics.edge.change_log import ChangeLog
from clinics.edge.page_cache import PageCache
from clinics.edge.page_key import NOTES
from tests.clock import set_time

MANY = 8
# A request that waits for the database waits so long or longer.
GENEROUS = 3.0


class Quiet(ChangeLog):
    """A log that nobody writes into."""

    def read(self, using: str = "default") -> int:
        return self.tick


class Counting:
    """An application that counts how often it makes a page; `act` is what else it does."""

    def __init__(self, act: Callable[[int], None] = lambda time: None) -> None:
        self.act = act
        self.made: list[str] = []
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with self._lock:
            self.made.append(environ["PATH_INFO"])
            count = len(self.made)
        self.act(count)
        environ[NOTES].tick = 0
        headers = [("Surrogate-Key", "c1"), ("Cache-Control", "s-maxage=60")]
        start_response("200 OK", headers)
        return [b"page of " + environ["PATH_INFO"].encode()]


def ask(cache: PageCache, path: str = "/", query: str = "") -> tuple[str, str, bytes]:
    """Status, what the cache says of it, and the bytes."""
    head: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "hillside.test",
        "wsgi.url_scheme": "http",
    }
    body = b"".join(cache(environ, lambda *given: head.extend(given)))
    return head[0], dict(head[1]).get("Cache-Status", ""), body


def ask_at_once(cache: PageCache, queries: list[str]) -> list[Any]:
    """What each got; an exception is an answer too."""
    start = Barrier(len(queries))

    def one(query: str) -> Any:
        start.wait()
        try:
            return ask(cache, query=query)
        except OSError as error:
            return error

    with ThreadPoolExecutor(len(queries)) as threads:
        return list(threads.map(one, queries))


def cache_of(application: Counting) -> PageCache:
    return PageCache(application, Quiet(has_thread=False), most=10**6)


# One for all


@pytest.mark.parametrize("query", ["", "src=ads{0}", "utm_source={0}"])
def test_many_who_ask_at_once_share_one_page(query: str) -> None:
    """Also with campaigns that nobody has, and in a process that knows no clinic yet."""
    slow = Counting(lambda _count: time.sleep(0.3))
    cache = cache_of(slow)

    answers = ask_at_once(cache, [query.format(number) for number in range(MANY)])

    assert slow.made == ["/"]
    assert {(status, body) for status, _said, body in answers} == {("200 OK", b"page of /")}
    assert sum("detail=shared" in said for _status, said, _body in answers) == MANY - 1
    # Another page is made for itself.
    assert ask(cache, "/locations/")[2] == b"page of /locations/"
    assert slow.made == ["/", "/locations/"]


def test_error_of_the_one_who_makes_it_stops_nobody_else() -> None:
    def fail_once(count: int) -> None:
        time.sleep(0.2)
        if count == 1:
            raise OSError

    application = Counting(fail_once)
    cache = cache_of(application)

    answers = ask_at_once(cache, [""] * MANY)

    assert sum(isinstance(answer, OSError) for answer in answers) == 1
    assert sum(answer[0] == "200 OK" for answer in answers if isinstance(answer, tuple)) == MANY - 1
    assert ask(cache)[1] == "Polyclinic; hit"
    assert not cache._making


# Nobody waits for the database


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A database that does not answer until the event is set."""
    answers = Event()

    def rows_since(position: int) -> list[Any]:
        answers.wait(20)
        raise OperationalError

    monkeypatch.setattr(change_log, "_rows_since", rows_since)
    yield answers
    answers.set()


@pytest.fixture
def warm(hanging: Event) -> Iterator[PageCache]:
    """A cache with one page whose log is read by a thread; the database hangs from now on."""
    log = ChangeLog()
    log._position = 0
    cache = PageCache(Counting(), log, most=10**6)
    ask(cache)
    yield cache
    log.end()


def test_kept_pages_wait_for_no_database(warm: PageCache) -> None:
    started = time.monotonic()

    answers = [*ask_at_once(warm, [""] * MANY), *(ask(warm) for _time in range(20))]

    # The thread holds the log's lock all the while.
    assert warm.log._lock.locked()
    assert time.monotonic() - started < GENEROUS
    assert {said for _status, said, _body in answers} == {"Polyclinic; hit; detail=unchecked"}


def test_page_whose_end_has_come_waits_for_no_database_either(
    warm: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_time(monkeypatch, "2026-11-23T23:30+00:00")

    assert ask(warm)[1] == "Polyclinic; hit; detail=stale"
    assert warm.application.made == ["/"]
    set_time(monkeypatch, "2026-11-25T15:30+00:00")  # too long ago
    assert ask(warm)[1] == "Polyclinic; fwd=miss; stored"


def test_page_that_is_known_to_have_changed_is_not_shown_again(warm: PageCache) -> None:
    warm.log.touch(["c1"])

    assert ask(warm)[1] == "Polyclinic; fwd=miss; stored"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_thread_goes_on_after_an_error_that_nobody_foresaw(monkeypatch: pytest.MonkeyPatch) -> None:
    """It must not leave a process with old pages for an hour."""
    log, reads = ChangeLog(), list[None]()

    def read(using: str = "default") -> int:
        reads.append(None)
        if len(reads) == 1:
            raise ValueError
        log._read_at = time.monotonic()
        return 0

    monkeypatch.setattr(log, "read", read)

    log.is_fresh()
    log._gave_up_at = 0.0
    assert log.is_fresh()
    assert len(reads) > 1
    log.end()
