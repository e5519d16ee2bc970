"""`manage.py run_purges`, every minute, or `--loop` for good: edges hear what they must drop."""

from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from clinics.edge.purging import outbox
from clinics.edge.purging.delivering import deliver_due
from clinics.edge.purging.nodes import edge_nodes

SWEEP_EVERY = 60

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Delivers purges that are due to the edge, whatever a killed worker left, and tidies up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"]:
            _loop(options["interval"])
            return
        told = deliver_due()
        outbox.sweep(edge_nodes(), timezone.now())
        self.stdout.write(f"{told} purges delivered")


def _loop(interval: float) -> None:
    """A turn that was begun is finished."""
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: ended.set())
    swept_at = None
    while not ended.is_set():
        now = timezone.now()
        try:
            deliver_due()
            if swept_at is None or (now - swept_at).total_seconds() >= SWEEP_EVERY:
                outbox.sweep(edge_nodes(), now)
                swept_at = now
        except DatabaseError:
            log.exception("The database does not answer; purges wait")
        close_old_connections()
        ended.wait(interval)
