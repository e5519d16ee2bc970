"""Grades the headers of a public page by Mozilla's Observatory: `python -m bench.observatory`.

Exits with 1 when a page has less than A+ with 130 points (security.md, section 3).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.node import node
from bench.tls_site import ROOT, TLSSite, tls_site

WANTED_SCORE = 130


@dataclass(frozen=True)
class Grade:
    """`lost` names the tests that cost points."""

    host: str
    grade: str
    score: int
    lost: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        return self.grade == "A+" and self.score >= WANTED_SCORE


def grades(site: TLSSite) -> list[Grade]:
    """The grade of the hub's and of a clinic's home page."""
    return [_grade(site, host) for host in (site.hub, site.clinic("dallas"))]


def report(grades: Iterable[Grade]) -> None:
    """Print a line for each page."""
    for each in grades:
        print(f"{each.host:<24} {each.grade} {each.score}", *each.lost)


def _grade(site: TLSSite, host: str) -> Grade:
    scanned = subprocess.run(  # noqa: S603 - our own script and host
        [node(), "observatory.js", host],
        cwd=ROOT / "bench" / "npm",
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(site.authority)},
        capture_output=True,
        text=True,
        check=False,
    )
    if scanned.returncode:
        raise RuntimeError(f"The scan of {host} failed:\n{scanned.stderr}")
    found = json.loads(scanned.stdout)
    lost = [
        f"{name}: {test['result']} ({test['scoreModifier']})"
        for name, test in found["tests"].items()
        if test["scoreModifier"] < 0 or not test["pass"]
    ]
    return Grade(host, found["scan"]["grade"], found["scan"]["score"], tuple(lost))


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, tls_site(Path(folder), bare=True) as site:
        found = grades(site)
    report(found)
    return 0 if all(each.is_enough for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
