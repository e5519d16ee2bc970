"""When somebody leaves: nothing that they held is lost, and nothing of theirs stays open."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageSubscription, Workflow, WorkflowState

from clinics.choices import Role
from clinics.models import LocalPage, Membership
from clinics.team.changing import Refused, TeamConflict
from clinics.team.leaving import Leaving, estates, leave, may_close
from clinics.team.members import find_member
from tests.articles.every_section import make_image
from tests.factories import World, make_staff

EDITOR, PUBLISHER = Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER


@pytest.fixture
def leaver(team: World) -> Any:
    """Hillside's editor owns two pages, one of them locked; has a draft, a request, a picture."""
    user = team.hillside_editor
    about, costs = (
        LocalPage.objects.child_of(team.hillside).get(slug=slug)
        for slug in ("about", "costs-and-insurance")
    )
    Page.objects.filter(pk__in=(about.pk, costs.pk)).update(owner=user)
    Page.objects.filter(pk=about.pk).update(locked=True, locked_by=user, locked_at=timezone.now())
    costs.intro = "New words"
    costs.save_revision(user=user)
    PageSubscription.objects.create(page=about, user=user, comment_notifications=True)
    make_image("Ours", collection=team.hillside.facts.collection, uploaded_by_user=user)
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Approval")
    workflow.start(costs, user)
    return user


def ends_of(reader: Any, user: Any) -> frozenset[int]:
    return frozenset(m.pk for m in find_member(reader, user.pk).memberships)


def end(reader: Any, user: Any, base: str, **successors: Any) -> None:
    by_place = {int(pk.removeprefix("at_")): each.pk for pk, each in successors.items()}
    leave(reader, user.pk, Leaving(ends_of(reader, user), successors=by_place), base=base)


def test_what_somebody_holds_is_listed_with_what_becomes_of_it(team: World, leaver: Any) -> None:
    member = find_member(team.hillside_publisher, leaver.pk)

    (estate,) = estates(member, ends_of(team.hillside_publisher, leaver))

    assert {each.label: (each.count, each.titles) for each in estate.holdings} == {
        "Pages": (2, ("About us", "Costs")),
        "Pictures": (1, ("Ours",)),
        "Requests for approval": (1, ("Costs",)),
        "Locked pages": (1, ("About us",)),
        "Drafts": (1, ("Costs",)),
    }
    assert all(each.outcome for each in estate.holdings)


def test_approvals_that_wait_for_a_publisher_are_told(team: World, leaver: Any, bo: Any) -> None:
    member = find_member(team.hillside_publisher, bo.pk)

    (estate,) = estates(member, ends_of(team.hillside_publisher, bo))

    (holding,) = estate.holdings
    assert (holding.label, holding.titles) == ("Approvals that others wait for", ("Costs",))
    assert not estate.needs_successor


def test_successors_are_members_of_the_place_who_can_sign_in(
    team: World, leaver: Any, bo: Any
) -> None:
    make_staff("ann", EDITOR, team.hillside)  # invited, and never here
    get_user_model().objects.filter(pk=bo.pk).update(is_active=False)
    member = find_member(team.franchise_admin, leaver.pk)

    (estate,) = estates(member, ends_of(team.franchise_admin, leaver))

    assert estate.successors == [team.hillside_publisher]


def test_successor_takes_over_and_nothing_is_lost(
    team: World, leaver: Any, bo: Any, base_of: Any
) -> None:
    actor = team.hillside_publisher
    revisions = Page.objects.get(slug="costs-and-insurance", path__startswith=team.hillside.path)
    before = revisions.latest_revision

    end(actor, leaver, base_of(actor, leaver), **{f"at_{team.hillside.pk}": bo})

    pages = Page.objects.filter(path__startswith=team.hillside.path)
    assert set(pages.filter(owner=bo).values_list("slug", flat=True)) == {
        "about",
        "costs-and-insurance",
    }
    assert not pages.filter(owner=leaver).exists()
    assert not pages.filter(locked=True).exists()
    assert PageLogEntry.objects.get(action="wagtail.unlock").user == actor
    assert WorkflowState.objects.active().get().requested_by == bo
    assert not PageSubscription.objects.filter(user=leaver).exists()
    costs = pages.get(slug="costs-and-insurance")
    assert costs.latest_revision == before
    assert costs.latest_revision.user == leaver, "who wrote it stays who wrote it"
    assert not leaver.memberships.exists()


