"""The Node.js that bench/npm brings, since Lighthouse wants a newer one than most machines have."""

from __future__ import annotations

import shutil
from pathlib import Path

PACKAGES = Path(__file__).resolve().parent / "npm" / "node_modules"


def node() -> str:
    """Its path; a RuntimeError where there is none."""
    brought = sorted(PACKAGES.glob("node-*/bin/node"))
    found = str(brought[0]) if brought else shutil.which("node")
    if not found:
        raise RuntimeError("No Node.js found: run .ci/npm-install bench/npm.")
    return found
