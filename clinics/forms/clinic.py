"""The form of a clinic's facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinics.choices import Specialty
from clinics.facts_words import CLINIC_GROUPS
from clinics.forms.facts import FactsForm
from clinics.models import ClinicFacts

_SPECIALTIES = ClinicFacts._meta.get_field("specialties")


class ClinicForm(FactsForm):
    """What holds for the whole clinic, wherever its locations are."""

    groups = CLINIC_GROUPS
    specialties = forms.MultipleChoiceField(
        label=capfirst(_SPECIALTIES.verbose_name),
        help_text=_SPECIALTIES.help_text,
        choices=Specialty.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ClinicFacts
        fields = [name for _heading, names in CLINIC_GROUPS for name in names]
        widgets = {
            "services": forms.CheckboxSelectMultiple,
            "text_disclosure": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["booking_url"].error_messages["invalid"] = _(
            "This is no web address: write it like https://book.example.com/clinic"
        )