@pytest.mark.parametrize("name", ["harbour_publisher", "franchise_admin", "outsider"])
def test_somebody_of_elsewhere_takes_nothing_over(
    team: World, leaver: Any, base_of: Any, name: str
) -> None:
    actor = team.hillside_publisher

    with pytest.raises(Refused, match="Choose who takes over at Hillside"):
        successor = {f"at_{team.hillside.pk}": getattr(team, name)}
        end(actor, leaver, base_of(actor, leaver), **successor)

    assert leaver.memberships.exists()
    assert Page.objects.filter(owner=leaver).count() == 2


def test_successor_is_needed_where_there_is_one(team: World, leaver: Any, base_of: Any) -> None:
    with pytest.raises(Refused, match="Choose who takes over"):
        end(team.hillside_publisher, leaver, base_of(team.hillside_publisher, leaver))


def test_with_nobody_left_to_take_over_things_keep_their_owner(
    team: World, leaver: Any, bo: Any, base_of: Any
) -> None:
    get_user_model().objects.filter(pk__in=(bo.pk, team.hillside_publisher.pk)).update(
        is_active=False
    )

    end(team.franchise_admin, leaver, base_of(team.franchise_admin, leaver))

    assert Page.objects.filter(owner=leaver).count() == 2
    assert WorkflowState.objects.active().get().requested_by is None
    assert not leaver.memberships.exists()


def test_one_role_of_two_ends_and_the_other_clinic_is_not_touched(
    team: World, leaver: Any, bo: Any, base_of: Any
) -> None:
    Membership.objects.create(user=leaver, role=EDITOR, page=team.harbour.page_ptr)
    theirs = LocalPage.objects.child_of(team.harbour).get(slug="about")
    Page.objects.filter(pk=theirs.pk).update(owner=leaver, locked=True, locked_by=leaver)
    actor = team.hillside_publisher

    end(actor, leaver, base_of(actor, leaver), **{f"at_{team.hillside.pk}": bo})

    theirs.refresh_from_db()
    assert (theirs.owner, theirs.locked) == (leaver, True)
    assert [m.page_id for m in leaver.memberships.all()] == [team.harbour.pk]
    leaver.refresh_from_db()
    assert leaver.is_active


def test_franchise_role_ends_without_what_is_held_at_a_clinic_that_stays(team: World) -> None:
    """Somebody who goes on at Hillside keeps what is theirs there."""
    user = make_staff("both", Role.FRANCHISE_ADMIN, team.franchise)
    Membership.objects.create(user=user, role=PUBLISHER, page=team.hillside.page_ptr)
    Page.objects.filter(pk__in=(team.hillside.pk, team.harbour.pk)).update(owner=user)
    member = find_member(team.franchise_admin, user.pk)
    above = next(m for m in member.memberships if m.role == Role.FRANCHISE_ADMIN)

    (estate,) = estates(member, {above.pk})

    assert [each.titles for each in estate.holdings] == [("Harbour Infusion Center",)]
    assert estate.successors == [team.franchise_admin]
    hillside, franchise = estates(member, {m.pk for m in member.memberships})
    assert hillside.holdings[0].titles == ("Hillside Pain Clinic",)
    assert franchise.holdings[0].titles == ("Harbour Infusion Center",)


# Deactivate


