"""Measures what the product claims, into bench/results.json: `make bench`.

Times of the admin beside baselines; as root also the public pages behind TLS, by Lighthouse as on
a slow phone, and by Mozilla's Observatory. Exits with 1 when a page falls short.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import admin_times, lighthouse, observatory
from bench.tls_site import ROOT, tls_site

RESULTS = ROOT / "bench" / "results.json"


def main() -> int:
    results: dict[str, Any] = {"admin": admin_times.results()}
    admin_times.report(results["admin"])
    is_enough = True
    if os.geteuid() == 0:
        with tls_site(Path(os.environ.get("VAR_DIR", "var")).resolve() / "bench") as site:
            grades, reports = observatory.grades(site), lighthouse.reports(site)
        results["observatory"] = [asdict(grade) for grade in grades]
        results["lighthouse"] = [asdict(report) for report in reports]
        observatory.report(grades)
        lighthouse.report(reports)
        is_enough = all(each.is_enough for each in (*grades, *reports))
    else:
        print("Public pages are left out: the ports 80 and 443 are for root only.")
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
