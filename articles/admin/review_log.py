"""How the medical review reads in Wagtail's history of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from articles.choices import ReviewAct
from articles.review.acts import LOG_ACTIONS

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import PageLogEntry


class ReviewFormatter(LogFormatter):
    """What was done, with the comment."""

    label = _("Medical review")

    def format_message(self, log_entry: PageLogEntry) -> str:
        labels = {action: ReviewAct(act).label for act, action in LOG_ACTIONS.items()}
        comment = log_entry.data.get("comment", "")
        label = str(labels[log_entry.action])
        return f"{label}: {comment}" if comment else label


def register_review_log(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    for action in LOG_ACTIONS.values():
        actions.register_action(action)(ReviewFormatter)
