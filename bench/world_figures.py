"""Figures of one database: `python -m bench.world_figures FOLDER` prints them as JSON.

Worlds of several sizes are made, and each thing is measured in all of them by turns; the pages of
the largest one also beside their peers.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.beside import compared, pace
from bench.freshness import fresh_seconds
from bench.worlds import MadeWorld, make_world, measured, on_postgresql

FEW, MANY = 10, 1_000
_ONCE = ("page", "storage", "hit", "screens")
_IN_TURN = ("page_time", "publish", "explorer")


def world_figures(folder: Path, *, quick: bool) -> dict[str, Any]:
    """`figures` by name, `worlds` as raw rows, `environments` of the worlds by their size."""
    sizes = [1, FEW, MANY] if quick else [1, FEW, MANY, 10_000]
    worlds = [make_world(folder, size) for size in sizes]
    found = {world.clinics: {name: _of(name, world) for name in _ONCE} for world in worlds}
    turns: dict[int, dict[str, list[Any]]] = {
        world.clinics: {name: [] for name in _IN_TURN} for world in worlds
    }
    for turn in range(1 if quick else 3):
        for world in [*worlds[turn % len(worlds) :], *worlds[: turn % len(worlds)]]:
            for name in _IN_TURN:
                turns[world.clinics][name].append(measured(name, world.environment))
    rows = [_row(world, found[world.clinics], turns[world.clinics]) for world in worlds]
    found_figures = figures({row["clinics"]: row for row in rows}, turns)
    found_figures["fresh_seconds"] = fresh_seconds(worlds[-1].environment)
    return {
        "figures": found_figures,
        "worlds": rows,
        "environments": {world.clinics: world.environment for world in worlds},
    }


def figures(
    rows: Mapping[int, Mapping[str, Any]], turns: Mapping[int, Mapping[str, Sequence[Any]]]
) -> dict[str, float]:
    """Figures for the goals: counts of the worst world, and ratios between worlds."""
    one, few, many, largest = rows[min(rows)], rows[FEW], rows[MANY], rows[max(rows)]
    clinics = MANY - FEW
    return {
        "page_sql": max(sql for row in rows.values() for sql in row["page"]["sql"].values()),
        "cold_sql": max(n for row in rows.values() for n in row["page"]["cold_sql"].values()),
        "picture_sql": max(n for row in rows.values() for n in row["page"]["pictures"].values()),
        "encodes": max(row["page"]["encodes"] for row in rows.values()),
        "publish_sql_per_clinic": (many["publish"]["sql"] - few["publish"]["sql"]) / clinics,
        "publish_rows_per_clinic": (many["publish"]["rows"] - few["publish"]["rows"]) / clinics,
        "publish_time": _ratio(turns, "publish", MANY, FEW),
        "purges": max(row["publish"]["purges"] for row in rows.values()),
        "override_rows": many["storage"]["rows"],
        "override_bytes": many["storage"]["bytes"],
        "hit_sql": largest["hit"]["sql"],
        "hit_network": largest["hit"]["network"],
        "many_sites_time": _ratio(turns, "page_time", max(rows), min(rows)),
        "many_sites_memory": largest["peak"] / one["peak"],
        "explorer_time": _ratio(turns, "explorer", max(rows), min(rows)),
    }


def _ratio(
    turns: Mapping[int, Mapping[str, Sequence[Any]]], name: str, large: int, small: int
) -> float:
    """The median of the turns: the two of a turn were measured one after the other."""
    pairs = zip(turns[large][name], turns[small][name], strict=True)
    return statistics.median(a["ms"] / b["ms"] for a, b in pairs)


def _of(name: str, world: MadeWorld) -> Any:
    # One clinic has too few articles left to change.
    return measured(name, world.environment) if name != "storage" or world.clinics == MANY else None


def _row(
    world: MadeWorld, once: Mapping[str, Any], turns: Mapping[str, Sequence[Any]]
) -> dict[str, Any]:
    return {
        "database": "PostgreSQL" if on_postgresql() else "SQLite",
        "clinics": world.clinics,
        "seconds": world.seconds,
        **once,
        "ms": round(statistics.median(each["ms"] for each in turns["page_time"]), 2),
        "peak": min(each["peak"] for each in turns["page_time"]),
        "publish": turns["publish"][-1],
        "explorer": turns["explorer"][-1],
    }


def main(folder: Path, *, quick: bool) -> None:
    found = world_figures(folder, quick=quick)
    rounds, seconds = pace(quick=quick)
    largest = found["environments"][max(found["environments"])]
    found["figures"] |= compared(folder, largest, rounds=rounds, seconds=seconds)["figures"]
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), quick="--quick" in sys.argv)
