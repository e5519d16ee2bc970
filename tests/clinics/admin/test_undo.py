from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinics.facts import facts_of, save_facts
from clinics.hours import parse_hours
from clinics.models import FactsChange
from tests.factories import World

type SignIn = Callable[[Any], Client]


@pytest.fixture
def city_change(world: World) -> Any:
    return save_facts(
        facts_of(world.uptown.pk), {"city": "Austin"}, user=world.superuser, base_version=1
    )


@pytest.fixture
def hours_change(world: World) -> Any:
    hours = parse_hours("Mon 10:00-12:00")
    return save_facts(facts_of(world.plano.pk), {}, user=None, base_version=1, hours=hours)


def undo(client: Client, change: FactsChange, version: str = "2") -> Any:
    url = reverse("my_clinic:undo", args=[change.pk])
    return client.post(url, {"base_version": version}, follow=True)


def messages_of(response: Any) -> list[str]:
    return [" ".join(str(message).split()) for message in response.context["messages"]]


def test_undo_puts_back_what_was_before(
    world: World, client_for: SignIn, city_change: FactsChange
) -> None:
    response = undo(client_for(world.franchise_admin), city_change)

    assert response.redirect_chain == [
        (reverse("my_clinic:changes", args=[world.hillside.pk]), 302)
    ]
    assert messages_of(response)[0].startswith("Put back and live: City.")
    assert facts_of(world.uptown.pk).city == "Dallas"
    assert FactsChange.objects.filter(page=world.uptown).count() == 2


def test_undo_of_hours_is_a_publishers(
    world: World, client_for: SignIn, hours_change: FactsChange
) -> None:
    undo(client_for(world.hillside_publisher), hours_change)

    assert facts_of(world.plano.pk).opening_hours.count() == 5


def test_undo_of_an_address_is_not_a_publishers(
    world: World, client_for: SignIn, city_change: FactsChange
) -> None:
    undo(client_for(world.hillside_publisher), city_change)

    assert facts_of(world.uptown.pk).city == "Austin"


def test_undo_says_that_the_facts_were_changed_since(
    world: World, client_for: SignIn, city_change: FactsChange
) -> None:
    save_facts(facts_of(world.uptown.pk), {"city": "Waco"}, user=None, base_version=2)

    response = undo(client_for(world.franchise_admin), city_change, "3")

    assert messages_of(response) == [
        "Not undone: these facts were changed again since. Look at the changes below."
    ]
    assert facts_of(world.uptown.pk).city == "Waco"


def test_undo_says_why_it_cannot(world: World, client_for: SignIn) -> None:
    change = save_facts(facts_of(world.plano.pk), {"is_primary": True}, user=None, base_version=1)
    assert change is not None

    response = undo(client_for(world.franchise_admin), change)

    assert messages_of(response) == [
        "Not undone: A clinic needs a main location: make another one the main location instead."
    ]


def test_undo_without_a_version_is_not_there(
    world: World, client_for: SignIn, city_change: FactsChange
) -> None:
    assert undo(client_for(world.franchise_admin), city_change, "").status_code == 404


def test_undo_is_not_there_for_the_other_clinic(
    world: World, client_for: SignIn, hours_change: FactsChange
) -> None:
    assert undo(client_for(world.harbour_publisher), hours_change).status_code == 404
    assert facts_of(world.plano.pk).version == 2


def test_undo_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, hours_change: FactsChange
) -> None:
    assert undo(client_for(world.outsider), hours_change).status_code == 404
    assert undo(client_for(world.library_publisher), hours_change).status_code == 404


def test_undo_refuses_get(world: World, client_for: SignIn, city_change: FactsChange) -> None:
    url = reverse("my_clinic:undo", args=[city_change.pk])

    assert client_for(world.franchise_admin).get(url).status_code == 405
    assert facts_of(world.uptown.pk).city == "Austin"
