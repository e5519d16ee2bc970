from __future__ import annotations

from clinics.facts import facts_of, save_facts
from clinics.models import ClinicPage, FactsChange, LocationPage, Person
from clinics.roles.reach import (
    changes_of,
    clinics_of,
    clinics_with_people_of,
    has_clinics,
    locations_of,
    people_of,
    people_offered_to,
)
from tests.factories import World


def test_reach_of_a_clinic_role_is_the_clinic(world: World) -> None:
    for page in (world.uptown, world.marina):
        save_facts(facts_of(page.pk), {"city": "Elsewhere"}, user=None, base_version=1)
    user = world.hillside_publisher

    assert list(clinics_of(user)) == [world.hillside]
    assert set(locations_of(user)) == {world.uptown, world.plano}
    assert [change.page_id for change in changes_of(user)] == [world.uptown.pk]
    assert [person.slug for person in people_of(user)] == ["ada-hill"]
    assert list(clinics_with_people_of(user)) == [world.hillside]


def test_reach_of_a_franchise_admin_is_everything_below(world: World) -> None:
    user = world.franchise_admin

    assert set(clinics_of(user)) == {world.hillside, world.harbour}
    assert locations_of(user).count() == LocationPage.objects.count()
    assert {person.slug for person in people_of(user)} == {"ada-hill", "nora-harbour"}


def test_reach_of_a_superuser_is_everything(world: World) -> None:
    assert clinics_of(world.superuser).count() == ClinicPage.objects.count()
    assert people_of(world.superuser).count() == Person.objects.count()


def test_reach_of_an_editor_has_no_people_to_change(world: World) -> None:
    assert list(clinics_of(world.hillside_editor)) == [world.hillside]
    assert list(people_of(world.hillside_editor)) == []
    assert list(clinics_with_people_of(world.hillside_editor)) == []


def test_reach_of_outsiders_and_the_library_has_no_clinic(world: World) -> None:
    save_facts(facts_of(world.uptown.pk), {"city": "Elsewhere"}, user=None, base_version=1)
    assert FactsChange.objects.exists()

    for user in (world.outsider, world.library_publisher):
        assert not has_clinics(user)
        for found in (clinics_of, locations_of, changes_of, people_of):
            assert list(found(user)) == []


def test_reach_of_an_inactive_member_is_empty(world: World) -> None:
    user = world.hillside_publisher
    user.is_active = False

    assert not has_clinics(user)
    assert list(clinics_of(user)) == []


def test_inactive_superuser_reaches_nothing(world: World) -> None:
    user = world.superuser
    user.is_active = False

    assert not has_clinics(user)
    assert list(clinics_of(user)) == []


def test_people_offered_are_the_own_and_the_groups(world: World) -> None:
    offered = {person.slug for person in people_offered_to(world.hillside_editor)}

    assert offered == {"ada-hill", "grace-group"}
    assert people_offered_to(world.library_editor).count() == 3
