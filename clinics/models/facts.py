"""The log of facts: every change with what was before, so that it can be read and undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FactsChange(models.Model):
    """One saved change of a clinic's or a location's facts; `version` is the one that it made.

    `suggested_by` asked for it, where `changed_by` approved what somebody else suggested.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="facts_changes"
    )
    version = models.PositiveIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("change of facts")
        verbose_name_plural = _("changes of facts")
        constraints = [
            models.UniqueConstraint(fields=["page", "version"], name="one_change_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.version}"
