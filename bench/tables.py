"""What was measured, as the tables of docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

# For each goal that has ever been missed, where the time goes and what was tried.
_WHY = Path(__file__).with_name("missed.md")
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
    worlds = results["worlds"]
    missed = _missed(results["goals"])
    return head + peers + _GOALS + goals + missed + _worlds(worlds) + _screens(worlds)


def _peer(row: Mapping[str, Any]) -> str:
    sql = "" if row.get("sql") is None else row["sql"]
    memory = f"{row['memory'] / 1e6:.0f}"
    return f"| {row['name']} | {sql} | {row['share']:.3g} | {row['cpu']:.3g} | {memory} |\n"


def _goal(name: str, each: Mapping[str, Any]) -> str:
    met = _MET[each["met"]]
    return (
        f"| {name} | {each['says']} | {each['goal']} | {each['value']} | {met} | {each['note']} |\n"
    )


def _missed(goals: Mapping[str, Mapping[str, Any]]) -> str:
    """What is known of the goals that this run missed."""
    parts = _WHY.read_text().split("### ")[1:]
    known = dict(part.split("\n", 1) for part in parts)
    missed = [name for name, each in goals.items() if each["met"] is False]
    told = "".join(f"\n### {name}\n\n{known[name].strip()}\n" for name in missed if name in known)
    return f"\n## Goals that were missed\n{told}" if told else ""


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


def _screens(worlds: Sequence[Mapping[str, Any]]) -> str:
    """Each screen of the admin in the smallest and the largest world of each database."""
    lines = [
        "\n## Screens of the admin\n\nMilliseconds and statements with one clinic and with the "
        "most that are measured,\nand the most memory that one request takes there.\n\n",
        "| database | screen | ms | ms, most clinics | × | SQL | SQL, most clinics | MB |\n",
        "|---|---|--:|--:|--:|--:|--:|--:|\n",
    ]
    for database in dict.fromkeys(each["database"] for each in worlds):
        ours = [each for each in worlds if each["database"] == database]
        few, many = (
            choose(ours, key=lambda each: each["clinics"])["screens"] for choose in (min, max)
        )
        lines += [_screen(database, name, few[name], many[name]) for name in many]
    return "".join(lines)


def _screen(database: str, name: str, few: Mapping[str, float], many: Mapping[str, float]) -> str:
    ratio = many["ms"] / few["ms"]
    return (
        f"| {database} | {name} | {few['ms']:.0f} | {many['ms']:.0f} | {ratio:.2f} "
        f"| {few['sql']} | {many['sql']} | {many['peak'] / 1e6:.1f} |\n"
    )
