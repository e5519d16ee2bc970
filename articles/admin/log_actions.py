"""The acts on local versions as the history shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from articles.admin.claim_log import register_claim_actions
from articles.admin.following_log import register_following_actions
from articles.admin.import_log import register_import_actions
from articles.admin.offer_log import register_offer_actions

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

PREFIX = "articles.local_version"
ACTIONS = {
    "changed": (_("Change for this clinic"), _("Changed for this clinic")),
    "hidden": (_("Hide a shared section"), _("Shared section hidden here")),
    "added": (_("Add a section"), _("Section added")),
    "filled": (_("Fill a slot"), _("Slot filled")),
    "reset": (_("Follow the library again"), _("Follows the library again")),
    "accepted": (_("Keep our text"), _("Our text kept after a library update")),
    "article_hidden": (_("Hide the article here"), _("Article hidden here")),
    "article_shown": (_("Show the article again"), _("Article shown again")),
    "updates_taken": (_("Take all shared updates"), _("All shared updates taken")),
    "undone": (_("Undo"), _("Last change undone")),
}
ARTICLE_ACTIONS = {
    "withdrawn": (_("Withdraw an article"), _("Withdrawn from every site")),
    "handed_over": (_("Keep a withdrawn article"), _("Kept as an article of the clinic's own")),
}


def register_log_actions(registry: LogActionRegistry) -> None:
    """Hook `register_log_actions`."""
    for name, (label, message) in ACTIONS.items():
        registry.register_action(f"{PREFIX}.{name}", label, message)
    for name, (label, message) in ARTICLE_ACTIONS.items():
        registry.register_action(f"articles.article.{name}", label, message)
    register_following_actions(registry)
    register_offer_actions(registry)
    register_import_actions(registry)
    register_claim_actions(registry)
