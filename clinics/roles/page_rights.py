"""What the roles of a user allow on one page, by the type of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinics.choices import Role
from clinics.roles.policy import memberships_of, page_actions
from clinics.roles.table import ROLE_TABLE, RoleRights

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest


def actions_on(user: AbstractUser, page: Page) -> set[str]:
    """Wagtail's actions that memberships, or permissions given to groups, allow on this page."""
    return actions_at(user, page, page.specific_class)


def actions_at(user: AbstractUser, place: Page, page_class: type[Page]) -> set[str]:
    """The same for a page of this type at this place, such as one that is about to be made."""
    label = page_class._meta.label
    actions = _stored_actions(user, place)
    for membership in memberships_of(user):
        if place.path.startswith(membership.page.path):
            actions |= _actions_on_type(ROLE_TABLE[Role(membership.role)], label)
    return actions


def may_change_at(user: AbstractUser, place: Page, page_class: type[Page]) -> bool:
    """True when the user changes pages of this type there."""
    return user.is_superuser or "change" in actions_at(user, place, page_class)


def refuse_foreign_type(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """No page is made that its maker may not write (hook `before_create_page`).

    Wagtail asks for the parent's permissions only. Raises PermissionDenied.
    """
    user = request.user
    if not user.is_superuser and "add" not in actions_at(user, parent, page_class):
        raise PermissionDenied


def _actions_on_type(rights: RoleRights, label: str) -> set[str]:
    refused = set()
    if label not in rights.change:
        refused |= {"add", "change", "lock", "unlock"} if rights.change else set()
    if label not in rights.publish:
        refused |= {"publish", "bulk_delete"}
    return set(page_actions(rights)) - refused


def _stored_actions(user: AbstractUser, page: Page) -> set[str]:
    """The stored ones of the rows that are kept on the user: a list asks for each of its pages."""
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return {
        row.permission.codename.rsplit("_", maxsplit=1)[0]
        for row in rows
        if row.pk > 0 and page.path.startswith(row.page.path)
    }
