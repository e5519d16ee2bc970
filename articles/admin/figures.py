"""The figures that the library keeps, in the admin: who changes one is told where it is shown."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet

from articles.figure_places import live_pages_with
from articles.models import Figure

MOST_NAMES = 10


class FigureEditView(EditView):
    """Saving new words names the live articles that show them from now on."""

    def save_action(self) -> HttpResponse:
        response = super().save_action()
        if {"text", "name"} & set(self.form.changed_data):
            self._say_where()
        return response

    def _say_where(self) -> None:
        titles = [page.get_admin_display_title() for page in live_pages_with(self.object.slug)]
        if not titles:
            return
        names = ", ".join(f"“{title}”" for title in titles[:MOST_NAMES])
        text = ngettext(
            "%(count)d live text shows the new words: %(names)s. Its medical review is about the "
            "words before.",
            "%(count)d live texts show the new words: %(names)s. Their medical reviews are about "
            "the words before.",
            len(titles),
        )
        more = "…" if len(titles) > MOST_NAMES else ""
        messages.warning(self.request, text % {"count": len(titles), "names": names + more})


class FigureDeleteView(DeleteView):
    """A figure that patients read stays: its place in the text would be empty."""

    def form_valid(self, form: Any) -> HttpResponse:
        titles = [page.get_admin_display_title() for page in live_pages_with(self.object.slug)]
        if titles:
            text = _("The figure is shown in %(names)s: take it out there first.")
            names = ", ".join(f"“{title}”" for title in titles[:MOST_NAMES])
            messages.error(self.request, text % {"names": names})
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class FigureViewSet(SnippetViewSet):
    """Figures, to be inserted by reference."""

    model = Figure
    icon = "order"
    menu_label = gettext_lazy("Figures")
    list_display = ["name", "text", "population", "year", "source"]
    list_filter = ["unit"]
    search_fields = ["name", "text", "about"]
    copy_view_enabled = False
    edit_view_class = FigureEditView
    delete_view_class = FigureDeleteView
