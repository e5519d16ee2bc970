"""What `make bench` calls met is met, and what was not measured is never met."""

from __future__ import annotations

import pytest

from bench.goals import GOALS, verdicts
from bench.world_figures import figures


@pytest.mark.parametrize(("sql", "met"), [(2, True), (3, True), (4, False)])
def test_goal_is_met_up_to_its_bound(sql: int, met: bool) -> None:
    verdict = verdicts({"SQLite": {"page_sql": sql}}, {})["P5"]

    assert (verdict["value"], verdict["goal"], verdict["met"]) == (sql, "≤ 3", met)


@pytest.mark.parametrize(
    ("share", "cpu", "met"), [(0.80, 1.3, True), (0.79, 1.0, False), (0.95, 1.31, False)]
)
def test_goal_with_two_figures_needs_both(share: float, cpu: float, met: bool) -> None:
    found = verdicts({"SQLite": {"cached_share": share, "cached_cpu": cpu}}, {"P1": "a note"})

    assert found["P1"]["met"] is met
    assert found["P1"]["value"] == f"share {share:g}, CPU {cpu:g}"
    assert found["P1"]["note"] == "a note"


def test_goal_without_its_figures_is_neither_met_nor_missed() -> None:
    found = verdicts({"SQLite": {"cached_share": 0.9}}, {})

    assert set(found) == {goal.name for goal in GOALS}
    assert {each["met"] for each in found.values()} == {None}


def test_goal_that_one_database_misses_is_missed() -> None:
    found = verdicts({"SQLite": {"page_sql": 3}, "PostgreSQL": {"page_sql": 5}}, {})

    assert found["P5"] == {
        "says": "Most SQL of an uncached article, in any world",
        "value": 3,
        "goal": "≤ 3",
        "met": False,
        "note": "PostgreSQL: 5",
    }


def test_figures_take_the_worst_count_and_compare_pairs_of_one_turn() -> None:
    rows = {size: _row(sql=2 + (size == 1_000), publish=40 + size) for size in (1, 10, 1_000)}
    turns = {
        1: {name: [{"ms": 2.0}, {"ms": 4.0}, {"ms": 1.0}] for name in _TIMES},
        10: {name: [{"ms": 2.0}, {"ms": 4.0}, {"ms": 1.0}] for name in _TIMES},
        1_000: {name: [{"ms": 3.0}, {"ms": 4.0}, {"ms": 9.0}] for name in _TIMES},
    }

    found = figures(rows, turns)

    assert found["page_sql"] == 3
    assert found["publish_sql_per_clinic"] == 1
    assert found["publish_time"] == found["many_sites_time"] == found["explorer_time"] == 1.5


_TIMES = ("page_time", "publish", "explorer")


def _row(*, sql: int, publish: int) -> dict:
    return {
        "page": {
            "sql": {"shared": sql, "own": 1},
            "cold_sql": {"shared": 5},
            "pictures": {"shared": 1},
            "encodes": 0,
        },
        "publish": {"sql": publish, "rows": 5, "purges": 1},
        "storage": {"rows": 8, "bytes": 4000},
        "hit": {"sql": 0, "network": 0},
        "peak": 1000,
    }
