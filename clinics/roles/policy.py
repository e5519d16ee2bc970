"""Memberships as Wagtail sees them: page and collection permissions that follow from roles.

Wagtail asks a policy for permission rows of a user; these policies add unsaved rows for each
membership, so that explorer, editor, choosers and the API all decide by the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os.path import commonprefix
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, GroupPagePermission, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinics.choices import Role
from clinics.models import ClinicFacts, FranchisePage, Membership
from clinics.roles.table import ROLE_TABLE, RoleRights
from clinics.tree_paths import NOWHERE, STEP, above, at_or_above, below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


# Who has one of these rights on a page explores it and what lies below, as in Wagtail.
EXPLORING = frozenset(
    f"{right}_page" for right in ("add", "change", "publish", "lock", "unlock", "bulk_delete")
)


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

    def explorable_instances(self, user: AbstractUser) -> QuerySet[Page]:
        """The same pages as Wagtail's, each place named once and by its path.

        Wagtail asks for the pages of each permission that lie below what all have in common: a
        database that begins with the latter reads every page of the franchise.
        """
        rows = self.get_cached_permissions_for_user(user) if user.is_active else []
        if user.is_superuser or not rows:
            return super().explorable_instances(user)
        places = {row.page.path for row in rows}
        roots = {row.page.path for row in rows if row.permission.codename in EXPLORING}
        shared = commonprefix([place[:-STEP] for place in places])  # noqa: RUF071 - no paths of files
        first = max(len(shared) // STEP, 1) * STEP
        on_the_way = {step for place in places for step in above(place) if len(step) >= first}
        found = Q(path__in=on_the_way) | below(sorted(roots))
        return self.model._default_manager.filter(found)

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
        places = instance.get_ancestors(inclusive=True)
        return self._with_members(found, Q(role__in=_roles_with(actions), page__in=places))

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
    """Pictures and documents: the clinic's own collection, and the library's to choose from.

    A franchise has a collection for each clinic, so they are named by a query and never one by one.
    """

    def _check_perm(
        self, user: AbstractUser, actions: Iterable[str], collection: Collection | None = None
    ) -> bool:
        if super()._check_perm(user, actions, collection):
            return True
        place = collection.path if collection else ""
        if not hasattr(user, "_collection_answers"):
            user._collection_answers = {}
        answers = user._collection_answers
        key = (self.auth_model, frozenset(actions), place)
        if key not in answers:
            roots = _roots_given_to(user, actions)
            given = roots.filter(path__in=at_or_above(place)) if place else roots
            answers[key] = given.exists()
        return bool(answers[key])

    def _collections_with_perm(self, user: AbstractUser, actions: Iterable[str]) -> QuerySet:
        stored = super()._collections_with_perm(user, actions)
        roots = _roots_given_to(user, actions)
        found = Q(pk__in=stored.values("pk")) | Q(pk__in=roots.values("pk"))
        # Ours have nothing below them, unless somebody moves a collection there.
        deeper = roots.filter(numchild__gt=0).values_list("path", flat=True)
        return Collection.objects.filter(found | below(deeper))

    def _users_with_perm_filter(
        self, actions: Iterable[str], collection: Collection | None = None
    ) -> Q:
        found = super()._users_with_perm_filter(actions, collection)
        roles = [role for role, rights in ROLE_TABLE.items() if rights.images & frozenset(actions)]
        return found | Q(is_active=True, memberships__role__in=roles)


def collections_given_by(membership: Membership, actions: Iterable[str]) -> Iterator[QuerySet]:
    """The collections in which a membership allows one of these actions, with what is below them.

    The library keeps the pictures of every franchise; a clinic chooses from its own franchise's.
    """
    rights = ROLE_TABLE[Role(membership.role)]
    wanted = frozenset(actions)
    franchises = FranchisePage.objects.exclude(shared_collection=None)
    if rights.page_type == "articles.ArticleLibraryPage":
        if rights.images & wanted:
            yield Collection.objects.filter(pk__in=franchises.values("shared_collection"))
        return
    if rights.images & wanted:
        clinics = ClinicFacts.objects.filter(
            clinic__path__startswith=membership.page.path, collection__isnull=False
        )
        yield Collection.objects.filter(pk__in=clinics.values("collection"))
    if "choose" in wanted:
        franchises = franchises.ancestor_of(membership.page, inclusive=True)
        yield Collection.objects.filter(pk__in=franchises.values("shared_collection"))


def _roots_given_to(user: AbstractUser, actions: Iterable[str]) -> QuerySet[Collection]:
    found = NOWHERE
    for membership in () if user.is_superuser else memberships_of(user):
        for collections in collections_given_by(membership, actions):
            found |= Q(pk__in=collections.values("pk"))
    return Collection.objects.filter(found)


def _roles_with(actions: Iterable[str]) -> list[Role]:
    wanted = set(actions)
    return [role for role, rights in ROLE_TABLE.items() if page_actions(rights) & wanted]


def _permissions(model: type[Model]) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_model(model)
    return {p.codename: p for p in Permission.objects.filter(content_type=content_type)}
