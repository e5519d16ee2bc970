"""Which database a request reads from. `make test-services` has a replica that is really behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from clinics.edge.page_key import NOTES
from clinics.edge.shown import Shown
from clinics.models import ClinicPage, PurgeOutbox
from cms import replica
from cms.replica import ReplicaMiddleware, ReplicaRouter

PAGE = {"Cache-Control": "max-age=0, must-revalidate, s-maxage=60"}


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The newest change by database: a number, what returns it, or the error that is answered."""
    found: dict[str, Any] = {"default": 7, "replica": 7}
    databases = {**settings.DATABASES, "replica": settings.DATABASES["default"]}
    monkeypatch.setattr(settings, "DATABASES", databases)
    monkeypatch.setattr(PurgeOutbox, "objects", Logs(found))
    monkeypatch.setattr(replica.change_log, "read", lambda: 3)
    replica._away_until.clear()
    yield found
    replica._away_until.clear()


class Logs:
    """Two databases with a log of so many changes."""

    def __init__(self, counts: dict[str, Any]) -> None:
        self.counts, self.asked = counts, list[str]()

    def using(self, database: str) -> Logs:
        self.asked.append(database)
        return self

    def aggregate(self, **_named: Any) -> dict[str, int]:
        answer = self.counts[self.asked[-1]]
        if callable(answer):
            answer = answer()
        if isinstance(answer, Exception):
            raise answer
        return {"newest": answer, "count": answer}


def read(path: str = "/", method: str = "GET", **headers: str) -> tuple[str, str]:
    """What the page was read from, and what it says of keeping it."""
    databases = []

    def view(_request: HttpRequest) -> HttpResponse:
        databases.append(ReplicaRouter().db_for_read(ClinicPage))
        return HttpResponse(headers=headers or PAGE)

    response = ReplicaMiddleware(view)(RequestFactory().generic(method, path))
    assert ReplicaRouter().db_for_read(ClinicPage) == "default"
    return databases[0], response["Cache-Control"]


def test_page_is_read_from_the_replica(counts: dict[str, Any]) -> None:
    assert read() == ("replica", PAGE["Cache-Control"])


def test_page_of_a_replica_that_is_behind_is_kept_by_nobody(counts: dict[str, Any]) -> None:
    counts["default"] = 8

    assert read() == ("replica", "no-store")


def test_process_keeps_nothing_that_it_reads_from_a_replica_behind(counts: dict[str, Any]) -> None:
    asked = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(NOTES in request.META)
        return HttpResponse(headers=PAGE)

    for newest in (7, 8):
        counts["default"] = newest
        ReplicaMiddleware(view)(RequestFactory().get("/", **{NOTES: Shown()}))

    assert asked == [True, False]


@pytest.mark.parametrize(("newest", "is_kept"), [(7, True), (8, False)])
def test_change_that_is_heard_of_and_not_yet_on_the_replica_is_not_remembered(
    newest: int, is_kept: bool, counts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is the primary's, so it may know of a change that was made a moment ago."""
    notes, kept = Shown(), []

    def heard() -> int:
        counts["default"] = newest
        return 3

    def view(request: HttpRequest) -> HttpResponse:
        kept.append(request.META.get(NOTES))
        return HttpResponse(headers=PAGE)

    monkeypatch.setattr(replica.change_log, "read", heard)
    ReplicaMiddleware(view)(RequestFactory().get("/", **{NOTES: notes}))

    assert kept == [notes if is_kept else None]
    assert notes.tick == 3


def test_stylesheet_of_a_replica_that_is_behind_may_be_kept(counts: dict[str, Any]) -> None:
    counts["default"] = 8

    assert read(**{"Cache-Control": "public, max-age=9"}) == ("replica", "public, max-age=9")


def test_tap_reads_what_it_writes_to(counts: dict[str, Any]) -> None:
    assert read("/-/tap", "POST")[0] == "default"


def test_primary_is_read_while_the_replica_is_away(counts: dict[str, Any]) -> None:
    counts["replica"] = DatabaseError("away")

    assert read() == read() == ("default", PAGE["Cache-Control"])
    # It is not asked again at once: each try may take seconds.
    assert PurgeOutbox.objects.asked == ["replica"]


@pytest.mark.parametrize(("seconds", "database"), [(2, "default"), (0.5, "replica")])
def test_replica_that_keeps_somebody_waiting_is_asked_by_no_other(
    seconds: float, database: str, counts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments, others = [0.0], []
    monkeypatch.setattr(replica, "monotonic", lambda: moments[-1])

    def slowly() -> int:
        moments.append(seconds)
        counts["replica"] = 7
        others.append(read()[0])
        return 7

    counts["replica"] = slowly

    assert (read()[0], others) == ("replica", [database])
    assert read()[0] == "replica"


def test_replica_is_read_without_the_primary_and_nobody_keeps_it(counts: dict[str, Any]) -> None:
    counts["default"] = DatabaseError("away")

    assert read() == ("replica", "no-store")


def test_health_of_the_process_asks_no_database(counts: dict[str, Any]) -> None:
    read("/-/live")

    assert PurgeOutbox.objects.asked == []


def test_installation_without_a_replica_is_asked_nothing(counts: dict[str, Any]) -> None:
    del settings.DATABASES["replica"]

    assert read() == ("default", PAGE["Cache-Control"])
    assert PurgeOutbox.objects.asked == []


def test_writes_and_tables_are_the_primarys() -> None:
    router = ReplicaRouter()

    assert router.db_for_write(ClinicPage) == "default"
    assert (router.allow_migrate("default", "clinics"), router.allow_migrate("replica", "x")) == (
        True, False,
    )  # fmt: skip
