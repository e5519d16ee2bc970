"""Numbers that are reserved for fiction never reach patients of a real clinic (B-12)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.factories import World


def test_fictional_number_is_refused_where_the_setting_is_off(world: World, settings: Any) -> None:
    settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = False

    with pytest.raises(ValidationError) as refused:
        world.uptown.facts.full_clean()

    assert list(refused.value.message_dict) == ["main_phone"]
    assert "(214) 555-0142" in refused.value.message_dict["main_phone"][0]


def test_fictional_number_is_accepted_in_a_demo(world: World, settings: Any) -> None:
    settings.CLINICS_ALLOW_FICTIONAL_NUMBERS = True

    world.uptown.facts.full_clean()

    assert world.uptown.facts.main_phone.display == "(214) 555-0142"
