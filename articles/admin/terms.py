"""The glossary of the library in the admin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from articles.claim_findings import refused_words
from articles.claim_problems import claim_words
from articles.models import Term


class TermForm(WagtailAdminModelForm):
    """An explanation stands on the pages of all clinics, so no claim gets into it (C-02)."""

    def clean_explanation(self) -> str:
        words = str(self.cleaned_data["explanation"])
        found = refused_words("explanation", words)
        if found:
            raise ValidationError([claim_words(finding) for finding in found])
        return words


class TermViewSet(SnippetViewSet):
    """Words that articles explain."""

    model = Term
    icon = "help"
    menu_label = _("Glossary")
    edit_handler = ObjectList(Term.panels, base_form_class=TermForm)
    list_display = ["name", "also", "explanation"]
    search_fields = ["name", "also", "explanation"]
    copy_view_enabled = False
