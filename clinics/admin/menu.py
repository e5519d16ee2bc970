"""What of Wagtail's menus a member of a clinic, franchise or library does not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.documents.wagtail_hooks import DocumentsSummaryItem

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem
    from wagtail.admin.site_summary import SummaryItem

# No public page serves a document; the stock reports are about every site at once; news of a
# Wagtail version is for whoever runs the installation.
_SUPERUSERS_ONLY = ("documents", "reports", "whats-new-in-wagtail")


def hide_menu_items(request: HttpRequest, items: list[MenuItem]) -> None:
    """For the hooks that construct the main and the help menu: shortens the list in place."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if not item.name.startswith(_SUPERUSERS_ONLY)]


def hide_summary_items(request: HttpRequest, items: list[SummaryItem]) -> None:
    """For the hook `construct_homepage_summary_items`: the same for the admin's front page."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if not isinstance(item, DocumentsSummaryItem)]
