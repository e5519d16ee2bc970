"""Tests of the whole installation, from Debian's packages: `make test-services`, as root.

They are no part of the suite: they start databases, caches and servers, and take minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

if "TEST_SERVICES" not in os.environ:
    collect_ignore_glob = ["test_*.py"]
# Somewhere to look at what the services wrote.
KEEP = bool(os.environ.get("KEEP_SERVICES"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[object]:
    from tests.services.cluster import Cluster  # noqa: PLC0415 - only where it is run

    with _folder() as folder, Cluster(folder) as running:
        yield running


@pytest.fixture(scope="module")
def reading(cluster: Any) -> Iterator[object]:
    from tests.services.readers import Readers  # noqa: PLC0415 - only where it is run

    yield Readers(cluster)
    cluster.put_back()


@pytest.fixture
def readers(reading: Any) -> Iterator[object]:
    """Nodes and Varnish have every page of the content that there was at first."""
    yield reading
    reading.put_back()


@pytest.fixture(scope="module")
def edge() -> Iterator[object]:
    from tests.services.edge import Edge  # noqa: PLC0415 - only where it is run

    with _folder() as folder, Edge(folder) as running:
        yield running


@contextmanager
def _folder() -> Iterator[Path]:
    """Not pytest's own, into which the users of the services may not look."""
    with TemporaryDirectory(prefix="polyclinic-services-", delete=not KEEP) as name:
        Path(name).chmod(0o755)
        yield Path(name)
