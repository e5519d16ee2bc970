"""Whether this process may be sent requests: nothing in, what is missing for it out.

Asked every second by whatever stands in front: one query, and nothing read from the disk twice. One
request waits for a database that hangs, and not one more every second.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from threading import Lock

from django.db import DatabaseError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Seconds. Who asks gives up after two (deploy/varnish/nodes.vcl).
LONGEST_WAIT = 1.0

_asking = Lock()


def what_is_missing() -> str:
    """ "" when nothing is."""
    if _is_shutting_down():
        return "shutting down"
    if not _asking.acquire(timeout=LONGEST_WAIT):
        return "no database"
    try:
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except DatabaseError:
        return "no database"
    finally:
        _asking.release()
    return "" if _migrations() <= applied else "migrations pending"


def _is_shutting_down() -> bool:
    """The file is made a moment before the server is told to stop: see deploy/systemd."""
    file = os.environ.get("DRAIN_FILE", "")
    return bool(file) and Path(file).exists()


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those of the code, which stay the same as long as the process lives."""
    return frozenset(MigrationLoader(None).graph.nodes)
