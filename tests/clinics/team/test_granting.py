"""Issue 5, item 4: nobody grants more than they have, nor at a clinic out of their reach."""

from __future__ import annotations

from typing import Any

import pytest

from clinics.choices import Role
from clinics.models import Membership
from clinics.roles.table import ROLE_TABLE
from clinics.team.granting import (
    LEADING_ROLES,
    has_no_more_say,
    is_no_more_than,
    leads_several_places,
    leads_team,
    leads_team_at,
    memberships_led_by,
    places_led_by,
    roles_given_at,
    roles_given_by,
)
from tests.factories import World

NOBODYS_LEADERS = (
    "hillside_editor",
    "library_editor",
    "library_publisher",
    "outsider",
)


@pytest.mark.parametrize("role", LEADING_ROLES)
def test_no_role_gives_a_say_that_it_lacks(role: Role) -> None:
    assert [r for r in ROLE_TABLE[role].grants if not has_no_more_say(r, role)] == []


@pytest.mark.parametrize("role", LEADING_ROLES)
def test_no_role_gives_one_that_belongs_above_it(role: Role) -> None:
    places = {ROLE_TABLE[given].page_type for given in ROLE_TABLE[role].grants}

    assert places <= {ROLE_TABLE[role].page_type, "clinics.ClinicPage"}


def test_editor_is_less_than_publisher_and_not_the_other_way_round() -> None:
    assert is_no_more_than(Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER)
    assert not is_no_more_than(Role.CLINIC_PUBLISHER, Role.CLINIC_EDITOR)
    assert not is_no_more_than(Role.CLINIC_PUBLISHER, Role.FRANCHISE_ADMIN)


@pytest.mark.parametrize("name", NOBODYS_LEADERS)
def test_others_lead_no_team(world: World, name: str) -> None:
    user = getattr(world, name)

    assert not leads_team(user)
    assert not places_led_by(user).exists()
    assert not memberships_led_by(user).exists()
    assert roles_given_by(user) == []


def test_publisher_leads_the_team_of_their_own_clinic(world: World) -> None:
    user = world.hillside_publisher

    assert list(places_led_by(user)) == [world.hillside.page_ptr]
    assert roles_given_at(user, world.hillside) == [Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER]
    assert roles_given_at(user, world.harbour) == roles_given_at(user, world.franchise) == []
    assert not leads_team_at(user, world.harbour)
    assert not leads_several_places(user)
    assert {m.user.username for m in memberships_led_by(user)} == {
        "hillside-publisher",
        "hillside-editor",
    }


def test_franchise_admin_leads_every_team_below_and_the_franchises_own(world: World) -> None:
    user = world.franchise_admin

    assert set(places_led_by(user)) == {
        page.page_ptr for page in (world.franchise, world.hillside, world.harbour)
    }
    assert roles_given_at(user, world.franchise) == [Role.FRANCHISE_ADMIN]
    assert roles_given_at(user, world.library) == []
    assert leads_several_places(user)
    assert {m.role for m in memberships_led_by(user)} == {
        "CLINIC_EDITOR",
        "CLINIC_PUBLISHER",
        "FRANCHISE_ADMIN",
    }


def test_superuser_appoints_the_library_too(world: World) -> None:
    assert roles_given_at(world.superuser, world.library) == [
        Role.LIBRARY_EDITOR,
        Role.LIBRARY_PUBLISHER,
        Role.MEDICAL_REVIEWER,
    ]
    assert world.library.page_ptr in places_led_by(world.superuser)


def test_superuser_is_in_nobodys_team(world: World) -> None:
    superuser = world.superuser
    Membership.objects.create(user=superuser, role=Role.CLINIC_EDITOR, page=world.hillside.page_ptr)

    for reader in (world.hillside_publisher, world.franchise_admin, superuser):
        assert not memberships_led_by(reader).filter(user=superuser).exists()


def test_deactivated_leader_leads_nothing(world: World) -> None:
    user: Any = world.hillside_publisher
    user.is_active = False

    assert not leads_team(user)
    assert not places_led_by(user).exists()
