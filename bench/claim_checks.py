"""The check of one clinic with ten times the articles: a folder in, a row of the admin's times out.

It has to be linear: ten times the articles may take ten times as long.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.admin_times import row
from bench.worlds import make_library, measured

FEW, MANY = 30, 300


def measures(folder: Path) -> list[dict[str, Any]]:
    """Milliseconds and statements of a check of all texts; each article has a thousand words."""
    few, many = (measured("claim_check", make_library(folder, each)) for each in (FEW, MANY))
    name, baseline = f"check of {MANY} articles of a clinic", f"of {FEW}"
    return [row(name, (many["ms"], many["sql"]), baseline, (few["ms"], few["sql"]))]
