"""The glossary of the library in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.models import Term


class TermViewSet(SnippetViewSet):
    """Words that articles explain."""

    model = Term
    icon = "help"
    menu_label = _("Glossary")
    list_display = ["name", "also", "explanation"]
    search_fields = ["name", "also", "explanation"]
    copy_view_enabled = False
