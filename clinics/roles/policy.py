"""Memberships as Wagtail sees them: page and collection permissions that follow from roles.

Wagtail asks a policy for permission rows of a user; these policies add unsaved rows for each
membership, so that explorer, editor, choosers and the API all decide by the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinics.choices import Role
from clinics.models import ClinicFacts, FranchisePage, Membership
from clinics.roles.table import ROLE_TABLE, RoleRights

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def memberships_of(user: AbstractUser) -> list[Membership]:
    """The user's memberships, read once for each user object."""
    if not user.is_active or user.is_anonymous:
        return []
    if not hasattr(user, "_memberships"):
        rows = Membership.objects.filter(user=user).select_related("page")
        user._memberships = list(rows)
    return user._memberships


def page_actions(rights: RoleRights) -> frozenset[str]:
    """What Wagtail calls the rights of a role on pages."""
    actions = set()
    if rights.change:
        actions |= {"add", "change"}
    if rights.publish:
        actions |= {"publish", "bulk_delete"}
    if rights.lock:
        actions |= {"lock", "unlock"}
    return frozenset(actions)


class MembershipPagePolicy(PagePermissionPolicy):
    """Stored group permissions, and what memberships give."""

    def get_all_permissions_for_user(self, user: AbstractUser) -> list[GroupPagePermission]:
        stored = list(super().get_all_permissions_for_user(user))
        if user.is_superuser:
            return stored
        return stored + list(self._from_memberships(user))

    def users_with_any_permission(
        self, actions: Iterable[str], include_superusers: bool = True
    ) -> QuerySet:
        found = super().users_with_any_permission(actions, include_superusers)
        return self._with_members(found, Q(role__in=_roles_with(actions)))

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet:
        found = super().users_with_any_permission_for_instance(
            actions, instance, include_superusers
        )
        above = instance.get_ancestors(inclusive=True)
        return self._with_members(found, Q(role__in=_roles_with(actions), page__in=above))

    def _with_members(self, found: QuerySet, memberships: Q) -> QuerySet:
        users = get_user_model()._default_manager
        members = Membership.objects.filter(memberships).values("user")
        return users.filter(Q(pk__in=found.values("pk")) | Q(pk__in=members), is_active=True)

    def _from_memberships(self, user: AbstractUser) -> Iterator[GroupPagePermission]:
        permissions = _permissions(self.model.base_page_model)
        number = 0
        for membership in memberships_of(user):
            for action in sorted(page_actions(ROLE_TABLE[Role(membership.role)])):
                number -= 1
                yield GroupPagePermission(
                    pk=number, page=membership.page, permission=permissions[f"{action}_page"]
                )


class MembershipCollectionPolicy(CollectionOwnershipPermissionPolicy):
    """Pictures and documents: the clinic's own collection, and the library's to choose from."""

    def get_all_permissions_for_user(self, user: AbstractUser) -> list[GroupCollectionPermission]:
        stored = list(super().get_all_permissions_for_user(user))
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return stored
        return stored + list(self._from_memberships(user))

    def _users_with_perm_filter(
        self, actions: Iterable[str], collection: Collection | None = None
    ) -> Q:
        found = super()._users_with_perm_filter(actions, collection)
        roles = [role for role, rights in ROLE_TABLE.items() if rights.images & frozenset(actions)]
        return found | Q(is_active=True, memberships__role__in=roles)

    def _from_memberships(self, user: AbstractUser) -> Iterator[GroupCollectionPermission]:
        permissions = _permissions(self.auth_model)
        name = self.auth_model._meta.model_name
        rows = {
            (collection, action): permissions[f"{action}_{name}"]
            for membership in memberships_of(user)
            for collection, action in collection_rights(membership)
        }
        for number, ((collection, _action), permission) in enumerate(rows.items(), start=1):
            yield GroupCollectionPermission(
                pk=-number, collection=collection, permission=permission
            )


def collection_rights(membership: Membership) -> Iterator[tuple[Collection, str]]:
    """The collections that a membership opens, each with what may be done there.

    The library keeps the pictures of every franchise; a clinic chooses from its own franchise's.
    """
    rights = ROLE_TABLE[Role(membership.role)]
    franchises = FranchisePage.objects.exclude(shared_collection=None)
    if rights.page_type == "articles.ArticleLibraryPage":
        shared = Collection.objects.filter(pk__in=franchises.values("shared_collection"))
        yield from ((collection, action) for collection in shared for action in rights.images)
        return
    above = franchises.ancestor_of(membership.page, inclusive=True)
    shared = Collection.objects.filter(pk__in=above.values("shared_collection"))
    clinics = ClinicFacts.objects.filter(
        clinic__path__startswith=membership.page.path, collection__isnull=False
    )
    own = Collection.objects.filter(pk__in=clinics.values("collection"))
    yield from ((collection, action) for collection in own for action in rights.images)
    yield from ((collection, "choose") for collection in shared)


def _roles_with(actions: Iterable[str]) -> list[Role]:
    wanted = set(actions)
    return [role for role, rights in ROLE_TABLE.items() if page_actions(rights) & wanted]


def _permissions(model: type[Model]) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_model(model)
    return {p.codename: p for p in Permission.objects.filter(content_type=content_type)}
