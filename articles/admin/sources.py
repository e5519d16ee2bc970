"""The sources of the library in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.models import Source
from clinics.choices import Role

# Whoever writes shared articles keeps their references too.
SOURCE_WRITERS = frozenset({Role.LIBRARY_EDITOR, Role.LIBRARY_PUBLISHER})


class SourceViewSet(SnippetViewSet):
    """Sources, to be cited by number."""

    model = Source
    icon = "link"
    menu_label = _("Sources")
    list_display = ["title", "publisher", "year", "kind"]
    list_filter = ["kind"]
    search_fields = ["title", "publisher", "doi", "pmid"]
