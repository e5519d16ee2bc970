"""Previews are rendered on the admin's host, for a clinic that is named and not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


class AdminHostPreviewMixin:
    """Gives a preview the admin's own address, since clinic hosts never see a session."""

    def _get_dummy_header_url(self, original_request: HttpRequest | None = None) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}/"
