"""What is typed beside suggested facts: the note of whoever suggests, and a decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinics.facts_words import label_of
from clinics.models import SuggestedFact
from clinics.suggesting.deciding import Decision

APPROVE, REJECT = "approve", "reject"
_CHOICES = [
    (APPROVE, gettext_lazy("Approve")),
    (REJECT, gettext_lazy("Reject")),
    ("", gettext_lazy("Decide later")),
]


class NoteForm(forms.Form):
    """`seen` says which of their own suggestions the author had in the form."""

    note = forms.CharField(
        label=gettext_lazy("Note for the franchise"),
        help_text=gettext_lazy("Why, and since when. Not needed, and never shown to patients."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """Approve, reject with a comment, or leave one suggested fact for later."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=_CHOICES, required=False, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment for the clinic"),
        help_text=gettext_lazy("Needed when you reject."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, fact: SuggestedFact, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=prefix_of(fact.pk), **kwargs)
        self.fact = fact

    def clean_comment(self) -> str:
        comment = self.cleaned_data["comment"].strip()
        if self.cleaned_data.get("decision") == REJECT and not comment:
            text = _("Say why “%(label)s” is rejected: the clinic reads it.")
            raise forms.ValidationError(text % {"label": label_of(self.fact.name)})
        return comment

    def made(self) -> Decision | None:
        """The decision; None when it is left for later."""
        data = self.cleaned_data
        if not data["decision"]:
            return None
        return Decision(self.fact.pk, data["decision"] == APPROVE, data["comment"], data["seen"])


def prefix_of(fact_id: int) -> str:
    return f"fact-{fact_id}"
