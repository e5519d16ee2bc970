"""What of the library a user writes: user in, articles out. Everything else is a 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import ArticlePage
from clinics.choices import Role
from clinics.roles.policy import memberships_of
from clinics.roles.table import ROLE_TABLE
from clinics.tree_paths import below

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet

_ARTICLE = "articles.ArticlePage"


def writes_library(user: AbstractUser) -> bool:
    """True for whoever may change shared articles. Reads no pages."""
    return user.is_active and (user.is_superuser or bool(_paths(user)))


def library_articles(user: AbstractUser) -> QuerySet[ArticlePage]:
    """The shared articles that the user may change."""
    if user.is_active and user.is_superuser:
        return ArticlePage.objects.all()
    return ArticlePage.objects.filter(below(_paths(user)))


def _paths(user: AbstractUser) -> list[str]:
    return [
        membership.page.path
        for membership in memberships_of(user)
        if _ARTICLE in ROLE_TABLE[Role(membership.role)].change
    ]
