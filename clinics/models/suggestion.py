"""Suggestions: what somebody of a clinic would change of its facts, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinics.choices import SuggestionState
from clinics.models.clinic import ClinicPage
from clinics.models.facts import FactsChange


class FactsSuggestion(models.Model):
    """One act of suggesting for one page. `base_version` are the facts that its author looked at.

    `edition` counts up when its author changes it, so that a form knows what it was opened with.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="facts_suggestions"
    )
    clinic = models.ForeignKey(ClinicPage, on_delete=models.CASCADE, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(_("suggested at"), default=timezone.now)
    note = models.TextField(_("note"), max_length=500, blank=True)
    base_version = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")

    def __str__(self) -> str:
        return f"{self.page}, {self.proposed_at:%Y-%m-%d}"


class SuggestedFact(models.Model):
    """One field of a suggestion, decided by itself. Values are as in a snapshot of the facts."""

    suggestion = models.ForeignKey(FactsSuggestion, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    proposed = models.JSONField(null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SuggestionState, default=SuggestionState.WAITING
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    comment = models.TextField(_("comment"), max_length=500, blank=True)
    change = models.ForeignKey(
        FactsChange, null=True, on_delete=models.SET_NULL, related_name="suggested_facts"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("suggested fact")
        verbose_name_plural = _("suggested facts")
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "name"], name="one_suggested_value_per_fact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.name}"