def test_deactivated_account_keeps_its_role_and_hands_over(
    team: World, leaver: Any, bo: Any, base_of: Any
) -> None:
    actor = team.hillside_publisher
    leaving = Leaving(deactivates=True, successors={team.hillside.pk: bo.pk})

    leave(actor, leaver.pk, leaving, base=base_of(actor, leaver))

    leaver.refresh_from_db()
    assert not leaver.is_active
    assert leaver.memberships.count() == 1
    assert Page.objects.filter(owner=bo).count() == 2


def test_account_with_a_role_elsewhere_is_not_deactivated(
    team: World, leaver: Any, bo: Any, base_of: Any
) -> None:
    Membership.objects.create(user=leaver, role=EDITOR, page=team.harbour.page_ptr)
    actor = team.hillside_publisher
    leaving = Leaving(deactivates=True, successors={team.hillside.pk: bo.pk})
    assert not may_close(actor, find_member(actor, leaver.pk))
    assert may_close(team.franchise_admin, find_member(team.franchise_admin, leaver.pk))

    with pytest.raises(Refused) as refused:
        leave(actor, leaver.pk, leaving, base=base_of(actor, leaver))

    assert "Harbour" not in str(refused.value)
    leaver.refresh_from_db()
    assert leaver.is_active
    assert Page.objects.filter(owner=leaver).exists(), "nothing was half done"


def test_nobody_deactivates_themselves(team: World, bo: Any, base_of: Any) -> None:
    with pytest.raises(Refused):
        leave(bo, bo.pk, Leaving(deactivates=True), base=base_of(bo, bo))


# Last leaders, strangers, conflicts


def test_last_publisher_and_last_franchise_admin_cannot_walk_away(
    team: World, bo: Any, base_of: Any
) -> None:
    bo.delete()
    for user in (team.hillside_publisher, team.franchise_admin):
        with pytest.raises(Refused, match="You are the only one"):
            end(user, user, base_of(user, user))

        assert user.memberships.exists()


def test_publisher_leaves_while_another_stays(team: World, bo: Any, base_of: Any) -> None:
    end(bo, bo, base_of(bo, bo))

    assert not bo.memberships.exists()


def test_removing_the_last_publisher_says_that_nobody_leads(team: World, bo: Any) -> None:
    bo.delete()
    member = find_member(team.franchise_admin, team.hillside_publisher.pk)

    (estate,) = estates(member, ends_of(team.franchise_admin, team.hillside_publisher))

    assert estate.leaves_nobody


@pytest.mark.parametrize("name", ["hillside_editor", "harbour_publisher", "library_publisher"])
def test_nobody_removes_whom_they_do_not_lead(
    team: World, bo: Any, base_of: Any, name: str
) -> None:
    ends = ends_of(team.hillside_publisher, bo)

    with pytest.raises(Http404):
        leave(getattr(team, name), bo.pk, Leaving(ends), base=base_of(team.hillside_publisher, bo))

    assert bo.memberships.exists()


def test_role_out_of_reach_does_not_end(team: World, bo: Any, base_of: Any) -> None:
    foreign = Membership.objects.create(user=bo, role=EDITOR, page=team.harbour.page_ptr)
    actor = team.hillside_publisher
    ends = ends_of(actor, bo) | {foreign.pk}

    with pytest.raises(Http404):
        leave(actor, bo.pk, Leaving(ends), base=base_of(actor, bo))

    assert bo.memberships.count() == 2


def test_form_that_is_out_of_date_ends_nothing(team: World, bo: Any, base_of: Any) -> None:
    actor = team.hillside_publisher
    seen = base_of(actor, bo)
    Membership.objects.filter(user=bo).update(role=EDITOR)

    with pytest.raises(TeamConflict):
        leave(actor, bo.pk, Leaving(ends_of(actor, bo)), base=seen)

    assert bo.memberships.exists()


def test_nothing_chosen_is_said(team: World, bo: Any, base_of: Any) -> None:
    actor = team.hillside_publisher

    with pytest.raises(Refused, match="Nothing was chosen"):
        leave(actor, bo.pk, Leaving(), base=base_of(actor, bo))
