"""The table that readers see: whole, and with a missed goal in bold."""

from __future__ import annotations

from bench.goals import verdicts
from bench.tables import page


def test_page_shows_peers_goals_and_worlds() -> None:
    results = {
        "about": "2 processors",
        "rounds": 5,
        "peers": [{"name": "ours", "sql": None, "share": 0.8421, "cpu": 1.1, "memory": 90_000_000}],
        "goals": verdicts({"SQLite": {"page_sql": 4, "encodes": 0}}, {}),
        "worlds": [
            {
                "database": "SQLite",
                "clinics": 1000,
                "seconds": 9.1,
                "ms": 3.2,
                "page": {"sql": {"shared": 4, "own": 3}, "cold_sql": {"shared": 5}},
                "publish": {"sql": 40, "ms": 50.0},
                "explorer": {"ms": 70.0},
                "screens": {"clinic: Today": {"ms": 40.0, "sql": 30, "peak": 2_100_000}},
            }
        ],
    }

    text = page(results)

    assert "| ours |  | 0.842 | 1.1 | 90 |" in text
    assert "| P5 | Most SQL of an uncached article, in any world | ≤ 3 | 4 | **no** |  |" in text
    assert "| P12 | Pictures encoded in a reader's request | ≤ 0 | 0 | yes |  |" in text
    assert (
        "| P9 | Purge of one article in all clinics | requests ≤ 1 | not measured | – |  |" in text
    )
    assert "| SQLite | 1,000 | 9.1 | 3.2 | 4, 5 | 40 | 50.0 | 70.0 |" in text
    assert "| SQLite | clinic: Today | 40 | 40 | 1.00 | 30 | 30 | 2.1 |" in text


def test_what_is_missed_is_explained_and_nothing_else() -> None:
    goals = verdicts({"SQLite": {"uncached_cpu": 0.4, "memory": 1.0}}, {})
    text = page({"about": "", "rounds": 5, "peers": [], "goals": goals, "worlds": []})

    assert "## Goals that were missed" in text
    assert "### P6" in text and "### P17" not in text
