from __future__ import annotations

from wagtail.permissions import policy_registry

from clinics.models import Person
from tests.factories import World


def test_people_may_be_changed_where_the_table_says_so(world: World) -> None:
    policy = policy_registry.get_by_type(Person)
    ada, grace = (Person.objects.get(slug=slug) for slug in ("ada-hill", "grace-group"))

    def may_change(user: object, person: Person) -> bool:
        return policy.user_has_permission_for_instance(user, "change", person)

    assert may_change(world.hillside_publisher, ada)
    assert may_change(world.franchise_admin, ada)
    assert may_change(world.superuser, grace)
    assert not may_change(world.hillside_publisher, grace)
    assert not may_change(world.harbour_publisher, ada)
    assert not may_change(world.hillside_editor, ada)
    assert not policy.user_has_permission_for_instance(world.hillside_publisher, "publish", ada)


def test_people_policy_names_who_may_change_somebody(world: World) -> None:
    policy = policy_registry.get_by_type(Person)
    superuser = world.superuser
    ada, grace = (Person.objects.get(slug=slug) for slug in ("ada-hill", "grace-group"))

    members = {superuser, world.hillside_publisher, world.franchise_admin}
    assert set(policy.users_with_permission_for_instance("change", ada)) == members
    assert set(policy.users_with_permission_for_instance("change", grace)) == {superuser}
    assert set(policy.users_with_permission("change")) == members | {world.harbour_publisher}
    assert set(policy.users_with_permission("publish")) == {superuser}
