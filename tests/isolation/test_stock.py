"""Section 1 of the security rules again: what stock Wagtail leaks, and beside it ours at nothing.

The same prober asks a stock project, in a process of its own, and our admin. `make test` looks at a
handful of holes, to see that the prober finds them; `make probe` asks everything and prints all.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.contracts.source import ROOT
from tests.factories import World
from tests.isolation.probes import probes_at
from tests.isolation.routes import routes_of
from tests.isolation.walls import BOTH, EXEMPT, arguments, foreign_ids, prober_for

IS_FULL = bool(os.environ.get("PROBE_ISOLATION"))
# A role of the stock project → who is like them in ours.
OURS = {"editor": "clinic editor", "clinic admin": "clinic publisher", "anonymous": "anonymous"}
# Holes that a version of Wagtail may close: then the prober must be looked at.
HANDFUL = {
    "wagtailadmin_api:images:listing": "reads file",
    "wagtailadmin_tag_autocomplete": "reads tag",
    "wagtailadmin_choose_page_child": "reads draft",
    "wagtailadmin_reports:locked_pages": "reads user",
}
GROUPS = (
    ("admin API", r"wagtailadmin_api:"),
    ("page chooser", r"wagtailadmin_choose_page"),
    ("tags, pictures and documents", r"wagtailadmin_tag|wagtailimages|wagtaildocs"),
    ("workflow", r"wagtailadmin_workflows:"),
    ("reports", r"wagtailadmin_reports:"),
    ("forms", r"wagtailforms:"),
    ("snippets", r"wagtailsnippet"),
    ("redirects, settings, promoted searches", r"wagtail(redirects|settings|searchpromotions)"),
    ("public API", r"wagtailapi:|api-|wagtailapi|ninja"),
    ("pages", r"wagtailadmin_|wagtail_bulk"),
    ("other", r""),
)


def stock_leaks(role: str, *names: str) -> dict[str, Any]:
    """What leaks by route, and how much was asked."""
    command = [sys.executable, "-m", "tests.isolation.stock.run", role, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def our_leaks(world: World, role: str, names: Iterable[str]) -> tuple[dict[str, set[str]], int]:
    """The same routes of ours, as far as there are any, for whoever is like that role."""
    prober = prober_for(OURS[role], world)
    found: dict[str, set[str]] = defaultdict(set)
    wanted, ids, texts = set(names) - set(EXEMPT), foreign_ids(BOTH)[:5], arguments(world)
    for route in routes_of("cms.urls"):
        if route.name in wanted:
            for finding in prober.run(probes_at(route, ids, texts, full=False)):
                found[route.name].add(finding.kind)
    return found, prober.count


def group_of(name: str) -> str:
    return next(group for group, pattern in GROUPS if re.match(pattern, name))


def test_prober_finds_the_holes_of_stock_wagtail_and_none_of_ours(
    tenants: None, world: World
) -> None:
    roles, names = (OURS, []) if IS_FULL else (["editor"], [*HANDFUL])
    stock = {role: stock_leaks(role, *names) for role in roles}

    lines, ours = [], {}
    for role, answer in stock.items():
        leaks = answer["leaks"]
        ours[role], asked = our_leaks(world, role, leaks)
        lines += ["", f"{role}: {len(leaks)} of {answer['routes']} routes leak in stock Wagtail "]
        lines[-1] += f"({answer['requests']:,} requests), {len(ours[role])} in ours ({asked:,})"
        by_group: dict[str, list[str]] = defaultdict(list)
        for name in leaks:
            by_group[group_of(name)].append(name)
        for group, _pattern in GROUPS:
            if names := by_group.get(group):
                held = sum(name in ours[role] for name in names)
                lines.append(f"  {group:<40} | {len(names):>5} | {held:>4} | {', '.join(names)}")
    print("\n".join(["  group | routes that leak in stock | ours | which", *lines]))
    assert {role: dict(found) for role, found in ours.items() if found} == {}
    for name, kind in HANDFUL.items():
        assert kind in stock["editor"]["leaks"].get(name, ()), name
