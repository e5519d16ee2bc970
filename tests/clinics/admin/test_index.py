from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import World

type SignIn = Callable[[Any], Client]

INDEX = "/admin/my-clinic/"


def test_index_leads_to_the_one_clinic_of_a_publisher(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_publisher).get(INDEX)

    assert response.status_code == 302
    assert response.url == reverse("my_clinic:contact", args=[world.hillside.pk])


def test_index_lists_the_clinics_below_a_franchise_admin(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).get(INDEX)

    names = [clinic.facts.name for clinic in response.context["object_list"]]
    assert names == ["Harbour Infusion Center", "Hillside Pain Clinic"]
    assert reverse("my_clinic:contact", args=[world.harbour.pk]) in response.text


def test_index_finds_clinics_by_name(world: World, client_for: SignIn) -> None:
    response = client_for(world.franchise_admin).get(f"{INDEX}results/", {"q": "hill"})

    assert [clinic.slug for clinic in response.context["object_list"]] == ["hillside"]


@pytest.mark.parametrize("url", [INDEX, f"{INDEX}results/"])
def test_index_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, url: str
) -> None:
    assert client_for(world.outsider).get(url).status_code == 404
    assert client_for(world.library_publisher).get(url).status_code == 404


def test_index_results_show_a_publisher_no_other_clinic(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_publisher).get(f"{INDEX}results/", {"q": "Infusion"})

    assert list(response.context["object_list"]) == []


def test_index_refuses_other_verbs(world: World, client_for: SignIn) -> None:
    assert client_for(world.franchise_admin).post(INDEX).status_code == 405
