"""A team to act on: people who have signed in, and the franchise's second admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from clinics.choices import Role
from clinics.team.members import find_member
from tests.factories import World, make_staff

type Sign = Callable[[Any], Any]


@pytest.fixture
def team(world: World) -> World:
    """Everybody of the world has signed in before. Hillside has a second publisher, Bo."""
    users = get_user_model().objects
    bo = make_staff("bo", Role.CLINIC_PUBLISHER, world.hillside)
    users.filter(pk=bo.pk).update(first_name="Bo", last_name="Brook")
    users.update(last_login=timezone.now())
    return world


@pytest.fixture
def bo(team: World) -> Any:
    return get_user_model().objects.get(username="bo")


@pytest.fixture
def base_of() -> Callable[[Any, Any], str]:
    """What a form about the second person is opened on by the first."""

    def base(reader: Any, user: Any) -> str:
        return find_member(reader, user.pk).base

    return base
