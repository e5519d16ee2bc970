"""What was measured, as the tables of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_HEAD = """\
# Performance

Written by `make bench`; do not edit. Machines differ and are shared, so what counts are counts, and
ratios that were measured side by side in one run: {about}.

## Beside others

One article of about a thousand words, with five headings, two pictures, a call to action and
navigation. gunicorn `-w 2 -k sync`; medians of {rounds} rounds, in each of which all are asked.

| | SQL per page | share of bare WSGI (req/s) | CPU per request against bare WSGI | MB per worker |
|---|--:|--:|--:|--:|
"""
_GOALS = """
## Goals

| # | what | goal | measured | met | |
|--|---|---|---|---|---|
"""
_MET = {True: "yes", False: "**no**", None: "–"}


def page(results: Mapping[str, Any]) -> str:
    """The whole file."""
    head = _HEAD.format(about=results["about"], rounds=results["rounds"])
    peers = "".join(map(_peer, results["peers"]))
    goals = "".join(_goal(name, each) for name, each in results["goals"].items())
    return head + peers + _GOALS + goals + _worlds(results["worlds"])


def _peer(row: Mapping[str, Any]) -> str:
    sql = "" if row.get("sql") is None else row["sql"]
    memory = f"{row['memory'] / 1e6:.0f}"
    return f"| {row['name']} | {sql} | {row['share']:.3g} | {row['cpu']:.3g} | {memory} |\n"


def _goal(name: str, each: Mapping[str, Any]) -> str:
    met = _MET[each["met"]]
    return (
        f"| {name} | {each['says']} | {each['goal']} | {each['value']} | {met} | {each['note']} |\n"
    )


def _worlds(worlds: Iterable[Mapping[str, Any]]) -> str:
    lines = [
        "\n## Worlds\n\nMade by `manage.py make_world`.\n\n",
        "| database | clinics | seconds to make | article, uncached, ms "
        "| SQL of an article, and of one that the process has to read "
        "| SQL of a publish | publish, ms | explorer of an editor, ms |\n",
        "|---|--:|--:|--:|--:|--:|--:|--:|\n",
    ]
    for each in worlds:
        warm, cold = (max(each["page"][name].values(), default="–") for name in ("sql", "cold_sql"))
        lines.append(
            f"| {each['database']} | {each['clinics']:,} | {each['seconds']} | {each['ms']} "
            f"| {warm}, {cold} | {each['publish']['sql']} | {each['publish']['ms']} "
            f"| {each['explorer']['ms']} |\n"
        )
    return "".join(lines)
