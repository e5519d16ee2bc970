"""Tests of the whole installation, from Debian's packages: `make test-services`, as root.

They are no part of the suite: they start databases, caches and servers, and take minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

if "TEST_SERVICES" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from tests.services.cluster import Cluster  # noqa: PLC0415 - only where it is run

    with Cluster(_folder(tmp_path_factory)) as running:
        yield running


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    from tests.services.edge import Edge  # noqa: PLC0415 - only where it is run

    with Edge(_folder(tmp_path_factory)) as running:
        yield running


def _folder(factory: pytest.TempPathFactory) -> Path:
    """One that the users of the services may look into."""
    folder = factory.mktemp("services")
    for each in (folder, *folder.parents[:3]):
        if each.owner() == "root" and each != Path("/tmp"):  # noqa: S108 - not ours to change
            each.chmod(0o755)
    return folder
