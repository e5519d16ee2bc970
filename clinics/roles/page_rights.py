"""What the roles of a user allow on one page, by the type of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import GroupPagePermission

from clinics.choices import Role
from clinics.roles.policy import memberships_of, page_actions
from clinics.roles.table import ROLE_TABLE, RoleRights

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page


def actions_on(user: AbstractUser, page: Page) -> set[str]:
    """Wagtail's actions that memberships, or permissions given to groups, allow on this page."""
    label = page.specific_class._meta.label
    actions = _stored_actions(user, page)
    for membership in memberships_of(user):
        if page.path.startswith(membership.page.path):
            actions |= _actions_on_type(ROLE_TABLE[Role(membership.role)], label)
    return actions


def _actions_on_type(rights: RoleRights, label: str) -> set[str]:
    refused = set()
    if label not in rights.change:
        refused |= {"change", "lock", "unlock"} if rights.change else set()
    if label not in rights.publish:
        refused |= {"publish", "bulk_delete"}
    return set(page_actions(rights)) - refused


def _stored_actions(user: AbstractUser, page: Page) -> set[str]:
    rows = GroupPagePermission.objects.filter(group__user=user).select_related("permission", "page")
    return {
        row.permission.codename.rsplit("_", maxsplit=1)[0]
        for row in rows
        if page.path.startswith(row.page.path)
    }
