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

    def can_publish_subpage(self) -> bool:
        """Who publishes a new page at once needs the right for its type, not for its parent's."""
        from clinics.roles.page_rights import actions_at  # noqa: PLC0415 - circular import

        if self.user.is_superuser or not super().can_publish_subpage():
            return super().can_publish_subpage()
        return all(
            "publish" in actions_at(self.user, self.page, model)
            for model in self.page.specific_class.creatable_subpage_models()
        )

    # A clinic's site stands on some pages: taking one away is no act of the explorer's.

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.is_fixture and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        stays = self.page.is_fixture and not self.page.may_unpublish
        return not stays and super().can_unpublish()

    def can_move(self) -> bool:
        return not self.page.is_fixture and super().can_move()

    def can_move_to(self, destination: Page) -> bool:
        return not self.page.is_fixture and super().can_move_to(destination)

    def can_copy(self) -> bool:
        return not self.page.is_fixture and super().can_copy()

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return not self.page.is_fixture and super().can_copy_to(destination, recursive)


class RoleGovernedMixin:
    """For every page type of ours: who may change and publish it follows from the role table.

    `is_fixture` pages are neither copied, moved nor deleted by hand, since sites and other rows
    stand on them; of these, only those with `may_unpublish` can be taken off line.
    """

    is_fixture = False
    may_unpublish = False

    def permissions_for_user(self, user: AbstractUser) -> RolePermissionTester:
        return RolePermissionTester(user, self)
