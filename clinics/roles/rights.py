"""What a user may do with a page's facts: user, right and page in, "yes", "propose" or "" out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinics.choices import Role
from clinics.roles.policy import memberships_of
from clinics.roles.table import ROLE_TABLE

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page

YES, PROPOSE, NO = "yes", "propose", ""


def right_at(user: AbstractUser, right: str, page: Page) -> str:
    """The strongest answer of all memberships at or above the page. `right` is a table's column."""
    if not user.is_active or user.is_anonymous:
        return NO
    if user.is_superuser:
        return YES
    answers = {
        getattr(ROLE_TABLE[Role(membership.role)], right)
        for membership in memberships_of(user)
        if page.path.startswith(membership.page.path)
    }
    return next((answer for answer in (YES, PROPOSE) if answer in answers), NO)


def is_member_at(user: AbstractUser, page: Page) -> bool:
    """True when a membership (or being superuser) reaches the page at all."""
    if user.is_active and user.is_superuser:
        return True
    return any(page.path.startswith(m.page.path) for m in memberships_of(user))
