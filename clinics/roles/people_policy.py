"""Who may change which person: the table's column "people", as Wagtail asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from clinics.models import Membership, Person
from clinics.roles.policy import memberships_of
from clinics.roles.reach import people_of
from clinics.roles.rights import YES, right_at
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

_ROLES = [role for role, rights in ROLE_TABLE.items() if rights.people == YES]
_ACTIONS = frozenset({"add", "change", "delete", "view"})


class PeoplePolicy(ModelPermissionPolicy):
    """People of a clinic are its publisher's; the group's own (no clinic) are the superuser's."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        if super().user_has_permission(user, action):
            return True
        return action in _ACTIONS and any(m.role in _ROLES for m in memberships_of(user))

    def user_has_permission_for_instance(
        self, user: AbstractUser, action: str, instance: Person
    ) -> bool:
        if super().user_has_permission(user, action):
            return True
        is_own = instance.clinic is not None and right_at(user, "people", instance.clinic) == YES
        return is_own and action in _ACTIONS

    def instances_user_has_any_permission_for(
        self, user: AbstractUser, actions: Iterable[str]
    ) -> QuerySet[Person]:
        if any(super(PeoplePolicy, self).user_has_permission(user, a) for a in actions):
            return Person.objects.all()
        return people_of(user) if _ACTIONS & set(actions) else Person.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        return self._with_members(actions, Q())

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Person
    ) -> QuerySet:
        above = instance.clinic.get_ancestors(inclusive=True) if instance.clinic else []
        return self._with_members(actions, Q(page__in=above))

    def _with_members(self, actions: Iterable[str], where: Q) -> QuerySet:
        stored = super().users_with_any_permission(actions)
        members = Membership.objects.filter(where, role__in=_ROLES).values("user")
        wanted = Q(pk__in=stored.values("pk"))
        if _ACTIONS & set(actions):
            wanted |= Q(pk__in=members)
        return get_user_model()._default_manager.filter(wanted, is_active=True)
