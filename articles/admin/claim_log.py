"""How allowed claims read in the history of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from articles.claim_standing import LOG_ALLOWED

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import PageLogEntry


def register_claim_actions(registry: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    registry.register_action(LOG_ALLOWED)(AllowedFormatter)


class AllowedFormatter(LogFormatter):
    """Names the words and the reason."""

    label = gettext_lazy("Allow a claim")

    def format_message(self, log_entry: PageLogEntry) -> str:
        words = {name: log_entry.data.get(name, "") for name in ("phrase", "rule", "reason")}
        return _("“%(phrase)s” (%(rule)s) allowed: %(reason)s") % words
