"""A field of a local version in its editor: the library's value and the state beside the box.

A field that the library has locked has no box: never an input whose value is ignored.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel


class OwnFieldPanel(FieldPanel):
    """`shared_name` is what the article calls the field that a clinic overrides here."""

    def __init__(self, field_name: str, shared_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.shared_name = shared_name

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "shared_name": self.shared_name}

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "articles/admin/own_field.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None and self.bound_field is None:
                self.heading = self.panel.heading or capfirst(self.panel.db_field.verbose_name)

        @property
        def is_locked(self) -> bool:
            return self.form is not None and self.bound_field is None

        def is_shown(self) -> bool:
            return self.is_locked or super().is_shown()

        def id_for_label(self) -> str:
            return self.prefix if self.is_locked else super().id_for_label()

        @property
        def comments_enabled(self) -> bool:
            return not self.is_locked and super().comments_enabled

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from articles.admin.own_fields import own_field  # noqa: PLC0415 - circular import

            row = own_field(self.instance, self.panel.shared_name)
            if self.is_locked:
                context = super(FieldPanel.BoundPanel, self).get_context_data(parent_context)
            else:
                context = super().get_context_data(parent_context)
            return context | {"own_field": row, "is_locked": self.is_locked}
