"""The process of `other.py`, started and asked: it changes content, and says what pages are now."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from tests.freshness.site import Address
from tests.services.programs import ROOT

# Status and digest of a page.
type Shown = tuple[int, str]


class Admin:
    """Fills the sites when it is started; `close` ends it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.freshness.other"], cwd=ROOT, text=True,
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def wait(self) -> None:
        """Until the sites are filled."""
        self._hear()

    def change(self, name: str) -> set[str]:
        """Makes the change of that name in the table; its tags, once committed."""
        return set(self._say({"change": name})["tags"])

    def pages_now(self, where: Iterable[Address]) -> dict[Address, Shown]:
        """What each page is, made without a cache."""
        asked = list(where)
        pages = self._say({"pages": asked})["pages"]
        return {at: (status, digest) for at, (status, digest) in zip(asked, pages, strict=True)}

    def keep(self) -> None:
        """Remember all content, on PostgreSQL."""
        self._say({"keep": True})

    def put_back(self, tags: Iterable[str]) -> None:
        """The content that was remembered; pages with these tags are stale, no edge is told."""
        self._say({"put_back": sorted(tags)})

    def close(self) -> None:
        self._process.communicate(timeout=40)

    def _say(self, said: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        # What else is printed, such as mail, is no JSON.
        for line in self._process.stdout:
            if line.startswith("{"):
                heard: dict[str, Any] = json.loads(line)
                return heard
        raise AssertionError("the process that changes content has ended")
