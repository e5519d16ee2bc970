"""Two people act on a team at the same moment, in real threads: the second hears of the first.

It takes a database that commits, so all that has to be tried is tried in one test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import Http404
from django.utils import timezone

from clinics.choices import Role
from clinics.inviting import NewMember
from clinics.models import Membership
from clinics.team.changing import Refused, TeamConflict, change_role
from clinics.team.joining import join_team
from clinics.team.members import find_member
from tests.articles.concurrency import two_threads
from tests.factories import World, make_staff

EDITOR, PUBLISHER = Role.CLINIC_EDITOR, Role.CLINIC_PUBLISHER
TIMES = 5

type Act = Callable[[], Any]


def answer(act: Act, barrier: Barrier) -> str:
    barrier.wait()
    try:
        act()
    except (Http404, Refused, TeamConflict) as error:
        return type(error).__name__
    return "done"


def both(threads: ThreadPoolExecutor, acts: tuple[Act, Act]) -> Counter[str]:
    barrier = Barrier(2)
    return Counter(threads.map(lambda act: answer(act, barrier), acts))


def role_change(actor: Any, user: Any, role: Role) -> Act:
    """What was seen is read now; the act is later."""
    member = find_member(actor, user.pk)
    (membership,) = member.memberships
    base = member.base
    return lambda: change_role(actor, user.pk, membership.pk, role, base=base)


def leaders_of(world: World) -> int:
    return Membership.objects.filter(page=world.hillside.pk, role=PUBLISHER).count()


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_at_once_the_second_hears_of_the_first(world: World) -> None:
    make_staff("bo", PUBLISHER, world.hillside)
    get_user_model().objects.update(last_login=timezone.now())

    with two_threads() as threads:
        for turn in range(TIMES):
            threads.submit(_again, world).result()
            pairs = threads.submit(_pairs, world, turn).result()
            for name, (acts, expected) in pairs.items():
                answers = both(threads, acts)
                assert answers in expected, name
                assert threads.submit(leaders_of, world).result() >= 1, name
                threads.submit(_again, world).result()


def _again(world: World) -> None:
    """Two publishers and an editor, as at the beginning."""
    for name, role in (("hillside-publisher", PUBLISHER), ("bo", PUBLISHER)):
        Membership.objects.filter(user__username=name, page=world.hillside.pk).update(role=role)
    Membership.objects.filter(user__username="hillside-editor").update(role=EDITOR)


def _pairs(world: World, turn: int) -> dict[str, tuple[tuple[Act, Act], list[Counter[str]]]]:
    users = get_user_model().objects
    first, second = (users.get(username=name) for name in ("hillside-publisher", "bo"))
    editor, place = users.get(username="hillside-editor"), [world.hillside.pk]
    ann = NewMember(f"ann-{turn}@hill.example", EDITOR, "Ann")

    def one_is(word: str) -> list[Counter[str]]:
        return [Counter({"done": 1, word: 1})]

    return {
        "both step down": (
            (role_change(first, first, EDITOR), role_change(second, second, EDITOR)),
            one_is("Refused"),
        ),
        "each demotes the other": (
            (role_change(first, second, EDITOR), role_change(second, first, EDITOR)),
            one_is("Http404"),
        ),
        "both change one member": (
            (role_change(first, editor, PUBLISHER), role_change(second, editor, PUBLISHER)),
            one_is("TeamConflict"),
        ),
        "both invite one person": (
            (lambda: join_team(first, ann, place), lambda: join_team(second, ann, place)),
            one_is("Refused"),
        ),
    }
