"""A library that publishes only what was reviewed, as production and the demo do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.articles.factories import make_reviewer
from tests.factories import World


@pytest.fixture
def review_required(settings: Any) -> None:
    settings.ARTICLES_REVIEW_REQUIRED = True


@pytest.fixture
def reviewer(world: World, review_required: None) -> Any:
    """Ada Hill, whose license is verified and in force."""
    return make_reviewer(world)
