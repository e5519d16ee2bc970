"""Services and statements in the admin: the same for the whole group, written by superusers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from clinics.models import Service, Statement


class ServiceViewSet(SnippetViewSet):
    """What a clinic may offer."""

    model = Service
    icon = "list-ul"
    menu_label = _("Services")
    list_display = ["name", "slug", "description"]
    search_fields = ["name", "description"]
    inspect_view_enabled = True
    copy_view_enabled = False


class StatementViewSet(SnippetViewSet):
    """Wordings that are the same everywhere."""

    model = Statement
    icon = "openquote"
    menu_label = _("Statements")
    list_display = ["title", "kind", "version"]
    search_fields = ["title", "text"]
    inspect_view_enabled = True
    copy_view_enabled = False
