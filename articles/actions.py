"""What an editor does to a local version: each act is one function, with a user, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page

from articles.models import ArticleMountPage, ArticlePage, LocalVersionPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class NotMountedError(ValueError):
    """The clinic has no list that shows articles of this kind."""


@transaction.atomic
def local_version_for(
    article: ArticlePage, clinic: Page, *, user: AbstractUser | None = None
) -> LocalVersionPage:
    """The clinic's local version of an article; an empty draft is made when there is none.

    The mount's row is locked, so that two editors who start at once get the same page. Raises
    NotMountedError when the clinic has no mount for the article's kind.
    """
    mounts = ArticleMountPage.objects.child_of(clinic).filter(kind=article.kind)
    mount = mounts.select_for_update().first()
    if mount is None:
        raise NotMountedError(f"{clinic.title} has no list for “{article.get_kind_display()}”.")
    existing = LocalVersionPage.objects.filter(clinic=clinic, article=article).first()
    if existing:
        return existing
    version = LocalVersionPage(article=article, clinic=clinic, live=False, owner=user)
    mount.add_child(instance=version)
    version.save_revision(user=user)
    return version
