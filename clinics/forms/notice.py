"""The form of the notice for patients, and of closing for today in the same stroke."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateTimeInput

from clinics.facts_words import NOTICE_GROUP
from clinics.forms.facts import FactsForm
from clinics.models import ClinicFacts


class NoticeForm(FactsForm):
    """`closed_today` also closes every location for the day, with the notice as its reason."""

    groups = (NOTICE_GROUP,)
    closed_today = forms.BooleanField(
        label=gettext_lazy("All our locations are closed today"),
        help_text=gettext_lazy("Adds today to their special hours, so that every page says so."),
        required=False,
    )

    class Meta:
        model = ClinicFacts
        fields = NOTICE_GROUP[1]
        widgets = {"notice_until": AdminDateTimeInput}

    def grouped_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        ((heading, fields),) = super().grouped_fields()
        return [(heading, [*fields, self["closed_today"]])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("closed_today") and not cleaned.get("notice"):
            self.add_error("notice", _("Say why the clinic is closed today, in a few words."))
        if cleaned.get("notice_until") and not cleaned.get("notice"):
            self.add_error("notice", _("Write the notice, or leave its end blank."))
        return cleaned
