"""An article that no cache has: milliseconds, and the most memory that a request takes (P10)."""

from __future__ import annotations

import json
import tracemalloc

from bench.measures.inside import (
    CLINIC,
    SHARED,
    ask_process,
    keeping_nothing,
    milliseconds,
    path_of,
)

RUNS = 40


def measure() -> dict[str, float]:
    process, host, path = keeping_nothing(), CLINIC.host, path_of(SHARED)
    took = milliseconds(lambda: ask_process(process, host, path), RUNS)
    tracemalloc.start()
    ask_process(process, host, path)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    ask_process(process, host, path)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return {"ms": took, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(measure()))
