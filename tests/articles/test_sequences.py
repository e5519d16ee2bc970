"""Any order of acts of a clinic and of the library: nothing is lost, and the page is the merge."""

from __future__ import annotations

import os

import pytest

from tests.articles.sequences import live_through
from tests.factories import World

# `make probe` asks for more.
SEQUENCES = int(os.environ.get("PROBE_SEQUENCES", "20"))
ACTS = 8


@pytest.mark.parametrize("part", range(5))
def test_no_sequence_loses_a_text_or_shows_another(world: World, part: int) -> None:
    """After every act the page is the pure merge, and every saved text is in a revision."""
    for seed in range(part, SEQUENCES, 5):
        live_through(world, seed, ACTS)
