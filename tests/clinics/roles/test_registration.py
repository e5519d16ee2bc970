from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from articles.models import ArticlePage
from clinics.choices import Role
from clinics.models import ClinicPage, Membership, Person, Service, Statement
from clinics.roles.people_policy import PeoplePolicy
from clinics.roles.policy import MembershipCollectionPolicy, MembershipPagePolicy
from clinics.roles.shared_rows_policy import SharedRowsPolicy
from tests.factories import World


@pytest.mark.parametrize(
    ("model", "policy"),
    [
        (Page, MembershipPagePolicy),
        (ClinicPage, MembershipPagePolicy),
        (ArticlePage, MembershipPagePolicy),
        (get_image_model(), MembershipCollectionPolicy),
        (get_document_model(), MembershipCollectionPolicy),
        (Person, PeoplePolicy),
        (Service, SharedRowsPolicy),
        (Statement, SharedRowsPolicy),
    ],
)
def test_our_policies_win_over_the_stock_ones(model: type, policy: type) -> None:
    assert type(policy_registry.get_by_type(model)) is policy


def test_pages_that_may_be_changed_are_those_of_the_own_clinic(world: World) -> None:
    policy = policy_registry.get_by_type(Page)

    pages = policy.instances_user_has_permission_for(world.hillside_publisher, "change")

    assert world.hillside.page_ptr in pages
    assert world.uptown.page_ptr in pages
    assert not pages.filter(path__startswith=world.harbour.path).exists()
    assert not pages.filter(path__startswith=world.library.path).exists()


def test_explorer_of_a_publisher_begins_at_the_own_clinic(world: World) -> None:
    policy = policy_registry.get_by_type(Page)

    assert policy.explorable_root_instance(world.hillside_publisher) == world.hillside.page_ptr


def test_outsider_explores_nothing(world: World) -> None:
    policy = policy_registry.get_by_type(Page)

    assert policy.explorable_root_instance(world.outsider) is None
    assert not policy.instances_user_has_permission_for(world.outsider, "change").exists()


def test_right_to_pictures_does_not_depend_on_who_asks_first(world: World) -> None:
    """Both policies keep what they found on the user: under names of their own."""
    pictures = policy_registry.get_by_type(get_image_model())
    documents = policy_registry.get_by_type(get_document_model())

    assert documents.user_has_permission(world.hillside_publisher, "add")
    assert pictures.user_has_permission(world.hillside_publisher, "add")


def test_pictures_to_choose_are_the_own_ones_and_the_shared_ones(world: World) -> None:
    policy = policy_registry.get_by_type(get_image_model())

    collections = policy.collections_user_has_permission_for(world.hillside_publisher, "choose")

    own, shared = world.hillside.facts.collection, world.franchise.shared_collection
    assert set(collections) == {own, shared}
    change = policy.collections_user_has_permission_for(world.hillside_publisher, "change")
    assert set(change) == {own}


@pytest.mark.parametrize(
    "name",
    ["hillside_editor", "hillside_publisher", "library_editor", "franchise_admin", "outsider"],
)
def test_pages_to_explore_are_those_of_wagtail(world: World, name: str) -> None:
    """P11: named by their paths, so that no page of another clinic has to be read."""
    user, policy = getattr(world, name), policy_registry.get_by_type(Page)

    found = set(policy.explorable_instances(user).values_list("pk", flat=True))

    stock = PagePermissionPolicy.explorable_instances(policy, user)
    assert found == set(stock.values_list("pk", flat=True))
    assert found or name == "outsider"


def test_two_places_are_explored_from_what_is_above_both(world: World) -> None:
    user, policy = world.hillside_publisher, policy_registry.get_by_type(Page)
    for page in (world.harbour.page_ptr, world.library.page_ptr):
        Membership.objects.create(user=user, role=Role.CLINIC_EDITOR, page=page)
    user = type(user).objects.get(pk=user.pk)

    found = set(policy.explorable_instances(user).values_list("path", flat=True))

    stock = PagePermissionPolicy.explorable_instances(policy, user)
    assert found == set(stock.values_list("path", flat=True))
    assert {world.hillside.path, world.harbour.path, world.franchise.path} < found


def test_right_of_another_kind_opens_the_way_and_not_the_page(world: World) -> None:
    """A stored permission that Wagtail does not explore by, such as to view."""
    user, policy = world.hillside_publisher, policy_registry.get_by_type(Page)
    group = Group.objects.create(name="viewers")
    view = Permission.objects.get(codename="view_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=world.harbour.page_ptr, permission=view)
    user.groups.add(group)
    user = type(user).objects.get(pk=user.pk)

    found = set(policy.explorable_instances(user).values_list("path", flat=True))

    stock = PagePermissionPolicy.explorable_instances(policy, user)
    assert found == set(stock.values_list("path", flat=True))
    assert world.hillside.path in found and world.harbour.path not in found
