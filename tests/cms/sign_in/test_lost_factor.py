"""A lost phone: a franchise admin resets the factor on the team screen, and nobody else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinics.choices import Role
from clinics.models import Membership
from clinics.team.members import find_member
from cms.sign_in.factors import has_second_factor
from tests.clinics.bulk.test_planning import other_franchise
from tests.cms.sign_in.conftest import give_app
from tests.factories import World, make_staff

type SignIn = Callable[[Any], Client]


def reset(client: Client, actor: Any, user: Any, **typed: str) -> Any:
    form = {"base": find_member(actor, user.pk).base, **typed}
    return client.post(reverse("team:reset_factor", args=[user.pk]), form, follow=True)


@pytest.fixture
def lost(world: World) -> Any:
    """Hillside's editor, whose app is gone with the phone."""
    give_app(world.hillside_editor)
    return world.hillside_editor


def test_franchise_admin_resets_it_and_everybody_can_read_that(
    world: World, lost: Any, client_for: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_for(world.franchise_admin)
    page = client.get(reverse("team:member", args=[lost.pk]))
    assert "Reset the second factor" in page.text

    with django_capture_on_commit_callbacks(execute=True):
        answer = reset(client, world.franchise_admin, lost)

    assert not has_second_factor(lost)
    assert "sets up a new second factor" in answer.text
    assert "Reset the second factor of" in answer.text, "the history says so"
    assert [letter.to for letter in mail.outbox] == [[lost.email]]


def test_clinic_publishers_do_not_reset_it(world: World, lost: Any, client_for: SignIn) -> None:
    """Whoever sits in the next room could know the password."""
    client = client_for(world.hillside_publisher)
    page = client.get(reverse("team:member", args=[lost.pk]))
    assert "Reset the second factor" not in page.text
    answer = reset(client, world.hillside_publisher, lost)
    assert "There is no second factor that you may reset" in answer.text
    assert has_second_factor(lost)


def test_nobody_resets_it_for_somebody_who_also_works_elsewhere(
    world: World, lost: Any, client_for: SignIn
) -> None:
    theirs = other_franchise()
    home = theirs.facts.clinic.page_ptr
    Membership.objects.create(user=lost, role=Role.CLINIC_EDITOR, page=home)
    answer = reset(client_for(world.franchise_admin), world.franchise_admin, lost)
    assert "There is no second factor that you may reset" in answer.text
    assert has_second_factor(lost)


def test_another_franchise_and_no_role_find_nobody(
    world: World, lost: Any, client_for: SignIn
) -> None:
    theirs = other_franchise()
    franchise = theirs.get_ancestors().get(depth=2).specific
    stranger = make_staff("other-admin", Role.FRANCHISE_ADMIN, franchise)
    for user in (stranger, world.harbour_publisher, world.library_publisher):
        answer = client_for(user).post(reverse("team:reset_factor", args=[lost.pk]), {"base": ""})
        assert answer.status_code == 404
    assert has_second_factor(lost)


def test_a_late_form_resets_nothing(world: World, lost: Any, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)
    answer = reset(client, world.franchise_admin, lost, base="WAITING 1.2.X")
    assert answer.status_code == 409
    assert has_second_factor(lost)


def test_nobody_resets_their_own(world: World, client_for: SignIn) -> None:
    admin = world.franchise_admin
    give_app(admin)
    reset(client_for(admin), admin, admin)
    assert has_second_factor(admin)
