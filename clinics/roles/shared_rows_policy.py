"""Who may read and write the rows that the whole group shares: services, statements, sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from clinics.choices import Role
from clinics.models import Membership
from clinics.roles.policy import memberships_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

_READING = frozenset({"view", "choose"})
_WRITING = frozenset({"add", "change", "delete"})
_LIBRARY_PUBLISHER = frozenset({Role.LIBRARY_PUBLISHER})


class SharedRowsPolicy(ModelPermissionPolicy):
    """`readers` and `writers` are roles; superusers, and groups with the permission, do both."""

    def __init__(
        self,
        model: type[Model],
        readers: frozenset[Role] = _LIBRARY_PUBLISHER,
        writers: frozenset[Role] = frozenset(),
    ) -> None:
        super().__init__(model)
        self.readers, self.writers = readers, writers

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        if super().user_has_permission(user, action):
            return True
        return any(m.role in self._roles({action}) for m in memberships_of(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        members = Membership.objects.filter(role__in=self._roles(actions)).values("user")
        stored = super().users_with_any_permission(actions).values("pk")
        users = get_user_model()._default_manager
        return users.filter(Q(pk__in=stored) | Q(pk__in=members), is_active=True)

    def _roles(self, actions: Iterable[str]) -> frozenset[Role]:
        wanted = set(actions)
        readers = self.readers | self.writers if wanted & _READING else frozenset()
        return readers | (self.writers if wanted & _WRITING else frozenset())
