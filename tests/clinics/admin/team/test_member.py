"""One member: another role, a late form, and rights that end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinics.choices import Role
from clinics.models import Membership
from tests.clinics.admin.team.addresses import (
    EDITOR,
    PUBLISHER,
    base,
    member_urls,
    tab,
)
from tests.factories import World, make_staff

type SignIn = Callable[[Any], Client]


def test_role_is_changed_and_a_late_form_hears_of_it(world: World, client_for: SignIn) -> None:
    client, user = client_for(world.hillside_publisher), world.hillside_editor
    url, seen = member_urls(user)["role"], base(world.hillside_publisher, user)

    first = client.post(url, {"role": PUBLISHER, "base": seen}, follow=True)
    late = client.post(url, {"role": EDITOR, "base": seen})

    assert "hillside-editor@example.com is clinic publisher from now on." in first.text
    assert late.status_code == 409
    assert "You wanted to make them clinic editor. That was not saved." in late.text
    assert "Made hillside-editor@example.com clinic publisher" in late.text
    assert user.memberships.get().role == PUBLISHER


@pytest.mark.parametrize("role", ["FRANCHISE_ADMIN", "LIBRARY_EDITOR", "NONSENSE", ""])
def test_role_that_is_not_offered_is_not_given(world: World, client_for: SignIn, role: str) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    client = client_for(actor)

    answer = client.post(
        member_urls(user)["role"], {"role": role, "base": base(actor, user)}, follow=True
    )

    assert "Choose one of the roles that are offered." in answer.text
    assert user.memberships.get().role == EDITOR


def test_role_at_another_clinic_is_missing(world: World, client_for: SignIn) -> None:
    actor, user = world.hillside_publisher, world.hillside_editor
    foreign = Membership.objects.create(user=user, role=EDITOR, page=world.harbour.page_ptr)
    client = client_for(actor)

    for pk in (foreign.pk, 8_888_888):
        for name in ("role", "leave_one"):
            url = reverse(f"team:{name}", args=[user.pk, pk])
            data = {"role": PUBLISHER, "how": "remove", "base": base(actor, user)}
            assert client.post(url, data).status_code == 404
    foreign.refresh_from_db()
    assert foreign.role == EDITOR


def test_last_publisher_is_told_why_and_what_to_do(world: World, client_for: SignIn) -> None:
    actor = world.hillside_publisher
    client, urls = client_for(actor), member_urls(actor)

    stepping_down = client.post(
        urls["role"], {"role": EDITOR, "base": base(actor, actor)}, follow=True
    )
    leaving = client.post(urls["leave"], {"how": "remove", "base": base(actor, actor)})

    for answer in (stepping_down, leaving):
        assert "Give somebody else the role of clinic publisher first" in answer.text
    assert actor.memberships.get().role == PUBLISHER


@pytest.mark.parametrize("name", ["role", "invite_again", "reactivate"])
def test_acts_are_posted(world: World, client_for: SignIn, name: str) -> None:
    url = member_urls(world.hillside_editor)[name]

    assert client_for(world.hillside_publisher).get(url).status_code == 405


def test_demoted_publisher_loses_the_team_with_the_next_click(
    world: World, client_for: SignIn
) -> None:
    bo = make_staff("bo", Role.CLINIC_PUBLISHER, world.hillside)
    live = client_for(bo)
    seen = base(bo, world.hillside_editor)
    assert live.get(tab(world.hillside)).status_code == 200

    actor = world.hillside_publisher
    client_for(actor).post(member_urls(bo)["role"], {"role": EDITOR, "base": base(actor, bo)})

    assert live.get(tab(world.hillside)).status_code == 404
    posted = {"role": PUBLISHER, "base": seen}
    assert live.post(member_urls(world.hillside_editor)["role"], posted).status_code == 404
    assert world.hillside_editor.memberships.get().role == EDITOR


def test_new_letter_is_sent_once_and_only_to_whoever_waits(
    world: World, client_for: SignIn
) -> None:
    actor = world.hillside_publisher
    ann = make_staff("ann", Role.CLINIC_EDITOR, world.hillside)
    client = client_for(actor)

    sent = client.post(member_urls(ann)["invite_again"], {"base": base(actor, ann)}, follow=True)
    here = world.hillside_editor
    in_vain = client.post(member_urls(here)["invite_again"], {"base": base(actor, here)})

    assert "A new letter is on its way to ann@example.com" in sent.text
    assert in_vain.status_code == 409
    assert [letter.to for letter in mail.outbox] == [["ann@example.com"]]
