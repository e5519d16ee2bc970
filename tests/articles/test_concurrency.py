"""Pairs of concurrent saves, forms and autosave mixed: no silent overwrite (issue 3, item 8)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.articles.concurrency import Contested, race
from tests.articles.factories import make_article, make_local_version
from tests.factories import World

# `make probe` asks for more.
PAIRS = int(os.environ.get("PROBE_PAIRS", "100"))


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_the_second_hears_of_the_first(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    article = make_article()
    version = make_local_version(article, world.hillside, title_override="Ours")
    boss = client_for(world.superuser)
    pages = [
        Contested(version, "title_override", (client_for(world.hillside_publisher), boss)),
        Contested(article, "summary", (client_for(world.library_publisher), boss)),
    ]

    tally = race(pages, pairs=PAIRS)

    assert (tally.overwrites, tally.lost) == ([], [])
    assert tally.answers["saved"] == PAIRS
    assert tally.answers["told"] > 0
    assert tally.answers["refused"] > 0
    assert sum(tally.answers.values()) == 2 * PAIRS
