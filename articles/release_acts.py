"""What the library does to a release after its publish: give it to everybody, or undo it.

Each act is one transaction and writes nothing for any clinic: what a clinic shows follows from the
releases that are in force, and its own go-live, expiry and hiding stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published, published

from articles.adopting import give_back_offers
from articles.models import ArticlePage, ArticleRelease
from articles.releasing import change_over, releases_in_force
from clinics.edge.changes import bump
from clinics.save_conflicts import PAGE_ROW

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser


class ReleaseActError(ValueError):
    """The act is not possible; the message says why, and what to do instead."""


@transaction.atomic
def give_to_everyone(release: ArticleRelease, *, user: AbstractUser | None) -> ArticleRelease:
    """The clinics outside the first group show the release from now on, or may accept it.

    Raises ReleaseActError when it waits for nobody, PermissionDenied.
    """
    article = _locked(release, user)
    release = article.releases.get(pk=release.pk)
    if not waits_for_everyone(release):
        message = _("Release %(number)s is with everybody already, or was undone.")
        raise ReleaseActError(message % {"number": release.number})
    release.everyone_at = timezone.now()
    release.save(update_fields=["everyone_at"])
    bump(f"a:{article.pk}", "lib")
    _log(article, "to_everyone", release, user)
    return release


def waits_for_everyone(release: ArticleRelease) -> bool:
    """True while only the first group has it."""
    if release.first_clinics is None or release.undone_at:
        return False
    return not release.everyone_at or release.everyone_at > timezone.now()


@transaction.atomic
def undo_release(release: ArticleRelease, *, user: AbstractUser | None) -> ArticleRelease:
    """Every clinic shows what it showed before; returns the release that is the newest now.

    The text that was undone stays as a draft; drafts, their reviews and schedules stay as they are;
    a former address is an address again. Raises ReleaseActError with the reason, PermissionDenied.
    """
    article = _locked(release, user)
    previous = previous_to_undo(article, release)
    release = article.releases.get(pk=release.pk)
    release.undone_at, release.undone_by_id = timezone.now(), user.pk if user else None
    release.save(update_fields=["undone_at", "undone_by"])
    _publish_again(previous.revision, user)
    change_over(ArticlePage.objects.get(pk=article.pk), before=release, after=previous)
    give_back_offers(release, user)
    _log(article, "undone", release, user, previous=previous.number)
    return previous


def previous_to_undo(article: ArticlePage, release: ArticleRelease) -> ArticleRelease:
    """The release that undoing this one leads back to; ReleaseActError says why there is none."""
    newest = list(releases_in_force(article).select_related("revision")[:2])
    if not newest or newest[0].pk != release.pk:
        message = _("Release %(number)s is not the newest: only the newest release can be undone.")
        raise ReleaseActError(message % {"number": release.number})
    if len(newest) == 1:
        raise ReleaseActError(
            _("It is the first release: unpublish the article to take it off the sites.")
        )
    if not article.live:
        raise ReleaseActError(_("The article is not live: publish a draft of it instead."))
    _refuse_past_expiry(newest[1])
    return newest[1]


def _refuse_past_expiry(previous: ArticleRelease) -> None:
    expire_at = parse_datetime(previous.revision.content.get("expire_at") or "")
    if expire_at and expire_at <= timezone.now():
        message = _(
            "Release %(number)s has expired since, so undoing would take the article off the "
            "sites: publish its text as a new release without an expiry."
        )
        raise ReleaseActError(message % {"number": previous.number})


class _GoingBack(PublishPageRevisionAction):
    """A publish that leaves the review of a newer draft alone, which Wagtail's would end."""

    def _after_publish(self) -> None:
        sent = {"sender": type(self.object), "instance": self.object, "revision": self.revision}
        page_published.send(**sent)
        published.send(**sent)


def _publish_again(revision: Revision, user: AbstractUser | None) -> None:
    """Live again as it was, also with what today's rules would find wrong: patients had it before.

    `ArticlePage.publish` would ask for the rules, and so would stand in the way of an undo.
    """
    scheduled = Revision.objects.for_instance(revision.content_object)
    kept = dict(
        scheduled.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at")
    )
    action = _GoingBack(revision, user=user, changed=False, log_action=False)
    try:
        action.execute(skip_permission_checks=True)
    except ValidationError as error:
        message = _("The article cannot go back: %(problems)s")
        raise ReleaseActError(message % {"problems": " ".join(error.messages)}) from error
    for pk, moment in kept.items():  # a publish ends every schedule of the page
        Revision.objects.filter(pk=pk).update(approved_go_live_at=moment)


def _locked(release: ArticleRelease, user: AbstractUser | None) -> ArticlePage:
    article = ArticlePage.objects.select_for_update(of=PAGE_ROW).get(pk=release.article_id)
    if user is not None and not article.permissions_for_user(user).can_publish():
        raise PermissionDenied
    return article


def _log(
    article: ArticlePage,
    action: str,
    release: ArticleRelease,
    user: AbstractUser | None,
    **data: int,
) -> None:
    data = {"release": release.number, **data}
    log(instance=article, action=f"articles.release.{action}", user=user, data=data)
