"""A web or admin node as deploy/ starts it: what it is told in, the running gunicorn out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.services.programs import LOOPBACK, Program, start


def node_environment(port: int, var: Path, secret: str, **told: str) -> dict[str, str]:
    """What every node of a test is told, and what one of them is told besides."""
    return {
        **os.environ,
        "SECRET_KEY": secret,
        "VAR_DIR": str(var),
        "EMAIL_URL": "consolemail://",
        "BIND_TO": f"{LOOPBACK}:{port}",
        "WORKERS": "1",
        # Nobody reviews what tests publish; those of the gate are in tests/articles/review.
        "ARTICLES_REVIEW_REQUIRED": "0",
        **told,
    }


def start_node(log: Path, environment: dict[str, str], *options: str) -> Program:
    """It may not listen yet."""
    return start(
        log, sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", *options,
        "cms.wsgi", env=environment,
    )  # fmt: skip
