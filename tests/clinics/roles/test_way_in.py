"""Signing in to the admin comes with the first role, and goes with the last."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from clinics.choices import Role
from clinics.models import Membership, Person
from tests.factories import World, make_staff


def may_sign_in(user: Any) -> bool:
    fresh = get_user_model().objects.get(pk=user.pk)
    return bool(fresh.has_perm("wagtailadmin.access_admin"))


@pytest.fixture
def newcomer(world: World) -> Any:
    return get_user_model().objects.create_user("newcomer", "newcomer@example.com")


def test_first_role_opens_the_admin(world: World, newcomer: Any) -> None:
    assert not may_sign_in(newcomer)

    Membership.objects.create(user=newcomer, role=Role.CLINIC_EDITOR, page=world.hillside.page_ptr)

    assert may_sign_in(newcomer)


def test_last_role_that_is_taken_closes_it(world: World) -> None:
    user = make_staff("two-roles", Role.CLINIC_EDITOR, world.hillside)
    other = Membership.objects.create(
        user=user, role=Role.CLINIC_EDITOR, page=world.harbour.page_ptr
    )

    other.delete()
    assert may_sign_in(user)
    Membership.objects.filter(user=user).delete()

    assert not may_sign_in(user)


def test_clinic_that_is_deleted_takes_its_peoples_way_in_along(world: World) -> None:
    Person.objects.filter(clinic=world.harbour).delete()

    world.harbour.delete()

    assert not may_sign_in(world.harbour_publisher)
    assert may_sign_in(world.hillside_publisher)


def test_account_that_is_deleted_is_no_trouble(world: World) -> None:
    world.hillside_editor.delete()

    assert not Membership.objects.filter(user__username="hillside-editor").exists()
    assert may_sign_in(world.hillside_publisher)


def test_superuser_needs_no_role(world: World) -> None:
    member = Membership.objects.create(
        user=world.superuser, role=Role.CLINIC_EDITOR, page=world.hillside.page_ptr
    )

    member.delete()

    assert may_sign_in(world.superuser)
