"""The check of all that patients of one clinic read, as a worker does it: milliseconds for each."""

from __future__ import annotations

import json
import time
from typing import Any

from bench.measures.inside import CLINIC, counted, undone


def measure() -> dict[str, Any]:
    """`pages` is how many were looked at."""
    from articles.claim_check import check_now  # noqa: PLC0415 - after the settings
    from clinics.models import ClinicPage  # noqa: PLC0415

    clinic = ClinicPage.objects.get(slug=CLINIC.slug)
    with undone():
        # The rules are read once for a process.
        check_now(clinic)
        with counted() as statements:
            check_now(clinic)
        started = time.perf_counter()
        check = check_now(clinic)
        took = (time.perf_counter() - started) * 1000
        return {"ms": took, "sql": len(statements), "pages": len(check.places)}


if __name__ == "__main__":
    print(json.dumps(measure()))
