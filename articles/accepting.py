"""What a clinic does about the library's releases: review first or follow at once, hold, accept.

Each act is one function, in one transaction. Nothing that patients read changes by choosing to
review first; it changes by accepting, and by following at once again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.following import follow
from articles.models import ArticleRelease, HeldArticle, LocalVersionPage
from articles.queries import DIGESTS
from clinics.edge.changes import bump
from clinics.models import ClinicFacts
from clinics.roles.rights import YES, right_at

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from articles.models import ArticlePage
    from clinics.models import ClinicPage


class NotOfferedError(ValueError):
    """The release is not one that the clinic can show: undone, or for a first group only."""


class ReviewsFirstError(ValueError):
    """A clinic that reviews every update first holds, or follows, no single article."""


@dataclass(frozen=True)
class Accepted:
    """`newer` is a release that came since the accepted one was read; it waits, not accepted.

    `is_new` is False when it was accepted already.
    """

    release: ArticleRelease
    newer: ArticleRelease | None
    is_new: bool


@dataclass(frozen=True)
class AcceptedAll:
    """How many articles changed for patients, and in how many a newer release waits already."""

    articles: int
    waiting: int


def may_accept(user: AbstractUser, clinic: ClinicPage) -> bool:
    """Whoever publishes the clinic's local versions, and whoever sets up the clinics of the group.

    The page policy is asked about a new local version: the clinic may not have one yet.
    """
    version = LocalVersionPage(path=clinic.path, depth=clinic.depth + 2)
    permissions = version.permissions_for_user(user)
    publishes = permissions.can_edit() and permissions.can_publish()
    return publishes or right_at(user, "clinics", clinic) == YES


# Accepting


@transaction.atomic
def accept_release(
    article: ArticlePage, clinic: ClinicPage, release: ArticleRelease, *, user: AbstractUser | None
) -> Accepted:
    """The clinic shows this release, which it has read, and holds what comes after it.

    Raises NotOfferedError for a release that the clinic cannot show, PermissionDenied. A clinic
    that follows the article at once has accepted everything: nothing is written.
    """
    facts = _locked(clinic, user)
    release = article.releases.filter(pk=release.pk).first() or release
    if release.article_id != article.pk or not _is_offered(release, facts):
        message = _("Release %(number)s is not offered to this clinic (any more).")
        raise NotOfferedError(message % {"number": release.number})
    held = HeldArticle.objects.filter(article=article, clinic=clinic).first()
    before = follow(article.releases.defer(*DIGESTS), facts, held)
    is_new = before.is_held and (before.shown is None or before.shown.number < release.number)
    if is_new:
        HeldArticle.objects.update_or_create(
            article=article, clinic=clinic.page_ptr, defaults={"release": release}
        )
        bump(f"c:{clinic.pk}")
        _log(clinic, "accepted", user, article=article, release=release.number)
    newest = before.newest
    is_newer = before.is_held and newest and newest.number > release.number
    return Accepted(release, newest if is_newer else None, is_new)


@transaction.atomic
def accept_all(clinic: ClinicPage, up_to: int, *, user: AbstractUser | None) -> AcceptedAll:
    """The clinic shows every release up to the number that stood on its screen; later ones wait.

    Raises PermissionDenied.
    """
    facts = _locked(clinic, user)
    releases, held = _releases(), _held(clinic)
    accepted: dict[int, ArticleRelease] = {}
    changed = waiting = 0
    for article_id, rows in releases.items():
        before = follow(rows, facts, held.get(article_id))
        read = follow([r for r in rows if r.number <= up_to], facts, None).newest
        shown = max(filter(None, (before.shown, read)), key=_number, default=None)
        if before.is_held:
            changed += shown != before.shown
            waiting += shown != before.newest
        if shown:
            accepted[article_id] = shown
    if changed:
        _record(facts, accepted, held)
        bump(f"c:{clinic.pk}")
        _log(clinic, "all_accepted", user, release=up_to, articles=changed)
    return AcceptedAll(changed, waiting)


# Reviewing first, or following at once


@transaction.atomic
def set_hold(
    clinic: ClinicPage, *, review_first: bool, hold_days: int | None, user: AbstractUser | None
) -> ClinicFacts:
    """How the clinic follows the library from now on. Raises PermissionDenied.

    Whoever starts to review first, or waits longer, goes on showing what is shown now. Following at
    once again shows everything that waits, and ends the holds of single articles with it.
    """
    facts = _locked(clinic, user)
    hold_days = hold_days or None
    was = (facts.review_first, facts.hold_days)
    if (review_first, hold_days) == was:
        return facts
    held = _held(clinic)
    shown = {pk: follow(rows, facts, held.get(pk)).shown for pk, rows in _releases().items()}
    ends = facts.review_first and not review_first
    facts.review_first, facts.hold_days = review_first, hold_days
    if ends:
        facts.library_as_of = None
        HeldArticle.objects.filter(clinic=clinic).delete()
    else:
        _record(facts, {pk: release for pk, release in shown.items() if release}, held)
    facts.save(update_fields=["review_first", "hold_days", "library_as_of"])
    bump(f"c:{clinic.pk}")
    _log(clinic, "reviews" if review_first else "follows", user, days=hold_days)
    return facts


@transaction.atomic
def hold_article(
    article: ArticlePage, clinic: ClinicPage, *, user: AbstractUser | None
) -> HeldArticle:
    """The clinic goes on showing the release that it shows now, until it accepts another.

    Raises PermissionDenied, and ReviewsFirstError where everything is held already.
    """
    facts = _locked(clinic, user)
    if facts.review_first:
        raise ReviewsFirstError(_("This clinic reviews every update first: nothing to hold."))
    existing = HeldArticle.objects.filter(article=article, clinic=clinic).first()
    if existing:
        return existing
    shown = follow(article.releases.defer(*DIGESTS), facts, None).shown
    held = HeldArticle.objects.create(article=article, clinic=clinic.page_ptr, release=shown)
    bump(f"c:{clinic.pk}")
    number = shown.number if shown else 0
    _log(clinic, "held", user, article=article, release=number)
    return held


@transaction.atomic
def release_hold(article: ArticlePage, clinic: ClinicPage, *, user: AbstractUser | None) -> bool:
    """The clinic follows the article at once again; False when it was not held.

    Raises PermissionDenied, and ReviewsFirstError where that would take back what was accepted.
    """
    facts = _locked(clinic, user)
    if facts.review_first:
        raise ReviewsFirstError(
            _("This clinic reviews every update first: accept the update, or follow at once.")
        )
    deleted, _rows = HeldArticle.objects.filter(article=article, clinic=clinic).delete()
    if deleted:
        bump(f"c:{clinic.pk}")
        _log(clinic, "unheld", user, article=article)
    return bool(deleted)


# How it is stored


def _locked(clinic: ClinicPage, user: AbstractUser | None) -> ClinicFacts:
    """The clinic's facts, locked so that two acts at one clinic follow each other."""
    if user is not None and not may_accept(user, clinic):
        raise PermissionDenied
    return ClinicFacts.objects.select_for_update().get(clinic=clinic)


