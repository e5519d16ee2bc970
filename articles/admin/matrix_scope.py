"""Whose articles and clinics a user sees side by side: user and filters in, two lists out.

Whoever writes the library sees every clinic, a franchise admin the clinics of the franchise; for
everybody else there is no such report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from articles.admin.library_reach import library_articles, writes_library
from articles.choices import ArticleKind
from articles.merge import State
from articles.models import (
    ArticleMountPage,
    ArticlePage,
    HeldArticle,
    LocalVersionPage,
)
from clinics.choices import Role
from clinics.models import ClinicFacts
from clinics.roles.policy import memberships_of
from clinics.roles.reach import clinics_of
from clinics.roles.rights import YES
from clinics.roles.table import ROLE_TABLE
from clinics.tree_paths import below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet


# Of more clinics than this, the table does not leave out those without a cell that is asked for.
MOST_COMPARED = 500


@dataclass(frozen=True)
class Asked:
    """The filters of the address; what is not offered filters nothing."""

    article: str = ""
    clinic: str = ""
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        names = ("article", "clinic", "kind", "state")
        asked = {name: query.get(name, "").strip() for name in names}
        if asked["kind"] not in ArticleKind.values:
            asked["kind"] = ""
        return cls(**asked)


def sees_all_clinics(user: AbstractUser) -> bool:
    """True for whoever has a report over several clinics. Reads no pages."""
    return user.is_active and (user.is_superuser or writes_library(user) or _is_franchise(user))


def articles_seen_by(user: AbstractUser, asked: Asked) -> QuerySet[ArticlePage]:
    """The live shared articles, by title."""
    articles = ArticlePage.objects.live().order_by("title").select_related("hero_image")
    if writes_library(user):
        articles = articles.filter(pk__in=library_articles(user).values("pk"))
    else:
        articles = articles.filter(_in_libraries_of(user))
    if asked.kind:
        articles = articles.filter(kind=asked.kind)
    for word in asked.article.split():
        articles = articles.filter(title__icontains=word)
    return articles


def clinics_seen_by(user: AbstractUser, asked: Asked) -> QuerySet[ClinicFacts]:
    """Their facts, by name, with page and services read along."""
    facts = ClinicFacts.objects.select_related("clinic").prefetch_related("services")
    if not writes_library(user):
        facts = facts.filter(clinic__in=clinics_of(user).values("pk"))
    for word in asked.clinic.split():
        facts = facts.filter(name__icontains=word)
    return facts.order_by("name", "pk")


def clinics_that_may_be(clinics: QuerySet[ClinicFacts], state: str) -> QuerySet[ClinicFacts] | None:
    """Those of the clinics at which an article may be in this state; None when that is too many.

    A clinic without a version of its own, which follows the library at once, is in no other state.
    """
    if state == State.FOLLOWS:
        return clinics if clinics.count() <= MOST_COMPARED else None
    if state == State.HELD:
        held = HeldArticle.objects.filter(clinic=OuterRef("clinic"))
        return clinics.filter(Q(review_first=True) | Exists(held))
    return clinics.filter(Exists(LocalVersionPage.objects.filter(clinic=OuterRef("clinic"))))


def _is_franchise(user: AbstractUser) -> bool:
    return any(ROLE_TABLE[Role(m.role)].clinics == YES for m in memberships_of(user))


def _in_libraries_of(user: AbstractUser) -> Q:
    """The articles of the libraries that clinics of the user show."""
    places = below(membership.page.path for membership in memberships_of(user))
    mounts = ArticleMountPage.objects.filter(places).values_list("library__path", flat=True)
    # In the tree's own order every mount would be a row, and a term of the query.
    return below(mounts.order_by().distinct())
