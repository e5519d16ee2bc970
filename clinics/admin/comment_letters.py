"""Letters about comments: to whoever may still write on the page, and to nobody else.

Wagtail writes to everybody who has commented, or has asked for letters, also after they left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from wagtail.admin.mail import send_notification
from wagtail.models import Comment, CommentReply, Page, PageSubscription

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest

# What is worth a letter: a reworded comment is not.
_TOLD = ("new_comments", "deleted_comments", "resolved_comments", "new_replies")


class CommentLetters:
    """Mixed into the page editor: the letters of Wagtail's own view, to fewer people."""

    page: Page
    request: HttpRequest

    def send_commenting_notifications(self, changes: Mapping[str, Any]) -> None:
        """Subscribers hear of everything; others of the threads that they have a part in."""
        if not any(changes[name] for name in _TOLD):
            return
        subscriptions = PageSubscription.objects.filter(page=self.page, comment_notifications=True)
        subscribers = set(subscriptions.values_list("user", flat=True))
        told = [comment.pk for comment in changes["resolved_comments"]]
        told += [comment.pk for comment, _replies in changes["new_replies"]]
        threads = _threads_by_user(told)
        users = get_user_model()._default_manager.exclude(pk=self.request.user.pk)
        groups: dict[frozenset[int] | None, list[AbstractUser]] = defaultdict(list)
        for user in users.filter(pk__in=subscribers | set(threads), is_active=True):
            if self.page.permissions_for_user(user).can_edit():
                part = None if user.pk in subscribers else frozenset(threads[user.pk])
                groups[part].append(user)
        for part, readers in groups.items():
            words = {"page": self.page, "editor": self.request.user, **_told_of(changes, part)}
            send_notification(readers, "updated_comments", words)


def _threads_by_user(comments: list[int]) -> dict[int, set[int]]:
    """Who has written in which of these threads."""
    found: dict[int, set[int]] = defaultdict(set)
    begun = Comment.objects.filter(pk__in=comments).values_list("user", "pk")
    replied = CommentReply.objects.filter(comment__in=comments).values_list("user", "comment")
    for user, comment in (*begun, *replied):
        found[user].add(comment)
    return found


def _told_of(changes: Mapping[str, Any], part: frozenset[int] | None) -> dict[str, Any]:
    """What the letter's template asks for; `part` leaves out threads of others."""

    def is_told(comment: Comment) -> bool:
        return part is None or comment.pk in part

    replies = [{"comment": c, "replies": r} for c, r in changes["new_replies"] if is_told(c)]
    return {
        "new_comments": [c for c in changes["new_comments"] if is_told(c)],
        "resolved_comments": [c for c in changes["resolved_comments"] if is_told(c)],
        "deleted_comments": changes["deleted_comments"] if part is None else [],
        "replied_comments": replies,
    }
