"""The form of a location's numbers, address and status."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinics.choices import LocationStatus
from clinics.facts_words import LOCATION_GROUPS
from clinics.forms.facts import FactsForm
from clinics.forms.fields import LinesField
from clinics.models import LocationFacts

_TOWNS = LocationFacts._meta.get_field("service_areas")
_CAMPAIGNS = LocationFacts._meta.get_field("campaign_numbers")
_IN_SERVICE = (LocationStatus.OPEN, LocationStatus.OPENING_SOON)


class LocationForm(FactsForm):
    """Everything of a location but its hours, which other people may change."""

    groups: tuple[tuple[Any, tuple[str, ...]], ...] = LOCATION_GROUPS
    service_areas = LinesField(
        label=capfirst(_TOWNS.verbose_name),
        help_text=_TOWNS.help_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    campaign_numbers = LinesField(
        label=capfirst(_CAMPAIGNS.verbose_name),
        help_text=_CAMPAIGNS.help_text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Closing and opening again have screens of their own, which say first what they do.
        del self.fields["neighbour"]
        if self.instance.status.startswith("CLOSED"):
            del self.fields["status"]
        else:
            self.fields["status"].choices = [(each.value, each.label) for each in _IN_SERVICE]
            self.fields["status"].help_text = _("The tab Manage closes it.")
        self.groups = tuple(
            (heading, tuple(name for name in names if name in self.fields))
            for heading, names in LOCATION_GROUPS
        )

    class Meta:
        model = LocationFacts
        fields = LocationFacts.FACT_FIELDS
        widgets = {
            **{name: forms.TextInput(attrs={"type": "tel"}) for name in LocationFacts.PHONE_FIELDS},
            "parking": forms.Textarea(attrs={"rows": 3}),
        }
