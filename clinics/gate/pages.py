"""Which pages a user reaches, walks past, and may link to: user in, querysets of pages out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinics.models import FranchisePage
from clinics.roles.policy import memberships_of
from clinics.roles.reach import below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


def pages_in_reach(user: AbstractUser) -> QuerySet[Page]:
    """Pages at or below a page of the user's roles, or of permissions given to their groups."""
    if user.is_active and user.is_superuser:
        return Page.objects.all()
    return Page.objects.filter(below(_roots(user)))


def explorable_pages(user: AbstractUser) -> QuerySet[Page]:
    """Those, and the pages on the way to them from the nearest one that is above them all."""
    if not _roots(user):
        return pages_in_reach(user)
    return policy_registry.get_by_type(Page).explorable_instances(user)


def linkable_pages(user: AbstractUser) -> QuerySet[Page]:
    """What a chooser offers: pages in reach, and what is live and belongs to no franchise.

    That is the library: a link to a shared article leads to the clinic's own page of it.
    """
    if user.is_active and user.is_superuser:
        return Page.objects.all()
    franchises = FranchisePage.objects.values_list("path", flat=True)
    shared = Page.objects.live().filter(depth__gt=1).exclude(below(franchises))
    return pages_in_reach(user) | (shared if _roots(user) else Page.objects.none())


def browsable_pages(user: AbstractUser) -> QuerySet[Page]:
    """What a chooser lists: pages to link to, and those on the way to them."""
    if user.is_active and user.is_superuser:
        return Page.objects.all()
    steps = {root[:end] for root in _roots(user) for end in _steps(root)}
    return linkable_pages(user) | Page.objects.filter(path__in=steps)


def _roots(user: AbstractUser) -> list[str]:
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return sorted({row.page.path for row in rows} | {m.page.path for m in memberships_of(user)})


def _steps(path: str) -> range:
    return range(Page.steplen, len(path), Page.steplen)
