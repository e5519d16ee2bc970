"""When somebody leaves: consequences first, then everything at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from clinics.models import Membership
from tests.clinics.admin.team.addresses import (
    EDITOR,
    PUBLISHER,
    base,
    member_urls,
    tab,
)
from tests.factories import World

type SignIn = Callable[[Any], Client]


def test_consequences_first_then_everything_at_once(world: World, client_for: SignIn) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    Page.objects.filter(pk=world.uptown.pk).update(owner=user)
    client, url = client_for(actor), member_urls(user)["leave"]

    asked = client.get(url)
    assert "Uptown" in asked.text
    assert "The successor becomes their owner." in asked.text
    data = {"how": "remove", "base": base(actor, user)}
    assert "is missing: fill it in" in client.post(url, data).text
    name = f"successor_{world.hillside.pk}"
    refused = client.post(url, {**data, name: str(world.harbour_publisher.pk)})
    assert "Select a valid choice" in refused.text
    assert user.memberships.exists()
    done = client.post(url, {**data, name: str(actor.pk)}, follow=True)

    assert done.redirect_chain == [(tab(world.hillside), 302)]
    assert Page.objects.get(pk=world.uptown.pk).owner == actor
    assert not user.memberships.exists()


def test_late_form_of_leaving_keeps_what_was_chosen(world: World, client_for: SignIn) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    Page.objects.filter(pk=world.uptown.pk).update(owner=user)
    seen = base(actor, user)
    Membership.objects.filter(user=user).update(role=PUBLISHER)
    name = f"successor_{world.hillside.pk}"

    late = client_for(actor).post(
        member_urls(user)["leave"], {"how": "deactivate", "base": seen, name: str(actor.pk)}
    )

    assert late.status_code == 409
    assert "Nothing was done" in late.text
    assert late.context["form"][name].value() == str(actor.pk)
    assert late.context["form"]["base"].value() == base(actor, user)
    user.refresh_from_db()
    assert user.is_active


def test_account_of_two_clinics_is_not_offered_to_be_closed(
    world: World, client_for: SignIn
) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    Membership.objects.create(user=user, role=EDITOR, page=world.harbour.page_ptr)
    client, url = client_for(actor), member_urls(user)["leave"]

    answer = client.post(url, {"how": "deactivate", "base": base(actor, user)})

    assert "Select a valid choice" in answer.text
    user.refresh_from_db()
    assert user.is_active


def test_rights_end_with_the_next_click(world: World, client_for: SignIn) -> None:
    """Issue 5, item 4: somebody who was removed gets what an outsider gets, in a live session."""
    actor, user = world.hillside_publisher, world.hillside_editor
    live, outside = client_for(user), client_for(world.outsider)
    addresses = [
        reverse("my_clinic:contact", args=[world.hillside.pk]),
        reverse("wagtailadmin_pages:edit", args=[world.uptown.pk]),
        reverse("wagtailadmin_explore", args=[world.hillside.pk]),
    ]
    assert {live.get(url).status_code for url in addresses} == {200}

    client_for(actor).post(member_urls(user)["leave"], {"how": "remove", "base": base(actor, user)})

    assert [live.get(url).status_code for url in addresses] == [
        outside.get(url).status_code for url in addresses
    ]
    assert {live.get(url).status_code for url in addresses} == {404}


def test_session_of_a_deactivated_account_is_nobodys(world: World, client_for: SignIn) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    live = client_for(user)
    url = reverse("my_clinic:contact", args=[world.hillside.pk])
    assert live.get(url).status_code == 200

    client_for(actor).post(
        member_urls(user)["leave"], {"how": "deactivate", "base": base(actor, user)}
    )

    assert live.get(url).url == Client(HTTP_HOST="localhost").get(url).url
    client_for(actor).post(member_urls(user)["reactivate"], {"base": base(actor, user)})
    user.refresh_from_db()
    assert user.is_active
