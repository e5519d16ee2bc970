from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clinics.creating import create_location
from clinics.facts import facts_of, save_facts
from clinics.hours import parse_hours
from clinics.phones import parse_number
from tests.factories import HILLSIDE_PLANO, World

type SignIn = Callable[[Any], Client]

TABS = ["contact", "hours", "changes"]


def address(world: World, tab: str) -> str:
    return reverse(f"my_clinic:{tab}", args=[world.hillside.pk])


def change_city(world: World, city: str) -> Any:
    facts = facts_of(world.uptown.pk)
    return save_facts(facts, {"city": city}, user=world.franchise_admin, base_version=facts.version)


# Contact


def test_contact_tab_shows_the_facts_of_the_clinic_and_of_each_location(
    world: World, client_for: SignIn
) -> None:
    response = client_for(world.hillside_publisher).get(address(world, "contact"))

    assert [place.facts.name for place in response.context["places"]] == ["Uptown", "Plano"]
    for text in ("Hillside Pain Clinic PLLC", "(214) 555-0142", "(972) 555-0144", "410 Legacy Row"):
        assert text in response.text


def test_contact_tab_shows_nothing_of_another_clinic(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_publisher).get(address(world, "contact"))

    for text in ("Harbour", "Marina", "(561)", "Delray"):
        assert text not in response.text


def test_contact_tab_offers_a_change_only_to_whoever_may_make_it(
    world: World, client_for: SignIn
) -> None:
    edit = reverse("my_clinic:edit_location", args=[world.uptown.pk])

    publisher = client_for(world.hillside_publisher).get(address(world, "contact"))
    admin = client_for(world.franchise_admin).get(address(world, "contact"))

    assert f'href="{edit}"' not in publisher.text
    assert "Only a franchise admin changes these facts. Ask franchise-admin." in publisher.text
    assert edit in admin.text
    assert admin.context["who_may"] == ""


# Hours


def test_hours_tab_shows_the_week_of_each_location(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_publisher).get(address(world, "hours"))

    uptown, plano = response.context["places"]
    assert uptown.week[0] == ("Monday", "8:00 AM – 12:00 PM, 1:00 PM – 5:00 PM")
    assert plano.week[5] == ("Saturday", "Closed")
    assert reverse("my_clinic:edit_hours", args=[world.plano.pk]) in response.text


def test_hours_tab_offers_no_change_to_an_editor(world: World, client_for: SignIn) -> None:
    response = client_for(world.hillside_editor).get(address(world, "hours"))

    assert reverse("my_clinic:edit_hours", args=[world.plano.pk]) not in response.text
    assert "Only a clinic publisher or franchise admin changes these facts." in response.text


# Changes


def test_changes_tab_tells_who_changed_what_where(world: World, client_for: SignIn) -> None:
    change_city(world, "Austin")

    response = client_for(world.hillside_publisher).get(address(world, "changes"))

    (row,) = response.context["rows"]
    (difference,) = row.differences
    assert (row.change.changed_by, row.place) == (world.franchise_admin, "Uptown")
    assert (difference.label, difference.before, difference.after) == ("City", "Dallas", "Austin")


def test_changes_tab_shows_no_change_of_another_clinic(world: World, client_for: SignIn) -> None:
    save_facts(facts_of(world.marina.pk), {"city": "Boca"}, user=None, base_version=1)

    response = client_for(world.hillside_publisher).get(address(world, "changes"))

    assert response.context["rows"] == []
    assert "Boca" not in response.text


def test_changes_tab_offers_undo_to_whoever_may_make_such_a_change(
    world: World, client_for: SignIn
) -> None:
    facts = facts_of(world.plano.pk)
    hours = parse_hours("Mon 08:00-12:00")
    change_city(world, "Austin")
    save_facts(facts, {}, user=None, base_version=1, hours=hours)

    publisher = client_for(world.hillside_publisher).get(address(world, "changes"))
    admin = client_for(world.franchise_admin).get(address(world, "changes"))

    assert [row.version for row in publisher.context["rows"]] == ["2", ""]
    assert [row.version for row in admin.context["rows"]] == ["2", "2"]


