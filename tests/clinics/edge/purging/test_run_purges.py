"""The command of cron and systemd: delivers, tidies up, and goes on through failures."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from clinics.edge.changes import bump
from clinics.management.commands import run_purges
from clinics.models import PurgeOutbox
from tests.clinics.edge.conftest import TurnedClock
from tests.clinics.edge.purging.edges import Edge


def test_it_delivers_and_tidies_up(clock: TurnedClock, edge: Edge) -> None:
    bump("a:1")
    PurgeOutbox.objects.update(done_at=clock.now - timedelta(days=8))
    bump("a:77")
    said = StringIO()

    call_command("run_purges", stdout=said)

    assert edge.tags == [["a77"]]
    assert PurgeOutbox.objects.get().tags == ["a77"]
    assert said.getvalue() == "1 purges delivered\n"


def test_the_loop_outlives_a_database_that_is_away(
    clock: TurnedClock, edge: Edge, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    bump("a:77")
    turns = []

    class Ended:
        def is_set(self) -> bool:
            return len(turns) == 3

        def wait(self, seconds: float) -> None:
            assert seconds == 0.2

    def deliver() -> None:
        turns.append(clock.now)
        if len(turns) == 1:
            raise DatabaseError
        clock.deliver()
        clock.turn(seconds=2)

    monkeypatch.setattr(run_purges, "Event", Ended)
    monkeypatch.setattr(run_purges, "deliver_due", deliver)
    monkeypatch.setattr(run_purges, "close_old_connections", lambda: None)
    monkeypatch.setattr("signal.signal", lambda *args: None)

    call_command("run_purges", loop=True, interval=0.2)

    assert edge.tags == [["a77"]] * 2
    assert "purges wait" in caplog.text
