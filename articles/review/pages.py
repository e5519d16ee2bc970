"""What the reviews say of one page: a page in, the state of its text and what it belongs to out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from wagtail.models import Page

from articles.choices import ArticleKind
from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage, Review
from articles.review.states import ReviewState, review_state
from articles.review.texts import clinical_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

# What tells patients about an illness or a treatment is reviewed before they read it (T-01).
REVIEWED_KINDS = frozenset({ArticleKind.CONDITION, ArticleKind.TREATMENT})

type Reviewed = ArticlePage | LocalVersionPage | LocalArticlePage


def state_of(page: Any, acts: Iterable[Review] | None = None) -> ReviewState:
    """The state of the page's text as it is at hand, a draft for one.

    `acts` are the reviews of the page, the newest first, where they were read before.
    """
    found = list(acts_of(page) if acts is None else acts)
    may_drop = isinstance(page, LocalVersionPage)
    return review_state(clinical_texts(page), found, may_drop=may_drop)


def acts_of(page: Any) -> Iterable[Review]:
    """The reviews of a page, the newest first."""
    return Review.objects.filter(page=page.pk) if page.pk else ()


def reviewed_page(pk: int) -> Reviewed:
    """A page that has medical reviews, by id; Http404 for any other."""
    page = Page.objects.filter(pk=pk).first()
    specific = page.specific if page else None
    if not isinstance(specific, ArticlePage | LocalVersionPage | LocalArticlePage):
        raise Http404
    return specific


def kind_of(page: Any) -> str:
    """The kind of the article that the page is, or changes."""
    if isinstance(page, LocalVersionPage):
        return str(page.article.kind)
    if isinstance(page, LocalArticlePage):
        return str(page.get_parent().specific.kind)
    return str(page.kind)


def is_gated(page: Any) -> bool:
    """Whether the page is published only with a medical review: a policy of the group."""
    return is_gated_kind(kind_of(page))


def is_gated_kind(kind: str) -> bool:
    """The same for every page of a kind."""
    return settings.ARTICLES_REVIEW_REQUIRED and kind in REVIEWED_KINDS


def library_of(page: Any) -> Page:
    """The page of the tree that says who reviews this one: its article, or its clinic's library."""
    if isinstance(page, LocalVersionPage):
        return page.article
    if isinstance(page, LocalArticlePage):
        return page.get_parent().specific.library
    return page
