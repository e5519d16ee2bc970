"""The front page of the admin: what to do today, each sentence a way to where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from clinics.edge.purging.state import edge_sentences
from clinics.today import TodayPart, today_of

if TYPE_CHECKING:
    from django.http import HttpRequest


class TodayPanel(Component):
    """Stands before everything else on the page."""

    name = "today"
    template_name = "clinics/admin/today_panel.html"
    order = 10

    def __init__(self, parts: list[TodayPart], edge: list[str]) -> None:
        self.parts = parts
        self.edge = edge

    class Media:
        css = {"all": ["clinics/admin/today.css"]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = [part for part in self.parts if part.items]
        return {"parts": waiting, "is_headed": len(self.parts) > 1, "edge": self.edge}


def add_today_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`. Nothing for somebody without a role."""
    parts = today_of(request.user)
    if parts:
        panels.append(TodayPanel(parts, edge_sentences(request.user)))
