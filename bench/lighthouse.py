"""Lighthouse on pages of every clinic, as a slow phone loads them (P14, P16).

Lab values: Lighthouse reckons with a round trip of 150 ms, 1.6 Mbit/s (its "slow 4G" of mobile
runs) and a processor four times slower than that of a fast desk; on a slower machine the factor is
to be lowered, as its documentation says (docs/throttling.md, "Calibrating the CPU slowdown"). A
bare page tells by how much: where it blocks for some time, this lab is slower than the one that the
goals come from, in which it blocked for 0.

The browser is Chromium's headless shell where there is one: like a phone's it has no extensions,
whose setting up would count for each page.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bench.node import PACKAGES, node
from bench.tls_site import TLSSite

# The last of each is the clinic's own article, which search engines may list.
PATHS = {
    "dallas": ("/", "/locations/dallas/", "/conditions/fibromyalgia/",
               "/articles/parking-and-arriving/"),
    "delray-beach": ("/", "/locations/delray-beach/", "/conditions/fibromyalgia/",
                     "/articles/visiting-from-out-of-town/"),
    "kairos": ("/", "/locations/main-office/", "/conditions/fibromyalgia/",
               "/articles/two-visits-before-you-decide/"),
}  # fmt: skip
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LISTED_ONLY = "is-crawlable"
RUNS = 3
LAB_RUNS = 5
SLOWDOWN = 4.0
# What a task may take before it counts as blocking: https://web.dev/articles/tbt
LONG_TASK = 50
SCRIPT = PACKAGES.parent / "lighthouse.js"


@dataclass(frozen=True)
class Report:
    """Scores of 0 to 100; `lcp` and `tbt` in milliseconds, `cls` without unit. `first_trip` is in
    bytes: the page and its first stylesheet, with their headers.

    `failed` names the audits that count and do not pass, but for the one that says that search
    engines are asked to leave the page out; `is_listed` is False where they are.
    """

    url: str
    scores: dict[str, int]
    lcp: int
    cls: float
    tbt: int
    first_trip: int
    is_listed: bool
    failed: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        wanted = [name for name in CATEGORIES if name != "seo" or self.is_listed]
        return (
            all(self.scores[name] == 100 for name in wanted)
            and not self.failed
            and (self.lcp <= 1000, self.cls, self.tbt) == (True, 0, 0)
        )


@dataclass(frozen=True)
class Lab:
    """`slowdown` is how many times slower than this machine the phone is taken to be."""

    slowdown: float
    bare: Report


def lab(site: TLSSite) -> Lab:
    """Lighthouse's own factor, or the largest with which no task of a bare page blocks."""
    url = f"https://{site.hub}/bare/"
    runs = [_lighthouse(url, SLOWDOWN) for _run in range(LAB_RUNS)]
    longest = statistics.median(_longest_task(run) for run in runs)
    slowdown = SLOWDOWN if longest <= LONG_TASK else round(SLOWDOWN * LONG_TASK / longest, 1)
    return Lab(slowdown, median_report(url, slowdown))


def reports(site: TLSSite, lab: Lab) -> list[Report]:
    """One for each page, as nginx has it once it has asked again."""
    found = []
    for slug, paths in PATHS.items():
        for path in paths:
            site.repack(slug, path)
            found.append(median_report(f"https://{site.clinic(slug)}{path}", lab.slowdown))
    return found


def median_report(url: str, slowdown: float) -> Report:
    """The median of three runs by LCP."""
    runs = [_report(_lighthouse(url, slowdown)) for _run in range(RUNS)]
    return sorted(runs, key=lambda run: run.lcp)[RUNS // 2]


def report(lab: Lab, reports: Iterable[Report]) -> None:
    """Print a line for the bare page and for each of ours."""
    line = "{:<62} {:>4} {:>4} {:>4} {:>4} {:>7} {:>6} {:>5} {:>7}"
    heads = ("perf", "a11y", "best", "seo", "LCP ms", "CLS", "TBT", "trip B")
    print(line.format("Lighthouse, mobile", *heads))
    for each in (lab.bare, *reports):
        seo = each.scores["seo"] if each.is_listed else f"({each.scores['seo']})"
        others = (each.scores[name] for name in CATEGORIES[:3])
        measured = (each.lcp, each.cls, each.tbt, each.first_trip)
        print(line.format(each.url, *others, seo, *measured), *each.failed)
    print(f"A phone is taken for {lab.slowdown:g} times slower than this machine.")
    print("SEO in brackets: a page that search engines are asked to leave out.")
    print(
        "Trip: the page and its first stylesheet; 14,600 bytes are one round trip for Lighthouse."
    )


def _lighthouse(url: str, slowdown: float, attempts: int = 4) -> dict[str, Any]:
    """One run. Chromium sometimes starts to record too late; then it is asked again."""
    browser = shutil.which("chromium-headless-shell") or os.environ["CHROMIUM"]
    throttling = {"cpuSlowdownMultiplier": slowdown}
    options = json.dumps({"onlyCategories": CATEGORIES, "throttling": throttling})
    command = [node(), str(SCRIPT), browser, url, options]
    for _attempt in range(attempts):
        done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"Lighthouse on {url} has failed:\n{done.stderr[-800:]}")
        found: dict[str, Any] = json.loads(done.stdout)
        if "runtimeError" not in found:
            return found
    raise RuntimeError(f"Lighthouse on {url}: {found['runtimeError']['message']}")


def _longest_task(found: dict[str, Any]) -> float:
    """In milliseconds, of those that end after the first paint; up to 50 they are not listed."""
    audits = found["audits"]
    first_paint = audits["first-contentful-paint"]["numericValue"]
    tasks = audits["long-tasks"].get("details", {}).get("items", [])
    return max(
        (task["duration"] for task in tasks if task["startTime"] + task["duration"] > first_paint),
        default=0,
    )


def _report(found: dict[str, Any]) -> Report:
    audits = found["audits"]
    counted = {
        reference["id"]
        for category in found["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"] and category["id"] != "performance"
    }
    failed = {name for name in counted if (audits[name]["score"] or 0) < 1
              and audits[name]["scoreDisplayMode"] not in ("notApplicable", "manual")}  # fmt: skip
    return Report(
        url=found["finalDisplayedUrl"],
        scores={name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES},
        lcp=round(audits["largest-contentful-paint"]["numericValue"]),
        cls=round(audits["cumulative-layout-shift"]["numericValue"], 3),
        tbt=round(audits["total-blocking-time"]["numericValue"]),
        first_trip=_first_trip(audits["network-requests"]["details"]["items"]),
        is_listed=LISTED_ONLY not in failed,
        failed=tuple(sorted(failed - {LISTED_ONLY})),
    )


def _first_trip(requests: list[dict[str, Any]]) -> int:
    kinds = ("Document", "Stylesheet")
    return sum(
        next(each["transferSize"] for each in requests if each["resourceType"] == kind)
        for kind in kinds
    )
