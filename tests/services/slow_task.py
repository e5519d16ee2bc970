"""A task that is under way when its worker is told to stop."""

from __future__ import annotations

import time
from pathlib import Path

from django.tasks import task


@task
def slow(mark: str) -> None:
    Path(mark).write_text("begun")
    time.sleep(3)
    Path(mark).write_text("done")
