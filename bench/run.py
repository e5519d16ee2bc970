"""Measures what the product claims, into bench/results.json and docs/performance.md: `make bench`.

Times of the admin beside baselines; worlds of up to 10,000 clinics on SQLite and PostgreSQL; pages
beside their peers; as root also the public pages behind TLS, by Lighthouse as on a slow phone, and
by Mozilla's Observatory. Exits with 1 when a goal is missed. QUICK=1 in the environment is for a
look in five minutes: fewer rounds, smaller worlds, no Lighthouse.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from bench import admin_times, beside, claim_checks, goals, lighthouse, observatory, tables
from bench.tls_site import ROOT, tls_site
from bench.world_figures import world_figures
from bench.worlds import run

RESULTS, TABLE = ROOT / "bench" / "results.json", ROOT / "docs" / "performance.md"


def main() -> int:
    quick = os.environ.get("QUICK", "") not in ("", "0")
    rounds, seconds = beside.pace(quick=quick)
    results: dict[str, Any] = {"about": _about(), "rounds": rounds}
    with tempfile.TemporaryDirectory(prefix="polyclinic-bench-") as name:
        folder = Path(name)
        sqlite = world_figures(folder / "sqlite", quick=quick)
        largest = max(sqlite["environments"])
        found = beside.compared(
            folder, sqlite["environments"][largest], rounds=rounds, seconds=seconds
        )
        postgresql = _on_postgresql(folder / "postgresql", quick=quick)
    results |= {"peers": found["peers"], "aliases": found["aliases"]}
    results["worlds"] = [*sqlite["worlds"], *postgresql.get("worlds", [])]
    figures = {"SQLite": sqlite["figures"] | found["figures"]}
    if postgresql:
        figures["PostgreSQL"] = postgresql["figures"]
    if not quick:
        figures["SQLite"] |= _admin_and_pages(results)
    cold = max(each["cold_sql"] for each in figures.values())
    results["goals"] = goals.verdicts(
        figures, _notes(cold, quick=quick) | _lab_note(results.get("lighthouse"))
    )
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    TABLE.write_text(tables.page(results))
    _report(results["goals"])
    return 1 if any(each["met"] is False for each in results["goals"].values()) else 0


def _on_postgresql(folder: Path, *, quick: bool) -> dict[str, Any]:
    """The same on a throwaway server; nothing where there is none."""
    if os.geteuid() != 0 and not list(Path("/usr/lib/postgresql").glob("*/bin")):
        print("PostgreSQL is left out: there is no server on this machine.")
        return {}
    command = [sys.executable, "-m", "bench.world_figures", str(folder), *["--quick"] * quick]
    found: dict[str, Any] = json.loads(run([".ci/postgres", *command], {}).splitlines()[-1])
    return found


def _admin_and_pages(results: dict[str, Any]) -> dict[str, float]:
    """Times of the admin, then what browsers and scanners say; figures of the latter."""
    results["admin"] = admin_times.results()
    with tempfile.TemporaryDirectory(prefix="polyclinic-bench-") as name:
        results["admin"]["measures"] += claim_checks.measures(Path(name))
    admin_times.report(results["admin"])
    if os.geteuid() != 0:
        print("Public pages are left out: the ports 80 and 443 are for root only.")
        return {}
    with tls_site(Path(os.environ.get("VAR_DIR", "var")).resolve() / "bench") as site:
        grades, lab = observatory.grades(site), lighthouse.lab(site)
        reports = lighthouse.reports(site, lab)
    results["observatory"] = [asdict(grade) for grade in grades]
    results["lighthouse"] = asdict(lab) | {"pages": [asdict(report) for report in reports]}
    observatory.report(grades)
    lighthouse.report(lab, reports)
    if not all(each.is_enough for each in grades):
        raise SystemExit("A page falls short of A+ at Mozilla's Observatory.")
    return page_figures(reports)


def page_figures(reports: Iterable[lighthouse.Report]) -> dict[str, float]:
    """SEO counts where search engines may list the page."""
    every = list(reports)
    scores = [
        score
        for each in every
        for name, score in each.scores.items()
        if name != "seo" or each.is_listed
    ]
    return {
        "lowest_score": min(scores),
        "lcp": max(each.lcp for each in every),
        "cls": max(each.cls for each in every),
        "tbt": max(each.tbt for each in every),
    }


def _about() -> str:
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    client = "wrk" if shutil.which("wrk") else "a client of our own"
    return f"{os.cpu_count()} processors, {versions}, asked by {client}"


def _notes(cold_sql: float, *, quick: bool) -> dict[str, str]:
    largest = "1,000" if quick else "10,000"
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    return {
        "P1": f"commit {commit}" if commit else "",
        "P5": f"the first time that a process reads a text: {cold_sql:g}",
        "P7": "1,000 clinics against 10",
        "P10": f"{largest} clinics against 1",
        "P11": f"{largest} clinics against 1",
    }


def _lab_note(found: dict[str, Any] | None) -> dict[str, str]:
    if not found:
        return {}
    bare = found["bare"]
    return {
        "P16": f"a phone {found['slowdown']:g} times slower than this machine; "
        f"a bare page: LCP {bare['lcp']}, TBT {bare['tbt']}"
    }


def _report(verdicts: dict[str, Any]) -> None:
    words = {True: "met", False: "MISSED", None: "–"}
    for name, each in verdicts.items():
        print(f"{name:<4} {words[each['met']]:<7} {each['value']}  ({each['goal']}) {each['note']}")


if __name__ == "__main__":
    sys.exit(main())
