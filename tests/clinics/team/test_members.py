"""The list of a team: who is on it, what is told of them, and at which price."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from clinics.choices import MemberState, Role
from clinics.models import Membership
from clinics.team.members import (
    Wanted,
    find_member,
    is_all_of,
    is_last_leader,
    memberships_listed,
    name_of,
    state_of,
)
from tests.factories import World, make_staff


def names(user: Any, **wanted: Any) -> list[str]:
    return [m.user.username for m in memberships_listed(user, Wanted(**wanted))]


def test_list_has_the_reach_of_its_reader_by_name(team: World) -> None:
    assert names(team.hillside_publisher) == ["hillside-editor", "hillside-publisher", "bo"]
    assert "harbour-publisher" in names(team.franchise_admin)
    assert "library-editor" not in names(team.franchise_admin)


def test_somebody_of_two_clinics_shows_in_each_only_the_role_there(team: World) -> None:
    """Issue 5, item 4: nobody sees people of other clinics."""
    Membership.objects.create(
        user=team.hillside_editor, role=Role.CLINIC_PUBLISHER, page=team.harbour.page_ptr
    )

    (at_harbour,) = find_member(team.harbour_publisher, team.hillside_editor.pk).memberships
    (at_hillside,) = find_member(team.hillside_publisher, team.hillside_editor.pk).memberships

    assert (at_harbour.role, at_hillside.role) == ("CLINIC_PUBLISHER", "CLINIC_EDITOR")
    assert names(team.franchise_admin).count("hillside-editor") == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"words": "brook bo"}, ["bo"]),
        ({"words": "EDITOR@example"}, ["hillside-editor"]),
        ({"words": "harbour"}, []),
        ({"role": "CLINIC_EDITOR"}, ["hillside-editor"]),
        ({"state": "DEACTIVATED"}, ["hillside-editor"]),
        ({"state": "ACTIVE"}, ["hillside-publisher", "bo"]),
    ],
)
def test_list_is_narrowed(team: World, wanted: dict[str, str], found: list[str]) -> None:
    get_user_model().objects.filter(username="hillside-editor").update(is_active=False)

    assert names(team.hillside_publisher, **wanted) == found


def test_list_is_narrowed_to_a_place_within_reach_only(team: World) -> None:
    assert names(team.franchise_admin, place=team.harbour.pk) == ["harbour-publisher"]
    assert names(team.hillside_publisher, place=team.harbour.pk) == []


def test_invited_people_wait_until_they_sign_in(team: World) -> None:
    ann = make_staff("ann", Role.CLINIC_EDITOR, team.hillside)

    assert names(team.hillside_publisher, state="WAITING") == ["ann"]
    assert state_of(ann) == MemberState.WAITING
    assert state_of(team.hillside_editor) == MemberState.ACTIVE


def test_person_without_a_name_is_known_by_address(team: World, bo: Any) -> None:
    assert name_of(bo) == "Bo Brook"
    assert name_of(team.hillside_editor) == "hillside-editor@example.com"


@pytest.mark.parametrize("name", ["harbour_publisher", "library_editor", "outsider", "superuser"])
def test_stranger_is_as_missing_as_nobody(team: World, name: str) -> None:
    for pk in (getattr(team, name).pk, 8_888_888):
        with pytest.raises(Http404):
            find_member(team.hillside_publisher, pk)


def test_account_is_all_of_a_member_only_without_roles_elsewhere(team: World) -> None:
    member = find_member(team.hillside_publisher, team.hillside_editor.pk)
    assert is_all_of(member)

    Membership.objects.create(
        user=team.hillside_editor, role=Role.LIBRARY_EDITOR, page=team.library.page_ptr
    )

    assert not is_all_of(member)


def test_last_leader_is_whoever_nobody_who_can_sign_in_stands_beside(team: World, bo: Any) -> None:
    mine = Membership.objects.select_related("user").get(user=team.hillside_publisher)
    assert not is_last_leader(mine)

    for change in ({"is_active": False}, {"last_login": None, "is_active": True}):
        get_user_model().objects.filter(pk=bo.pk).update(**change)
        assert is_last_leader(mine), change


def test_list_costs_the_same_however_many_are_on_it(team: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            [(m.user.email, m.page.title) for m in memberships_listed(reader, Wanted())]
        return len(queries)

    reader = team.franchise_admin
    cost()  # the memberships of the reader, read once
    few = cost()
    for number in range(12):
        make_staff(f"many-{number}", Role.CLINIC_EDITOR, team.harbour)

    assert cost() == few
