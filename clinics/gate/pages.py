"""Which pages a user reaches, walks past, and may link to: user in, querysets of pages out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from clinics.models import FranchisePage
from clinics.roles.policy import memberships_of
from clinics.tree_paths import STEP, above, below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


# The length of the path of a page right below the root.
TOP = 2 * STEP


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
    shared = Page.objects.live().filter(_outside_of_franchises())
    return pages_in_reach(user) | (shared if _roots(user) else Page.objects.none())


def browsable_pages(user: AbstractUser) -> QuerySet[Page]:
    """What a chooser lists: pages to link to, and those on the way to them."""
    if user.is_active and user.is_superuser:
        return Page.objects.all()
    steps = {step for root in _roots(user) for step in above(root)}
    return linkable_pages(user) | Page.objects.filter(path__in=steps)


def _outside_of_franchises() -> Q:
    """What lies below the tops beside theirs: to leave out what is theirs reads every page."""
    franchise = ContentType.objects.get_for_model(FranchisePage).pk
    rows = Page.objects.filter(Q(depth=2) | Q(content_type=franchise))
    kinds = dict(rows.values_list("path", "content_type"))
    tops = [path for path, kind in kinds.items() if kind != franchise]
    deeper = [path for path, kind in kinds.items() if kind == franchise and len(path) > TOP]
    return below(tops) & ~below(deeper)


def _roots(user: AbstractUser) -> list[str]:
    rows = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return sorted({row.page.path for row in rows} | {m.page.path for m in memberships_of(user)})
