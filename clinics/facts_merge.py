"""Two people changed the same facts: three snapshots in, what the second one meant out.

What somebody did not touch is taken as it is saved now: a form that was opened an hour ago must not
bring an old number back. Pure; hours are merged day by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clinics.facts_snapshot import HOURS, Snapshot


def merge_typed(base: Snapshot, typed: Snapshot, now: Snapshot) -> Snapshot:
    """What was saved when the form was opened, what it holds, and what is saved now, as one.

    Without a base everything counts as touched.
    """
    merged = {
        name: now[name] if name in base and typed[name] == base[name] else typed[name]
        for name in now
    }
    if HOURS in now and HOURS in base:
        merged[HOURS] = _merge_week(base[HOURS], typed[HOURS], now[HOURS])
    return merged


def _merge_week(base: Sequence[Any], typed: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    week: list[Any] = []
    for day in range(7):
        mine = _rows_of(day, typed)
        week += _rows_of(day, now) if mine == _rows_of(day, base) else mine
    return week


def _rows_of(day: int, rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row["weekday"] == day]
