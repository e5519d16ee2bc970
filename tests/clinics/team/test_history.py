"""Who gave what to whom: one entry for each act, at the place that it is about."""

from __future__ import annotations

from typing import Any

from wagtail.models import PageLogEntry

from clinics.choices import Role
from clinics.inviting import NewMember
from clinics.team.changing import change_role, reactivate, renew_invitation
from clinics.team.history import history_of, lines_of
from clinics.team.joining import join_team
from clinics.team.leaving import Leaving, leave
from clinics.team.members import find_member
from tests.factories import World


def texts(reader: Any) -> list[str]:
    return [line.text for line in lines_of(history_of(reader))]


def test_every_act_is_told_with_who_and_whom(team: World, bo: Any, base_of: Any) -> None:
    by = team.hillside_publisher
    ann = NewMember("ann@hill.example", Role.CLINIC_EDITOR, "Ann Hill")
    user = join_team(by, ann, [team.hillside.pk]).user
    renew_invitation(by, user.pk, base=base_of(by, user))
    own = user.memberships.get()
    change_role(by, user.pk, own.pk, Role.CLINIC_PUBLISHER, base=base_of(by, user))
    leave(by, bo.pk, Leaving(deactivates=True), base=base_of(by, bo))
    reactivate(by, bo.pk, base=base_of(by, bo))
    team.hillside.owner = bo
    team.hillside.save(update_fields=["owner"])
    ends = frozenset(m.pk for m in find_member(by, bo.pk).memberships)
    leave(by, bo.pk, Leaving(ends, successors={team.hillside.pk: by.pk}), base=base_of(by, bo))

    assert texts(by) == [
        "Removed Bo Brook, who was clinic publisher.",
        "Handed over from Bo Brook to hillside-publisher@example.com: Pages (1).",
        "Reactivated the account of Bo Brook.",
        "Deactivated the account of Bo Brook.",
        "Made Ann Hill clinic publisher, before clinic editor.",
        "Sent Ann Hill a new invitation; the link of the old one is void.",
        "Invited Ann Hill as clinic editor.",
    ]
    assert {line.by for line in lines_of(history_of(by))} == {"hillside-publisher@example.com"}


def test_history_of_a_clinic_is_its_own(team: World) -> None:
    ann = NewMember("ann@hill.example", Role.CLINIC_EDITOR, "Ann Hill")
    join_team(team.franchise_admin, ann, [team.hillside.pk, team.harbour.pk])

    for reader in (team.hillside_publisher, team.harbour_publisher):
        (line,) = lines_of(history_of(reader))
        assert line.text == "Invited Ann Hill as clinic editor."
    assert len(texts(team.franchise_admin)) == 2
    for reader in (team.hillside_editor, team.library_publisher, team.outsider):
        assert texts(reader) == []


def test_entry_reads_the_same_in_wagtails_own_history(team: World) -> None:
    ann = NewMember("ann@hill.example", Role.CLINIC_EDITOR, "Ann Hill")
    join_team(team.hillside_publisher, ann, [team.hillside.pk])

    entry = PageLogEntry.objects.get(action="clinics.team.invite")

    assert entry.formatter.format_message(entry) == "Invited Ann Hill as clinic editor."
    assert entry.page_id == team.hillside.pk
