"""The list of a team: who finds it, and what it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.choices import Role
from clinics.models import Membership
from tests.clinics.admin.team.addresses import (
    EDITOR,
    INVITE,
    LIST,
    PUBLISHER,
    invitation,
    member_urls,
    tab,
)
from tests.factories import World, make_staff

type SignIn = Callable[[Any], Client]

NOT_LEADING = ("hillside_editor", "library_editor", "library_publisher", "outsider")


@pytest.mark.parametrize("name", NOT_LEADING)
def test_whoever_leads_no_team_finds_nothing(world: World, client_for: SignIn, name: str) -> None:
    client = client_for(getattr(world, name))
    member = member_urls(world.hillside_publisher)
    addresses = [reverse(n) for n in (LIST, INVITE, "team:history")]

    for address in [*addresses, tab(world.hillside), *member.values()]:
        assert client.get(address).status_code == 404, address
        assert client.post(address, invitation(base="", how="remove")).status_code == 404, address
    assert not get_user_model().objects.filter(email="ann@hill.example").exists()
    assert not mail.outbox


def test_anonymous_is_sent_to_sign_in(world: World) -> None:
    client = Client(HTTP_HOST="localhost")

    for address in (reverse(LIST), reverse(INVITE), tab(world.hillside)):
        assert client.get(address).status_code == 302
        assert client.post(address, invitation()).status_code == 302
    assert not mail.outbox


def test_foreign_clinic_and_foreign_member_are_as_missing_as_none(
    world: World, client_for: SignIn
) -> None:
    client = client_for(world.hillside_publisher)
    stranger = member_urls(world.harbour_publisher)
    nobody = {
        name: url.replace(str(world.harbour_publisher.pk), "8888888", 1)
        for name, url in stranger.items()
    }

    for address in (*stranger.values(), *nobody.values(), tab(world.harbour)):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"base": "", "how": "remove"}).status_code == 404, address
    assert world.harbour_publisher.memberships.exists()


def test_menu_and_tab_lead_there(world: World, client_for: SignIn) -> None:
    publisher = client_for(world.hillside_publisher)
    contact = reverse("my_clinic:contact", args=[world.hillside.pk])
    assert tab(world.hillside) in publisher.get(contact).text
    assert publisher.get(reverse(LIST)).url == tab(world.hillside)
    assert tab(world.hillside) not in client_for(world.hillside_editor).get(contact).text
    home = reverse("wagtailadmin_home")
    assert f'"{reverse(LIST)}"' in client_for(world.franchise_admin).get(home).text
    assert f'"{reverse(LIST)}"' not in publisher.get(home).text


def test_tab_tells_of_everybody_at_the_clinic_and_of_nobody_else(
    world: World, client_for: SignIn
) -> None:
    make_staff("ann", Role.CLINIC_EDITOR, world.hillside)
    both = make_staff("both", Role.CLINIC_EDITOR, world.hillside)
    Membership.objects.create(user=both, role=PUBLISHER, page=world.harbour.page_ptr)

    page = client_for(world.hillside_publisher).get(tab(world.hillside))

    rows = {row.membership.user.username: row for row in page.context["rows"]}
    assert set(rows) == {"ann", "both", "hillside-editor", "hillside-publisher"}
    assert rows["both"].membership.role == EDITOR
    assert rows["ann"].state.label == "Invited"
    assert "asks a publisher before medical texts go live" in page.text
    assert "franchise-admin" in page.text, "who else reaches the clinic, by name"
    for foreign in ("Harbour", "harbour", "library-"):
        assert foreign not in page.text


def test_member_page_tells_nothing_of_roles_elsewhere(world: World, client_for: SignIn) -> None:
    user = world.hillside_editor
    Membership.objects.create(user=user, role=PUBLISHER, page=world.harbour.page_ptr)

    page = client_for(world.hillside_publisher).get(member_urls(user)["member"])

    assert [row.membership.role for row in page.context["rows"]] == [EDITOR]
    assert "Harbour" not in page.text
    assert "Deactivate the account" not in page.text
    assert "The account itself is not yours alone, so it stays." in page.text


def test_franchise_list_has_every_clinic_and_is_narrowed(world: World, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)

    def found(query: str) -> set[str]:
        rows = client.get(f"{reverse(LIST)}?{query}").context["rows"]
        return {row.membership.user.username for row in rows}

    everybody = {"hillside-publisher", "hillside-editor", "harbour-publisher", "franchise-admin"}
    assert found("") == everybody
    assert found(f"place={world.harbour.pk}") == {"harbour-publisher"}
    assert found(f"role={PUBLISHER}") == {"hillside-publisher", "harbour-publisher"}
    assert found("q=editor") == {"hillside-editor"}
    # What is not offered narrows nothing, whatever it is.
    for odd in (f"place={world.library.pk}", "place=8888888", "role=LIBRARY_EDITOR", "p=x"):
        assert found(odd) == everybody, odd


def test_list_costs_the_same_however_many_are_on_it(world: World, client_for: SignIn) -> None:
    client = client_for(world.franchise_admin)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = (reverse(LIST), tab(world.harbour), reverse(INVITE))
    few = [[cost(url), cost(url)][1] for url in urls]
    for number in range(12):
        make_staff(f"many-{number}", Role.CLINIC_EDITOR, world.harbour)

    assert [cost(url) for url in urls] == few
