"""The form of a location's numbers, address and status."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from clinics.facts_words import LOCATION_GROUPS
from clinics.forms.facts import FactsForm
from clinics.forms.fields import LinesField
from clinics.models import LocationFacts

_TOWNS = LocationFacts._meta.get_field("service_areas")
_PHONES = ("main_phone", "new_patients_phone", "text_phone", "fax")


class LocationForm(FactsForm):
    """Everything of a location but its hours, which other people may change."""

    groups = LOCATION_GROUPS
    service_areas = LinesField(
        label=capfirst(_TOWNS.verbose_name),
        help_text=_TOWNS.help_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = LocationFacts
        fields = LocationFacts.FACT_FIELDS
        widgets = {name: forms.TextInput(attrs={"type": "tel"}) for name in _PHONES}
