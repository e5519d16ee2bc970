"""Whose turn it is: a user or a clinic in, the pages whose last act was this one out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from articles.models import (
    ArticleMountPage,
    ArticlePage,
    LocalArticlePage,
    LocalVersionPage,
    Review,
)
from articles.review.reviewers import libraries_reviewed_by
from clinics.tree_paths import below

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage


@dataclass(frozen=True)
class Waiting:
    """A page and the act that it waits after. `clinic` is blank for a shared article."""

    page: Any
    last: Review
    clinic: str = ""


def last_acts(act: str) -> QuerySet[Review]:
    """The newest act of each page of which it is this one, the longest waiting first."""
    newest = Review.objects.filter(page=OuterRef("page")).order_by("-pk").values("pk")[:1]
    return Review.objects.filter(act=act, pk=Subquery(newest)).order_by("pk")


def in_libraries(acts: QuerySet[Review], paths: Iterable[str]) -> QuerySet[Review]:
    """Those about articles of these libraries, and about what clinics make of them."""
    paths = list(paths)
    articles = ArticlePage.objects.filter(below(paths)).values("pk")
    versions = LocalVersionPage.objects.filter(below(paths, "article__path")).values("pk")
    # Not a list of paths: every clinic has three mounts.
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    mounts = ArticleMountPage.objects.filter(below(paths, "library__path"))
    above = mounts.alias(article=path).filter(article__startswith=F("path"))
    own = LocalArticlePage.objects.filter(Exists(above)).values("pk")
    return acts.filter(Q(page__in=articles) | Q(page__in=versions) | Q(page__in=own))


def seen_by_reviewer(user: AbstractUser, act: str) -> QuerySet[Review]:
    """What of the libraries that the user reviews had this last act; a superuser sees all."""
    acts = last_acts(act)
    if user.is_active and user.is_superuser:
        return acts
    paths = libraries_reviewed_by(user)
    return in_libraries(acts, paths) if paths else acts.none()


def of_clinic(clinic: ClinicPage, act: str) -> QuerySet[Review]:
    """The same of what a clinic has written itself."""
    return last_acts(act).filter(page__path__startswith=clinic.path)


def with_pages(acts: Iterable[Review]) -> list[Waiting]:
    """The acts with their pages, in a fixed number of queries."""
    found = list(acts)
    pks = [act.page_id for act in found]
    pages: dict[int, Any] = {page.pk: page for page in ArticlePage.objects.filter(pk__in=pks)}
    versions = LocalVersionPage.objects.filter(pk__in=pks).select_related("article", "clinic")
    own = LocalArticlePage.objects.filter(pk__in=pks)
    pages |= {page.pk: page for page in (*versions, *own)}
    return [
        Waiting(pages[act.page_id], act, _clinic(pages[act.page_id]))
        for act in found
        if act.page_id in pages
    ]


def _clinic(page: Any) -> str:
    if isinstance(page, LocalVersionPage):
        return str(page.clinic.title)
    if isinstance(page, LocalArticlePage):
        return str(page.get_parent().get_parent().title)
    return ""
