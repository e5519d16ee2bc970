"""The panel of the outline in the editor of a local version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel


class OutlinePanel(Panel):
    """The outline above the differences of a local version."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("The article as your patients read it"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/outline.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            from articles.admin.outline import (  # noqa: PLC0415 - circular import
                insert_values,
                outline_of,
            )
            from articles.queries import draft_effective  # noqa: PLC0415 - circular import
            from articles.section_names import section_names  # noqa: PLC0415 - circular import
            from clinics.resolve import clinic_of, root_page  # noqa: PLC0415 - circular import

            version = self.instance
            clinic = clinic_of(root_page(version.clinic_id))
            effective = draft_effective(version, clinic)
            return context | {
                "outline": outline_of(effective, clinic),
                "inserts": insert_values(effective, version),
                "names": section_names(effective.content.body),
                "version": version,
                "clinic_name": clinic.name,
            }

        class Media:
            js = ["articles/js/outline.js"]
            css = {"all": ["articles/css/outline.css"]}
