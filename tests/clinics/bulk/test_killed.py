"""A thousand locations, thirty faults, and a worker that is killed again and again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROWS = int(os.environ.get("PROBE_IMPORT", "0"))
KILLS = 5


@pytest.mark.skipif(not ROWS, reason="a long proof: PROBE_IMPORT=1000, as make probe does")
def test_a_killed_import_is_resumed_and_undone_exactly(tmp_path: Path) -> None:
    """Every error named, no half row at any moment, all done in the end, and then all as before."""
    chance = random.Random(os.environ.get("PROBE_SEED", "import"))  # noqa: S311 - when it is killed
    prepared = step("prepare", tmp_path)
    assert prepared["named"] == prepared["errors"] == 30
    kills = 0
    for act in ("work", "undo"):
        for _kill in range(KILLS):
            kills += killed(act, tmp_path, chance.uniform(3, 12))
            seen = step("look", tmp_path)
            assert not seen["half"], seen
            assert seen["made"] == seen["places"], seen
        done = step(act, tmp_path)
        if act == "work":
            assert done["state"] == "DONE"
            assert done["rows"] == {"DONE": ROWS, "ERROR": 30}
    assert done["state"] == "UNDONE"
    assert done["now"] == prepared["before"]
    print(f"{ROWS} rows, 30 errors named, {kills} kills while it ran, undone exactly")


def step(name: str, folder: Path) -> dict[str, Any]:
    finished = subprocess.run(  # noqa: S603 - our own steps
        command(name), env=environment(folder), capture_output=True, check=False
    )
    assert finished.returncode == 0, finished.stderr.decode()[-2000:]
    answer: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return answer


def killed(name: str, folder: Path, after: float) -> bool:
    """Whether it was still running when the signal came."""
    process = subprocess.Popen(  # noqa: S603 - our own steps
        command(name), env=environment(folder), stdout=subprocess.DEVNULL
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def command(name: str) -> list[str]:
    return [sys.executable, "-m", "tests.clinics.bulk.killed_import", name]


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"VAR_DIR": str(folder), "ROWS": str(ROWS), "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    return kept | own
