"""Changes of a member: what is refused, what conflicts, and what a lock is for."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404

from clinics.choices import MemberState, Role
from clinics.models import Membership
from clinics.team.changing import Refused, TeamConflict, change_role, reactivate
from clinics.team.members import find_member, state_of
from tests.factories import World, make_staff

EDITOR, PUBLISHER = Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER


def change(actor: Any, user: Any, role: Role, base: str) -> str:
    (membership,) = Membership.objects.filter(user=user)
    change_role(actor, user.pk, membership.pk, role, base=base)
    membership.refresh_from_db()
    return membership.role


def test_publisher_gives_another_role(team: World, base_of: Any) -> None:
    actor, user = team.hillside_publisher, team.hillside_editor

    assert change(actor, user, PUBLISHER, base_of(actor, user)) == PUBLISHER
    assert change(actor, user, EDITOR, base_of(actor, user)) == EDITOR


def test_second_of_two_people_hears_of_the_first(team: World, bo: Any, base_of: Any) -> None:
    user = team.hillside_editor
    seen = base_of(team.hillside_publisher, user)
    change(bo, user, PUBLISHER, base_of(bo, user))

    with pytest.raises(TeamConflict) as conflict:
        change(team.hillside_publisher, user, EDITOR, seen)

    assert conflict.value.member.memberships[0].role == PUBLISHER


@pytest.mark.parametrize("role", [Role.FRANCHISE_ADMIN, Role.LIBRARY_EDITOR])
def test_nobody_gives_a_role_that_is_not_theirs_to_give(
    team: World, base_of: Any, role: Role
) -> None:
    actor, user = team.hillside_publisher, team.hillside_editor

    with pytest.raises(Refused, match="ask somebody who has more rights"):
        change(actor, user, role, base_of(actor, user))

    assert user.memberships.get().role == EDITOR


@pytest.mark.parametrize("name", ["hillside_editor", "harbour_publisher", "outsider"])
def test_nobody_changes_whom_they_do_not_lead(team: World, base_of: Any, name: str) -> None:
    actor, user = getattr(team, name), team.hillside_editor
    base = base_of(team.hillside_publisher, user)

    with pytest.raises(Http404):
        change(actor, user, PUBLISHER, base)


def test_role_elsewhere_is_missing_even_of_ones_own_member(team: World, base_of: Any) -> None:
    actor, user = team.hillside_publisher, team.hillside_editor
    foreign = Membership.objects.create(user=user, role=EDITOR, page=team.harbour.page_ptr)

    with pytest.raises(Http404):
        change_role(actor, user.pk, foreign.pk, PUBLISHER, base=base_of(actor, user))

    foreign.refresh_from_db()
    assert foreign.role == EDITOR


def test_nobody_acts_on_a_superuser(team: World) -> None:
    superuser = team.superuser
    Membership.objects.create(user=superuser, role=EDITOR, page=team.hillside.page_ptr)

    for actor in (team.hillside_publisher, team.franchise_admin):
        with pytest.raises(Http404):
            change(actor, superuser, PUBLISHER, "ACTIVE")


def test_publisher_steps_down_while_another_stays(team: World, bo: Any, base_of: Any) -> None:
    assert change(bo, bo, EDITOR, base_of(bo, bo)) == EDITOR


def test_last_publisher_cannot_step_down(team: World, bo: Any, base_of: Any) -> None:
    bo.delete()
    actor = team.hillside_publisher

    with pytest.raises(Refused) as refused:
        change(actor, actor, EDITOR, base_of(actor, actor))

    assert str(refused.value) == (
        "You are the only one who looks after the team of Hillside Pain Clinic. Give somebody else"
        " the role of clinic publisher first; an invitation counts once it is accepted."
    )


def test_franchise_admin_may_take_the_last_publisher_out(
    team: World, bo: Any, base_of: Any
) -> None:
    """Whoever is above stays: the clinic is not left to itself."""
    bo.delete()
    user = team.hillside_publisher

    assert change(team.franchise_admin, user, EDITOR, base_of(team.franchise_admin, user)) == EDITOR


def test_nobody_raises_themselves(team: World, base_of: Any) -> None:
    """A franchise admin writes no text of a clinic, and does not make themselves a writer."""
    admin = team.franchise_admin
    own = Membership.objects.create(user=admin, role=EDITOR, page=team.hillside.page_ptr)

    with pytest.raises(Refused, match="Nobody gives more rights to themselves"):
        change_role(admin, admin.pk, own.pk, PUBLISHER, base=base_of(admin, admin))


def test_whose_rights_ended_meanwhile_changes_nothing(team: World, bo: Any, base_of: Any) -> None:
    """Rights are read again within the transaction, not from the user of the request."""
    user = team.hillside_editor
    base = base_of(bo, user)
    change(team.hillside_publisher, bo, EDITOR, base_of(team.hillside_publisher, bo))

    with pytest.raises(Http404):
        change(bo, user, PUBLISHER, base)


def test_two_who_demote_each_other_leave_one_leader(team: World, bo: Any, base_of: Any) -> None:
    first = team.hillside_publisher
    seen = base_of(bo, first)
    change(first, bo, EDITOR, base_of(first, bo))

    with pytest.raises(Http404):
        change(bo, first, EDITOR, seen)

    assert first.memberships.get().role == PUBLISHER


def test_two_roles_at_one_place_become_one(team: World, base_of: Any) -> None:
    actor, user = team.hillside_publisher, team.hillside_editor
    more = Membership.objects.create(user=user, role=PUBLISHER, page=team.hillside.page_ptr)

    change_role(actor, user.pk, more.pk, EDITOR, base=base_of(actor, user))

    assert [m.role for m in user.memberships.all()] == [EDITOR]


# Reactivate


@pytest.fixture
def closed(team: World) -> Any:
    get_user_model().objects.filter(username="hillside-editor").update(is_active=False)
    return team.hillside_editor


def test_deactivated_account_comes_back_with_its_role(
    team: World, closed: Any, base_of: Any
) -> None:
    actor = team.hillside_publisher

    reactivate(actor, closed.pk, base=base_of(actor, closed))

    closed.refresh_from_db()
    assert state_of(closed) == MemberState.ACTIVE
    assert find_member(actor, closed.pk).memberships[0].role == EDITOR


def test_account_with_roles_elsewhere_is_not_reactivated_from_here(
    team: World, closed: Any, base_of: Any
) -> None:
    Membership.objects.create(user=closed, role=EDITOR, page=team.harbour.page_ptr)
    actor = team.hillside_publisher

    with pytest.raises(Refused) as refused:
        reactivate(actor, closed.pk, base=base_of(actor, closed))

    assert "Harbour" not in str(refused.value)
    closed.refresh_from_db()
    assert not closed.is_active


def test_franchise_admin_reactivates_an_account_of_two_of_their_clinics(
    team: World, closed: Any, base_of: Any
) -> None:
    Membership.objects.create(user=closed, role=EDITOR, page=team.harbour.page_ptr)

    reactivate(team.franchise_admin, closed.pk, base=base_of(team.franchise_admin, closed))

    closed.refresh_from_db()
    assert closed.is_active


def test_active_account_is_not_reactivated(team: World, bo: Any, base_of: Any) -> None:
    make_staff("ann", EDITOR, team.hillside)

    with pytest.raises(TeamConflict):
        reactivate(team.hillside_publisher, bo.pk, base=base_of(team.hillside_publisher, bo))
