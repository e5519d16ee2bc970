"""How closing, moving and renaming read in Wagtail's history of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter

from clinics import closing, credentials, hosts, relocating, renaming

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import PageLogEntry


class ClosedFormatter(LogFormatter):
    label = gettext_lazy("Close the clinic")

    def format_message(self, log_entry: PageLogEntry) -> str:
        name = log_entry.data.get("neighbour", "")
        if not name:
            return _("Closed the clinic")
        return _("Closed the clinic; %(name)s takes its patients") % {"name": name}


class RenamedFormatter(LogFormatter):
    """`before` and `after` are a name, a host, or a name with the slug of its page."""

    label = gettext_lazy("Rename")

    def format_message(self, log_entry: PageLogEntry) -> str:
        before, after = (_words(log_entry.data.get(name, "")) for name in ("before", "after"))
        return _("Changed %(before)s to %(after)s") % {"before": before, "after": after}


class MovedFormatter(LogFormatter):
    label = gettext_lazy("Move the location")

    def format_message(self, log_entry: PageLogEntry) -> str:
        before = ", ".join(log_entry.data.get("before", []))
        return _("Moved the location from %(address)s") % {"address": before}


def register_acts_log(actions: LogActionRegistry) -> None:
    """For the hook `register_log_actions`."""
    actions.register_action(closing.CLOSE_CLINIC)(ClosedFormatter)
    for action in (renaming.RENAME_CLINIC, renaming.RENAME_LOCATION, hosts.CHANGE_HOST):
        actions.register_action(action)(RenamedFormatter)
    actions.register_action(relocating.MOVE_LOCATION)(MovedFormatter)
    for action, label, message in (
        (credentials.LOG_VERIFIED, _("Verify the license"), _("Verified the license")),
        (closing.REOPEN_CLINIC, _("Open again"), _("Opened the clinic again")),
        (closing.CLOSE_LOCATION, _("Close the location"), _("Closed the location")),
        (closing.REOPEN_LOCATION, _("Open again"), _("Opened the location again")),
    ):
        actions.register_action(action, label, message)


def _words(value: Any) -> str:
    return " · ".join(value) if isinstance(value, list) else str(value)
