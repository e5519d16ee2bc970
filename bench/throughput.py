"""Runs all peers beside each other, in turns: rates and processor time, as parts of bare WSGI's.

In every round each server is asked once, in another order; a part compares two of one round, and
what is told is the median of the rounds. So a machine that others use as well does little harm.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.load import Load, fetch, load
from bench.servers import Server


@dataclass(frozen=True)
class Compared:
    """`share` of the yardstick's requests a second, and `cpu` of a request against the yardstick's;
    `rates` of each round, and `memory` of a worker in bytes.
    """

    name: str
    share: float
    cpu: float
    rates: list[float]
    memory: int


def compare(
    servers: Sequence[Server], yardstick: Server, *, rounds: int, seconds: float
) -> list[Compared]:
    """Every server against the yardstick, which is one of them."""
    for server in servers:
        for _warm in range(12):  # both workers have then answered
            status, _headers, _body = fetch(server)
            if status != 200:
                raise RuntimeError(f"{server.name} answers {status}.")
    found = [_round(servers, number, seconds) for number in range(rounds)]
    return [_compared(server, yardstick, found) for server in servers]


def rows(compared: Sequence[Compared]) -> list[dict[str, object]]:
    return [asdict(each) for each in compared]


def _round(servers: Sequence[Server], number: int, seconds: float) -> dict[str, Load]:
    start = number % len(servers)
    order = [*servers[start:], *servers[:start]]
    return {server.name: load(server, seconds) for server in order}


def _compared(server: Server, yardstick: Server, rounds: Sequence[dict[str, Load]]) -> Compared:
    shares = [each[server.name].rate / each[yardstick.name].rate for each in rounds]
    costs = [
        each[server.name].cpu / each[yardstick.name].cpu
        for each in rounds
        if each[yardstick.name].cpu
    ]
    return Compared(
        server.name,
        statistics.median(shares),
        statistics.median(costs) if costs else 0.0,
        [round(each[server.name].rate, 1) for each in rounds],
        server.memory_per_worker(),
    )
