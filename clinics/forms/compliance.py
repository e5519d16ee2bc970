"""The form of what law asks of a clinic."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput

from clinics.facts_words import COMPLIANCE_GROUPS
from clinics.forms.facts import FactsForm
from clinics.models import ClinicFacts, Person


class ComplianceForm(FactsForm):
    """Licenses and law. The director is one of the clinic's own people, or a name."""

    groups = COMPLIANCE_GROUPS

    class Meta:
        model = ClinicFacts
        fields = [name for _heading, names in COMPLIANCE_GROUPS for name in names]
        widgets = {
            "delegation": forms.Textarea(attrs={"rows": 3}),
            "pain_license_from": AdminDateInput,
            "pain_license_until": AdminDateInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["director"].queryset = Person.objects.filter(clinic=self.instance.clinic_id)
