"""An article that no cache has: milliseconds, and the most memory that a request takes (P10)."""

from __future__ import annotations

import json
import tracemalloc

from bench.measures.inside import CLINIC, SHARED, Client, ask, milliseconds, path_of

RUNS = 40


def measure() -> dict[str, float]:
    client, path = Client(HTTP_HOST=CLINIC.host), path_of(SHARED)
    took = milliseconds(lambda: ask(client, path), RUNS)
    tracemalloc.start()
    ask(client, path)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    ask(client, path)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return {"ms": took, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(measure()))
