"""The form that says how a clinic follows the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from clinics.models import ClinicFacts

AT_ONCE, REVIEW = "at_once", "review"
LONGEST = 365


class HoldForm(forms.Form):
    """`choice` is what `accepting.set_hold` takes."""

    following = forms.ChoiceField(
        label=_("This clinic"),
        widget=forms.RadioSelect,
        choices=[
            (AT_ONCE, _("shows library updates at once")),
            (REVIEW, _("reviews library updates first")),
        ],
    )
    hold_days = forms.IntegerField(
        label=_("Show an update anyway after this many days"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_("Leave blank to wait until somebody accepts it. Safety updates never wait."),
        error_messages={
            "min_value": _("Give at least one day, or leave it blank to wait for somebody."),
            "max_value": _("Give at most 365 days, or leave it blank to wait for somebody."),
            "invalid": _("Give a whole number of days, such as 14."),
        },
    )

    @classmethod
    def of(cls, facts: ClinicFacts) -> Self:
        following = REVIEW if facts.review_first else AT_ONCE
        return cls(initial={"following": following, "hold_days": facts.hold_days})

    def choice(self) -> dict[str, Any]:
        return {
            "review_first": self.cleaned_data["following"] == REVIEW,
            "hold_days": self.cleaned_data["hold_days"],
        }
