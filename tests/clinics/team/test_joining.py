"""Invitations to a team: who gets an account, who gets a link, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.http import Http404
from django.test import Client
from django.urls import reverse

from clinics.choices import Role
from clinics.inviting import NewMember
from clinics.models import Membership
from clinics.team.changing import Refused, renew_invitation
from clinics.team.joining import join_team, send_letter, send_letter_again
from clinics.team.leaving import Leaving, leave
from clinics.team.members import find_member
from tests.factories import World

ANN = NewMember("Ann@Hill.example", Role.CLINIC_EDITOR, "Ann Hill")


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+/welcome/\S+)", letter.body)
    return found[1] if found else ""


def works(link: str) -> bool:
    answer = Client(HTTP_HOST="localhost").get(link, follow=True)
    return "Save and sign in" in answer.content.decode()


def test_new_person_gets_an_account_a_role_and_a_link(team: World) -> None:
    joined = join_team(team.hillside_publisher, ANN, [team.hillside.pk])
    assert send_letter(joined, by=team.hillside_publisher)

    user = get_user_model().objects.get(email="Ann@Hill.example")
    assert (user.username, user.get_full_name()) == ("ann@hill.example", "Ann Hill")
    assert joined.is_waiting
    assert [(m.role, m.page_id) for m in user.memberships.all()] == [
        ("CLINIC_EDITOR", team.hillside.pk)
    ]
    (letter,) = mail.outbox
    assert letter.to == ["Ann@Hill.example"]
    assert "clinic editor of Hillside Pain Clinic" in letter.body
    assert works(link_in(letter))


def test_one_person_joins_several_clinics_at_once(team: World) -> None:
    joined = join_team(team.franchise_admin, ANN, [team.hillside.pk, team.harbour.pk])
    send_letter(joined, by=team.franchise_admin)

    assert joined.user.memberships.count() == 2
    (letter,) = mail.outbox
    assert letter.subject == "Your account for 2 clinics"
    assert "Harbour Infusion Center and Hillside Pain Clinic" in letter.body


def test_whoever_has_an_account_gets_the_role_and_no_link(team: World) -> None:
    """The account is theirs: whoever invites them learns and changes nothing of it."""
    stranger = team.harbour_publisher
    stranger.set_password("a long pass phrase 71")
    stranger.save()
    invited = NewMember("HARBOUR-publisher@example.com", Role.CLINIC_EDITOR, "Somebody Else")

    joined = join_team(team.hillside_publisher, invited, [team.hillside.pk])
    send_letter(joined, by=team.hillside_publisher)

    assert joined.user == stranger
    assert not joined.is_waiting
    assert get_user_model().objects.get(pk=stranger.pk).get_full_name() == ""
    assert stranger.memberships.count() == 2
    assert link_in(mail.outbox[0]) == ""


def test_whoever_belongs_already_is_named_with_the_remedy(team: World) -> None:
    again = NewMember("hillside-editor@example.com", Role.CLINIC_PUBLISHER)

    with pytest.raises(Refused) as refused:
        join_team(team.franchise_admin, again, [team.hillside.pk, team.harbour.pk])

    assert str(refused.value) == (
        "hillside-editor@example.com belongs to Hillside Pain Clinic as clinic editor already:"
        " change the role on their page."
    )
    assert team.hillside_editor.memberships.count() == 1, "nothing was half done"


@pytest.mark.parametrize(
    ("inviter", "role", "place"),
    [
        ("hillside_publisher", Role.FRANCHISE_ADMIN, "hillside"),
        ("hillside_publisher", Role.LIBRARY_EDITOR, "hillside"),
        ("franchise_admin", Role.FRANCHISE_ADMIN, "hillside"),
        ("franchise_admin", Role.CLINIC_EDITOR, "franchise"),
        ("franchise_admin", Role.LIBRARY_PUBLISHER, "hillside"),
    ],
)
def test_no_role_that_the_inviter_cannot_give(
    team: World, inviter: str, role: Role, place: str
) -> None:
    with pytest.raises(Refused, match="choose another role"):
        join_team(getattr(team, inviter), NewMember("a@b.example", role), [getattr(team, place).pk])

    assert not get_user_model().objects.filter(email="a@b.example").exists()


@pytest.mark.parametrize(
    ("inviter", "place"),
    [
        ("hillside_publisher", "harbour"),
        ("hillside_publisher", "franchise"),
        ("hillside_publisher", "uptown"),
        ("franchise_admin", "library"),
        ("hillside_editor", "hillside"),
        ("library_publisher", "library"),
        ("outsider", "hillside"),
    ],
)
def test_place_out_of_reach_is_missing(team: World, inviter: str, place: str) -> None:
    with pytest.raises(Http404):
        join_team(getattr(team, inviter), ANN, [getattr(team, place).pk])
    with pytest.raises(Http404):
        join_team(getattr(team, inviter), ANN, [8_888_888])


def test_rights_are_asked_again_when_it_is_written(team: World) -> None:
    """The form was opened while they were a publisher."""
    actor = team.hillside_publisher
    list(actor.memberships.all())
    Membership.objects.filter(user=actor).update(role=Role.CLINIC_EDITOR)

    with pytest.raises(Http404):
        join_team(actor, ANN, [team.hillside.pk])


def test_nobody_invites_themselves(team: World) -> None:
    own = NewMember(team.franchise_admin.email, Role.CLINIC_PUBLISHER)

    with pytest.raises(Refused, match="your own address"):
        join_team(team.franchise_admin, own, [team.hillside.pk])


def test_superuser_and_closed_account_of_a_stranger_get_the_same_words(team: World) -> None:
    team.superuser.email = "root@example.com"
    team.superuser.save()
    get_user_model().objects.filter(username="harbour-publisher").update(is_active=False)

    said = set()
    for email in ("root@example.com", "harbour-publisher@example.com"):
        with pytest.raises(Refused) as refused:
            join_team(
                team.hillside_publisher, NewMember(email, Role.CLINIC_EDITOR), [team.hillside.pk]
            )
        said.add(str(refused.value))

    assert said == {"This address cannot be invited here: ask whoever runs the installation."}


def test_closed_account_of_ones_own_team_is_reactivated_instead(team: World, bo: Any) -> None:
    get_user_model().objects.filter(pk=bo.pk).update(is_active=False)

    with pytest.raises(Refused, match=r"Bo Brook is in your team.*reactivate"):
        join_team(
            team.hillside_publisher, NewMember(bo.email, Role.CLINIC_EDITOR), [team.hillside.pk]
        )


def test_new_letter_makes_the_old_link_void(team: World, base_of: Any) -> None:
    by = team.hillside_publisher
    joined = join_team(by, ANN, [team.hillside.pk])
    send_letter(joined, by=by)

    member = renew_invitation(by, joined.user.pk, base=base_of(by, joined.user))
    send_letter_again(member, by=by)

    old, new = map(link_in, mail.outbox)
    assert not works(old)
    assert works(new)


def test_withdrawn_invitation_leaves_no_link_and_may_be_repeated(team: World, base_of: Any) -> None:
    by = team.hillside_publisher
    joined = join_team(by, ANN, [team.hillside.pk])
    send_letter(joined, by=by)

    ends = frozenset(m.pk for m in find_member(by, joined.user.pk).memberships)
    leave(by, joined.user.pk, Leaving(ends), base=base_of(by, joined.user))
    assert not works(link_in(mail.outbox[0]))
    again = join_team(by, ANN, [team.hillside.pk])
    send_letter(again, by=by)

    assert again.user == joined.user
    assert works(link_in(mail.outbox[1]))


def test_withdrawing_one_of_two_invitations_keeps_the_link_of_the_other(
    team: World, base_of: Any
) -> None:
    """Harbour's invitation is nobody's at Hillside to end."""
    ours = join_team(team.hillside_publisher, ANN, [team.hillside.pk])
    theirs = join_team(team.harbour_publisher, ANN, [team.harbour.pk])
    send_letter(theirs, by=team.harbour_publisher)

    by = team.hillside_publisher
    ends = frozenset(m.pk for m in find_member(by, ours.user.pk).memberships)
    leave(by, ours.user.pk, Leaving(ends), base=base_of(by, ours.user))

    assert works(link_in(mail.outbox[0]))
    assert [m.page_id for m in ours.user.memberships.all()] == [team.harbour.pk]


def test_mail_server_that_is_down_is_told(team: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr("clinics.inviting.send_mail", fail)
    joined = join_team(team.hillside_publisher, ANN, [team.hillside.pk])

    assert not send_letter(joined, by=team.hillside_publisher)


def test_account_with_a_foreign_address_under_the_name_is_left_alone(team: World) -> None:
    """Its user name is an address that it had before."""
    other = team.harbour_publisher
    get_user_model().objects.filter(pk=other.pk).update(username="ann@hill.example")

    joined = join_team(team.hillside_publisher, ANN, [team.hillside.pk])

    assert joined.user != other
    assert joined.user.username == "ann@hill.example-2"


def test_nobody_takes_an_address_that_is_not_theirs(team: World, client_for: Any) -> None:
    """Whoever has the address gets the next invitation to it."""
    client = client_for(team.hillside_editor)
    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "Eve",
            "name_email-last_name": "Hill",
            "name_email-email": "ann@hill.example",
        },
    )

    assert not get_user_model().objects.filter(email="ann@hill.example").exists()
