"""The shared sections of an article beside a clinic's differences: what can be changed, and its id."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from articles.blocks.settings import is_locked
from articles.plain_text import plain_text


class SharedSectionsPanel(Panel):
    """Read-only: heading, type, id, slot name and lock of each section of the library's text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What the library says"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/shared_sections.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            article = self.instance.article
            context["rows"] = [
                {
                    "id": child.id,
                    "type": child.block.label,
                    "text": plain_text(child.block.get_prep_value(child.value))[:160],
                    "slot": child.value["name"] if child.block_type == "slot" else "",
                    "is_locked": is_locked(child.value),
                }
                for child in article.body
            ]
            return context
