"""Lighthouse on pages of every clinic, as a slow phone loads them (P14, P16).

Lab values: Lighthouse reckons with a round trip of 150 ms, 1.6 Mbit/s and a processor four times
slower than this one (its "slow 4G" of mobile runs).
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
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
CHROME = (
    "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --ignore-certificate-errors"
)


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


def reports(site: TLSSite) -> list[Report]:
    """The median of three runs by LCP for each page, as nginx has it once it has asked again."""
    found = []
    for slug, paths in PATHS.items():
        for path in paths:
            site.repack(slug, path)
            runs = [report_of(f"https://{site.clinic(slug)}{path}") for _run in range(RUNS)]
            found.append(sorted(runs, key=lambda run: run.lcp)[RUNS // 2])
    return found


def report(reports: Iterable[Report]) -> None:
    """Print a line for each page."""
    line = "{:<62} {:>4} {:>4} {:>4} {:>4} {:>7} {:>6} {:>5} {:>7}"
    heads = ("perf", "a11y", "best", "seo", "LCP ms", "CLS", "TBT", "trip B")
    print(line.format("Lighthouse, mobile", *heads))
    for each in reports:
        seo = each.scores["seo"] if each.is_listed else f"({each.scores['seo']})"
        others = (each.scores[name] for name in CATEGORIES[:3])
        measured = (each.lcp, each.cls, each.tbt, each.first_trip)
        print(line.format(each.url, *others, seo, *measured), *each.failed)
    print("SEO in brackets: a page that search engines are asked to leave out.")
    print(
        "Trip: the page and its first stylesheet; 14,600 bytes are one round trip for Lighthouse."
    )


def report_of(url: str, attempts: int = 4) -> Report:
    """One run. Chromium sometimes starts to record too late; then it is asked again."""
    for _attempt in range(attempts):
        found = _lighthouse(url)
        if "runtimeError" not in found:
            return _report(found)
    raise RuntimeError(f"Lighthouse on {url}: {found['runtimeError']['message']}")


def _lighthouse(url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        subprocess.run(  # noqa: S603 - our own address
            [node(), str(PACKAGES / "lighthouse" / "cli" / "index.js"), url, "--quiet",
             "--form-factor=mobile", f"--only-categories={','.join(CATEGORIES)}",
             "--output=json", f"--output-path={file}", f"--chrome-flags={CHROME}"],
            env={**os.environ, "CHROME_PATH": os.environ["CHROMIUM"]},
            capture_output=True,
            check=False,
        )  # fmt: skip
        return dict(json.loads(file.read_text()))


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
