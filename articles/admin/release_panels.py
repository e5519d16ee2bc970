"""Panels of the editors that say which release is read, and lead to what can be done about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel

# More names than this are a list of their own.
MOST_CLINICS = 50


class ReleasesPanel(Panel):
    """In the editor of a shared article: its newest release, and the way to all of them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("Releases"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/releases_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            from articles.release_acts import waits_for_everyone  # noqa: PLC0415 - circular import
            from articles.shown_by import shown_briefly  # noqa: PLC0415 - circular import

            shown = shown_briefly(self.instance, MOST_CLINICS)
            newest = self.instance.releases.filter(undone_at=None).first()
            return context | {
                "article": self.instance,
                "newest": newest,
                "is_tried": bool(newest and waits_for_everyone(newest)),
                "shown": shown.first,
                "shown_count": shown.count,
                "changed_count": shown.changed,
                "more": max(0, shown.count - MOST_CLINICS),
            }


class HeldPanel(Panel):
    """In the editor of a local version, while a newer text of the library waits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("A library update waits"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/held_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            from articles.queries import choice_of  # noqa: PLC0415 - circular import

            super().__init__(**kwargs)
            self.choice = choice_of(self.instance.article, self.instance.clinic_id)

        def is_shown(self) -> bool:
            return super().is_shown() and self.choice.is_held

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            return context | {"version": self.instance, "choice": self.choice}
