"""In the editors of articles and local versions: where the text is on its way to approval."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel


class ReviewPanel(Panel):
    """Speaks of the newest draft as it is saved. The acts are on a page of their own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", gettext_lazy("Medical review"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "articles/admin/review_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from articles.admin.review_words import (  # noqa: PLC0415 - circular import
                PAGE_ICONS,
                page_words,
            )
            from articles.review.gate import unapproved_names  # noqa: PLC0415 - circular import
            from articles.review.overdue import due_of  # noqa: PLC0415 - circular import
            from articles.review.pages import (  # noqa: PLC0415 - circular import
                acts_of,
                is_gated,
                state_of,
            )
            from articles.review.texts import has_clinical_text  # noqa: PLC0415 - circular import

            page = self.instance
            acts = list(acts_of(page))
            state = state_of(page, acts)
            approval = state.approval
            return super().get_context_data(parent_context) | {
                "page_pk": page.pk,
                "state": state,
                "has_texts": has_clinical_text(page),
                "words": page_words(state),
                "icon": PAGE_ICONS[state.page],
                "names": unapproved_names(page, state) if approval else (),
                "approval": approval,
                "due": due_of(approval.due_date, timezone.localdate()) if approval else "",
                "comment": acts[0].comment if acts and state.page == "CHANGES" else "",
                "is_gated": is_gated(page),
            }

        class Media:
            css = {"all": ["articles/css/outline.css"]}
