"""Offers to the library as the history of a local version shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "made": (_("Offer to the library"), _("Text offered to the library")),
    "withdrawn": (_("Take an offer back"), _("Offer to the library taken back")),
    "taken": (_("Take an offer into a draft"), _("Offered text taken into a draft")),
    "declined": (_("Decline an offer"), _("Offered text declined by the library")),
    "reopened": (
        _("Open an offer again"),
        _("Adoption of an offered text undone"),
    ),
    "adopted": (_("Adopt an offer"), _("Offered text adopted by the library")),
}


def register_offer_actions(registry: LogActionRegistry) -> None:
    """What of hook `register_log_actions` these are."""
    for name, (label, message) in ACTIONS.items():
        registry.register_action(f"articles.offer.{name}", label, message)
