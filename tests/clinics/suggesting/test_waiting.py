from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from clinics.choices import Role
from clinics.creating import create_franchise
from clinics.suggesting.waiting import facts_waiting_at, own_waiting, waiting_suggestions
from tests.clinics.suggesting.suggested import FAX, suggestion_of
from tests.factories import World, make_staff


def afresh(user: Any) -> Any:
    """The user as the next request has them: memberships are read once for each object."""
    return get_user_model().objects.get(pk=user.pk)


def test_waiting_suggestions_wait_for_whoever_decides(world: World) -> None:
    first = suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    second = suggestion_of(world.harbour_publisher, world.marina, city="Boca")
    decided = suggestion_of(world.hillside_editor, world.plano, city="Frisco")
    decided.facts.update(state="REJECTED")

    assert list(waiting_suggestions(world.franchise_admin)) == [first, second]
    assert list(waiting_suggestions(world.superuser)) == [first, second]
    for who in (
        *(world.hillside_editor, world.hillside_publisher, world.harbour_publisher),
        *(world.library_publisher, world.outsider),
    ):
        assert not waiting_suggestions(who).exists()


def test_waiting_suggestions_of_another_franchise_are_not_there(world: World) -> None:
    suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    other = make_staff("other-admin", Role.FRANCHISE_ADMIN, create_franchise("Other"))

    assert not waiting_suggestions(other).exists()


def test_waiting_suggestions_end_with_the_membership(world: World) -> None:
    suggestion_of(world.hillside_editor, world.uptown, fax=FAX)
    assert waiting_suggestions(world.franchise_admin).exists()

    world.franchise_admin.memberships.all().delete()

    assert not waiting_suggestions(afresh(world.franchise_admin)).exists()


def test_own_waiting_is_nobody_elses(world: World) -> None:
    suggestion_of(world.hillside_editor, world.uptown, fax=FAX)

    assert [f.name for f in own_waiting(world.hillside_editor, world.uptown.pk)] == ["fax"]
    assert own_waiting(world.hillside_publisher, world.uptown.pk) == []
    assert own_waiting(world.hillside_editor, world.plano.pk) == []
    assert [f.name for f in facts_waiting_at([world.uptown.pk, world.plano.pk])] == ["fax"]