def test_changes_tab_offers_no_undo_of_what_was_changed_again(
    world: World, client_for: SignIn
) -> None:
    change_city(world, "Austin")
    change_city(world, "Houston")

    response = client_for(world.franchise_admin).get(address(world, "changes"))

    rows = [(row.version, row.note) for row in response.context["rows"]]
    assert rows == [("3", ""), ("", "Changed again since")]


def test_changes_tab_escapes_what_people_typed(world: World, client_for: SignIn) -> None:
    change_city(world, "<script>alert(1)</script>")

    response = client_for(world.franchise_admin).get(address(world, "changes"))

    assert "<script>alert(1)" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


def test_changes_tab_asks_as_many_queries_for_many_changes_as_for_one(
    world: World, client_for: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(world.franchise_admin)
    client.get(address(world, "changes"))
    change_city(world, "Austin")
    with django_assert_num_queries(30, exact=False) as few:
        client.get(address(world, "changes"))
    for city in ("Houston", "Waco", "El Paso", "Dallas"):
        change_city(world, city)

    with django_assert_num_queries(len(few)):
        client.get(address(world, "changes"))


# Every tab


def test_contact_tab_asks_as_many_queries_for_many_locations(
    world: World, client_for: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(world.franchise_admin)
    client.get(address(world, "contact"))
    with django_assert_num_queries(30, exact=False) as few:
        client.get(address(world, "contact"))
    for number in range(3):
        phone = parse_number(f"(972) 555-015{number}")
        create_location(
            world.hillside, {**HILLSIDE_PLANO, "name": f"Plano {number}", "main_phone": phone}
        )

    with django_assert_num_queries(len(few)):
        client.get(address(world, "contact"))


@pytest.mark.parametrize("tab", TABS)
def test_tab_leads_to_the_page_editor_and_the_other_tabs(
    world: World, client_for: SignIn, tab: str
) -> None:
    response = client_for(world.hillside_publisher).get(address(world, tab))

    editor = reverse("wagtailadmin_pages:edit", args=[world.hillside.pk])
    assert [(t.label, t.url) for t in response.context["tabs"]] == [
        ("Contact", address(world, "contact")),
        ("Hours", address(world, "hours")),
        ("Brand", f"{editor}#tab-brand"),
        ("Page", f"{editor}#tab-page"),
        ("Suggestions", reverse("my_clinic:clinic_suggestions", args=[world.hillside.pk])),
        ("Team", reverse("my_clinic:team", args=[world.hillside.pk])),
        ("Taps", reverse("my_clinic:taps", args=[world.hillside.pk])),
        ("Changes", address(world, "changes")),
        ("Checks", reverse("my_clinic:launch", args=[world.hillside.pk])),
    ]
    assert [t.label for t in response.context["tabs"] if t.is_current] == [tab.capitalize()]


@pytest.mark.parametrize("tab", TABS)
def test_tab_is_not_there_for_the_other_clinic(world: World, client_for: SignIn, tab: str) -> None:
    assert client_for(world.harbour_publisher).get(address(world, tab)).status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_tab_is_not_there_for_outsiders_and_the_library(
    world: World, client_for: SignIn, tab: str
) -> None:
    assert client_for(world.outsider).get(address(world, tab)).status_code == 404
    assert client_for(world.library_publisher).get(address(world, tab)).status_code == 404


@pytest.mark.parametrize("tab", TABS)
def test_tab_is_there_for_a_superuser(world: World, client_for: SignIn, tab: str) -> None:
    assert client_for(world.superuser).get(address(world, tab)).status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_tab_refuses_other_verbs(world: World, client_for: SignIn, tab: str) -> None:
    assert client_for(world.franchise_admin).post(address(world, tab)).status_code == 405


@pytest.mark.parametrize("tab", TABS)
def test_tab_is_on_no_clinics_host(
    world: World, site_client: Callable[[Any], Client], tab: str
) -> None:
    assert site_client(world.hillside).get(address(world, tab)).status_code == 404
