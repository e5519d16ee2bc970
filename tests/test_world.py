"""The world that the other tests stand on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Site

from clinics.models import ClinicPage, LocationFacts
from tests.factories import World, build_world


def test_world_has_two_clinics_a_hub_and_a_library(
    world: World, site_client: Callable[[Page], Client]
) -> None:
    homes = [world.hillside, world.harbour, world.hub]

    assert [Site.objects.get(root_page=home.pk).hostname for home in homes] == [
        "hillside.test",
        "harbour.test",
        "hub.test",
    ]
    assert {site_client(home).get("/conditions/").status_code for home in homes} == {200}
    assert [facts.name for facts in LocationFacts.objects.order_by("pk")] == [
        "Uptown",
        "Plano",
        "Marina",
    ]


def test_world_lets_its_people_sign_in_to_the_admin(
    world: World, client_for: Callable[[Any], Client]
) -> None:
    for user in get_user_model().objects.all():
        assert client_for(user).get("/admin/").status_code == 200


def test_no_world_is_an_installation_before_its_first_clinic(no_world: None) -> None:
    assert [page.depth for page in Page.objects.all()] == [1]
    assert not Site.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db(transaction=True)
def test_world_is_built_again_after_a_test_that_committed() -> None:
    call_command("flush", interactive=False, verbosity=0)

    world = build_world()

    assert ClinicPage.objects.count() == 2
    assert world.hillside.get_parent().specific == world.franchise
