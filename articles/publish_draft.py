"""Publishes the draft of a shared article that somebody has looked at, and no other.

A revision comes in with what kind of change it is; the article with its new release goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.choices import ChangeClass
from articles.models import ArticlePage
from clinics.save_conflicts import lock_page

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Revision

NOTE_LENGTH = 200


class NewerDraftError(Exception):
    """Somebody saved after the draft was looked at; `revision` is the newest."""

    def __init__(self, revision: Revision) -> None:
        super().__init__()
        self.revision = revision


@transaction.atomic
def publish_draft(
    article: ArticlePage, revision: int, *, change_class: str, note: str, user: AbstractUser
) -> ArticlePage:
    """Publish the newest revision if it is this one, as this kind of change with this note.

    Raises NewerDraftError, PermissionDenied, and ValidationError with what stands in the way.
    """
    lock_page(article.pk)
    row = ArticlePage.objects.get(pk=article.pk)
    permissions = row.permissions_for_user(user)
    if not permissions.can_publish() or permissions.page_locked():
        raise PermissionDenied
    latest = row.get_latest_revision()
    if latest is None or latest.pk != revision:
        raise NewerDraftError(latest)
    draft = latest.as_object()
    if (draft.change_class, draft.change_note) != (change_class, note):
        draft.change_class, draft.change_note = _checked(change_class, note)
        latest = draft.save_revision(user=user, previous_revision=None)
    latest.publish(user=user)
    return ArticlePage.objects.get(pk=article.pk)


def _checked(change_class: str, note: str) -> tuple[str, str]:
    if change_class not in ChangeClass.values:
        raise ValidationError(_("Kind of change: choose one of the list."))
    if len(note) > NOTE_LENGTH:
        message = _("What changed: at most %(count)s characters; shorten it.")
        raise ValidationError(message % {"count": NOTE_LENGTH})
    return change_class, note
