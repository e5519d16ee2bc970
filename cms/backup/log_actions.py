"""How a restore reads in the history of a clinic's home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

RESTORED = "cms.clinic.restored"


def register_log_actions(registry: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""
    registry.register_action(
        RESTORED, _("Restore a clinic"), _("All of this clinic restored from a backup")
    )
