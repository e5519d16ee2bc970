"""In the editor of a location: whether search engines list its page, and what is missing (L-07)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel


class ListingPanel(Panel):
    """Reads the page as it was saved and the location's facts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("In search engines"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "clinics/admin/includes/listing.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from clinics.doorway import missing_at  # noqa: PLC0415 - circular import

            context = super().get_context_data(parent_context)
            return context | {"missing": missing_at(self.instance)}
