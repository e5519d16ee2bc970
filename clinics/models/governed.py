"""Page permissions that depend on the type of the page, as the role table has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models.pages import PagePermissionTester

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page


class RolePermissionTester(PagePermissionTester):
    """Takes away what the roles of a user do not give for this type of page."""

    def __init__(self, user: AbstractUser, page: Page) -> None:
        from clinics.roles.page_rights import actions_on  # noqa: PLC0415 - circular import

        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.permissions &= actions_on(user, page)


class RoleGovernedMixin:
    """For every page type of ours: who may change and publish it follows from the role table."""

    def permissions_for_user(self, user: AbstractUser) -> RolePermissionTester:
        return RolePermissionTester(user, self)
