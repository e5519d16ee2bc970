"""Fixtures of the edge: a server that takes purges, and a clock that tests turn by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clinics.edge.purging.delivering import deliver_due
from clinics.models import PurgeOutbox
from tests.clinics.edge.purging.edges import Edge, running_edge


class TurnedClock:
    """Stands still until it is turned; begins now, since rows are dated by the real one."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)

    def deliver(self) -> int:
        return deliver_due(self)


@pytest.fixture
def clock(db: None) -> TurnedClock:
    PurgeOutbox.objects.all().delete()
    return TurnedClock()


@pytest.fixture
def edge(settings: Any) -> Iterator[Edge]:
    """The only node, which answers."""
    with running_edge() as running:
        settings.CLINICS_PURGE_BACKENDS = [running.entry()]
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time limits in tenths of seconds, where a test has to wait for them."""
    monkeypatch.setattr("clinics.edge.purging.sending.STEP_SECONDS", 0.3)
    monkeypatch.setattr("clinics.edge.purging.sending.WHOLE_SECONDS", 0.5)
