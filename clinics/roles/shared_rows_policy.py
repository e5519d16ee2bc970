"""Who may read the rows that the whole group shares: services, and versioned statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from clinics.choices import Role
from clinics.models import Membership
from clinics.roles.policy import memberships_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

_READERS = (Role.LIBRARY_PUBLISHER,)
_READING = frozenset({"view", "choose"})


class SharedRowsPolicy(ModelPermissionPolicy):
    """Superusers write; library publishers read."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        if super().user_has_permission(user, action):
            return True
        return action in _READING and any(m.role in _READERS for m in memberships_of(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        wanted = Q(pk__in=super().users_with_any_permission(actions).values("pk"))
        if _READING & set(actions):
            wanted |= Q(pk__in=Membership.objects.filter(role__in=_READERS).values("user"))
        return get_user_model()._default_manager.filter(wanted, is_active=True)