def _record(
    facts: ClinicFacts,
    accepted: Mapping[int, ArticleRelease],
    held: Mapping[int, HeldArticle],
) -> None:
    """Store that these releases are accepted, by article, and nothing else.

    `library_as_of` speaks for all articles, so it stops short of the first release that was not
    accepted: a release for a first group has an older number on the day when it reaches the others,
    who have never seen it. What was accepted beyond has a row of its own.
    """
    if not facts.review_first:
        rows = {pk: accepted.get(pk) for pk in held}
    else:
        numbers = {pk: release.number for pk, release in accepted.items()}
        pending = _pending_numbers(numbers)
        newest = ArticleRelease.objects.values_list("pk", flat=True).order_by("-pk").first() or 0
        facts.library_as_of = min(pending) - 1 if pending else newest
        facts.save(update_fields=["library_as_of"])
        rows = {pk: r for pk, r in accepted.items() if r.number > facts.library_as_of}
    HeldArticle.objects.filter(clinic_id=facts.clinic_id).delete()
    HeldArticle.objects.bulk_create(
        HeldArticle(clinic_id=facts.clinic_id, article_id=pk, release=release)
        for pk, release in rows.items()
    )


def _pending_numbers(accepted: Mapping[int, int]) -> list[int]:
    """The releases that may still come to a clinic that has accepted these numbers."""
    in_force = ArticleRelease.objects.filter(undone_at=None).values_list("article_id", "pk")
    return [number for article_id, number in in_force if number > accepted.get(article_id, 0)]


def _releases() -> dict[int, list[ArticleRelease]]:
    grouped: dict[int, list[ArticleRelease]] = {}
    for release in ArticleRelease.objects.defer(*DIGESTS).order_by("-pk"):
        grouped.setdefault(release.article_id, []).append(release)
    return grouped


def _held(clinic: ClinicPage) -> dict[int, HeldArticle]:
    return {row.article_id: row for row in HeldArticle.objects.filter(clinic=clinic)}


def _is_offered(release: ArticleRelease, facts: ClinicFacts) -> bool:
    return follow([release], facts, None).newest is not None


def _number(release: ArticleRelease) -> int:
    return release.number


def _log(
    clinic: ClinicPage,
    action: str,
    user: AbstractUser | None,
    *,
    article: ArticlePage | None = None,
    **data: Any,
) -> None:
    """In the history of the clinic's local version; without one, in that of the clinic."""
    version = None
    if article:
        version = LocalVersionPage.objects.filter(article=article, clinic=clinic).first()
        data |= {"article": article.pk, "title": article.title}
    log(instance=version or clinic, action=f"articles.following.{action}", user=user, data=data)
