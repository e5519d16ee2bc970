from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.factories import World


@pytest.fixture(autouse=True)
def _everybody_has_been_here(world: World) -> None:
    """Nobody of the world waits for an invitation to be accepted."""
    get_user_model().objects.update(last_login=timezone.now())
