"""Security rules 1 to 5 and 18, row 37: of another clinic nobody reads, writes or guesses anything.

`make test` tries one probe at each route for each visitor, by chance; `make probe` tries them all.
"""

from __future__ import annotations

import os
from random import Random
from secrets import token_hex

import pytest

from tests.factories import World
from tests.isolation.probes import probes_at, probes_at_closed, sample
from tests.isolation.walls import (
    EXEMPT,
    VISITORS,
    admin_routes,
    arguments,
    foreign_ids,
    is_closed,
    prober_for,
)

IS_FULL = bool(os.environ.get("PROBE_ISOLATION"))


@pytest.mark.parametrize("name", VISITORS)
def test_nothing_of_another_clinic_is_read_written_or_guessed(
    tenants: None, world: World, name: str
) -> None:
    prober = prober_for(name, world)
    ids, texts = foreign_ids(VISITORS[name].foreign), arguments(world)
    seed = os.environ.get("PROBE_SEED", token_hex(4))
    chance = Random(f"{seed} {name}")  # noqa: S311 - which probes are tried
    findings, count = [], 0
    for route in admin_routes():
        if route.name in EXEMPT:
            continue
        if is_closed(route, VISITORS[name]):
            probes = probes_at_closed(route, ids, texts)
        else:
            probes = probes_at(route, ids, texts, full=IS_FULL)
        assert probes, f"{route.name} is neither probed nor exempt with a reason"
        chosen = probes if IS_FULL else sample(probes, chance)
        findings += prober.run(chosen)
        count += len(chosen)

    asked = f"{count:,} probes, {prober.count:,} requests"
    print(f"{name}: {asked}, {len(findings)} findings (PROBE_SEED={seed})")
    assert not findings, "\n".join(map(str, findings[:40]))
