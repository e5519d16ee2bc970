"""How a clinic's acts on library updates, and the library's on its releases, read in a history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from clinics.tokens import readable

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import ModelLogEntry, PageLogEntry

# Action, label, and the message with the entry's data in it.
ACTIONS: dict[str, tuple[str | Promise, str | Promise]] = {
    "following.accepted": (
        gettext_lazy("Accept a library update"),
        gettext_lazy("Accepted release %(release)s of “%(title)s”"),
    ),
    "following.acknowledged": (
        gettext_lazy("Acknowledge a safety change"),
        gettext_lazy("Acknowledged the safety change of “%(title)s”, release %(release)s"),
    ),
    "following.held": (
        gettext_lazy("Hold an article"),
        gettext_lazy("Held “%(title)s” at release %(release)s"),
    ),
    "following.unheld": (
        gettext_lazy("Follow at once again"),
        gettext_lazy("“%(title)s” follows the library at once again"),
    ),
    "following.follows": (
        gettext_lazy("Follow the library at once"),
        gettext_lazy("Library updates are shown at once"),
    ),
    "following.joined_group": (
        gettext_lazy("Put a clinic into the first group"),
        gettext_lazy("Put into the first group: sees new releases before the others"),
    ),
    "following.left_group": (
        gettext_lazy("Take a clinic out of the first group"),
        gettext_lazy("Taken out of the first group"),
    ),
    "release.to_everyone": (
        gettext_lazy("Give a release to everybody"),
        gettext_lazy("Gave release %(release)s to every clinic"),
    ),
    "release.undone": (
        gettext_lazy("Undo a release"),
        gettext_lazy("Undid release %(release)s: the newest is release %(previous)s again"),
    ),
}


class _Formatter(LogFormatter):
    text: str | Promise

    def format_message(self, log_entry: PageLogEntry | ModelLogEntry) -> str:
        data = log_entry.data or {}
        return str(self.text) % {**data, "title": readable(data.get("title", ""))}


class AllAcceptedFormatter(LogFormatter):
    label = gettext_lazy("Accept all library updates")

    def format_message(self, log_entry: PageLogEntry) -> str:
        articles = log_entry.data.get("articles", 0)
        text = ngettext(
            "Accepted the library updates of %(count)s article, up to release %(release)s",
            "Accepted the library updates of %(count)s articles, up to release %(release)s",
            articles,
        )
        return text % {"count": articles, "release": log_entry.data.get("release")}


class ReviewsFormatter(LogFormatter):
    label = gettext_lazy("Review library updates first")

    def format_message(self, log_entry: PageLogEntry) -> str:
        days = log_entry.data.get("days")
        if not days:
            return _("Library updates are reviewed first")
        text = ngettext(
            "Library updates are reviewed first, for at most %(days)s day",
            "Library updates are reviewed first, for at most %(days)s days",
            days,
        )
        return text % {"days": days}


def register_following_actions(registry: LogActionRegistry) -> None:
    """What of hook `register_log_actions` these are."""
    for name, (label, text) in ACTIONS.items():
        attributes: dict[str, Any] = {"label": label, "text": text}
        registry.register_action(f"articles.{name}")(type("Formatter", (_Formatter,), attributes))
    registry.register_action("articles.following.all_accepted")(AllAcceptedFormatter)
    registry.register_action("articles.following.reviews")(ReviewsFormatter)
