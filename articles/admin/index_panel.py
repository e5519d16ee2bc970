"""In the editor of a local version: whether search engines list the page, and why (L-05)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel


class IndexPanel(Panel):
    """Speaks of the page as patients read it now, not of the draft."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("In search engines"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/index_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            from articles.admin.index_words import (  # noqa: PLC0415 - circular import
                reason_words,
                standing_words,
            )
            from articles.index_policy import indexing_of  # noqa: PLC0415 - circular import
            from articles.queries import effective_for  # noqa: PLC0415 - circular import
            from clinics.resolve import clinic_of, root_page  # noqa: PLC0415 - circular import

            version = self.instance
            clinic = clinic_of(root_page(version.clinic_id))
            effective = effective_for(version.article, clinic)
            if effective is None or effective.is_hidden:
                return context
            indexing = indexing_of(effective, clinic)
            return context | {
                "indexing": indexing,
                "standing": standing_words(indexing),
                "reason": reason_words(indexing),
            }
