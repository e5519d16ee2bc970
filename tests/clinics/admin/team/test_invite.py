"""The form of an invitation, and what a posted one may name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinics.models import Membership
from tests.clinics.admin.team.addresses import (
    INVITE,
    invitation,
    tab,
)
from tests.factories import World

type SignIn = Callable[[Any], Client]


def test_publisher_invites_to_their_clinic(world: World, client_for: SignIn) -> None:
    client = client_for(world.hillside_publisher)

    answer = client.post(reverse(INVITE), invitation(), follow=True)

    assert answer.redirect_chain == [(tab(world.hillside), 302)]
    assert "a letter with a link is on its way to ann@hill.example" in answer.text
    assert "/welcome/" not in answer.text, "the link goes to the address only"
    user = get_user_model().objects.get(email="ann@hill.example")
    assert [m.page_id for m in user.memberships.all()] == [world.hillside.pk]
    assert "/welcome/" in mail.outbox[0].body


def test_posted_clinic_of_others_is_not_taken(world: World, client_for: SignIn) -> None:
    """A form with one clinic asks for none, and takes none."""
    client = client_for(world.hillside_publisher)

    client.post(reverse(INVITE), invitation(places=[str(world.harbour.pk)]))

    user = get_user_model().objects.get(email="ann@hill.example")
    assert [m.page_id for m in user.memberships.all()] == [world.hillside.pk]


@pytest.mark.parametrize("role", ["FRANCHISE_ADMIN", "LIBRARY_PUBLISHER", "SUPERUSER", ""])
def test_posted_role_that_is_not_offered_is_refused(
    world: World, client_for: SignIn, role: str
) -> None:
    answer = client_for(world.hillside_publisher).post(reverse(INVITE), invitation(role=role))

    assert answer.status_code == 200
    assert 'value="ann@hill.example"' in answer.text, "nothing typed is lost"
    assert not get_user_model().objects.filter(email="ann@hill.example").exists()


def test_franchise_admin_chooses_clinics_of_their_own(world: World, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)
    places = [str(world.hillside.pk), str(world.harbour.pk)]

    for foreign in (world.library.pk, world.uptown.pk, 8_888_888):
        answer = client.post(reverse(INVITE), invitation(places=[*places, str(foreign)]))
        assert "Select a valid choice" in answer.text
    assert not get_user_model().objects.filter(email="ann@hill.example").exists()
    client.post(reverse(INVITE), invitation(places=places))

    assert Membership.objects.filter(user__email="ann@hill.example").count() == 2


def test_place_of_the_address_is_chosen_already(world: World, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)

    def chosen(place: int) -> Any:
        return client.get(f"{reverse(INVITE)}?place={place}").context["form"].initial.get("places")

    assert chosen(world.harbour.pk) == [world.harbour.pk]
    assert chosen(world.library.pk) is chosen(8_888_888) is None
