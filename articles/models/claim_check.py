"""What was found in everything that patients of a clinic read, the last time somebody looked."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ClaimCheck(models.Model):
    """One row for each clinic that was ever checked; a new check takes the place of the last one.

    `places` are the pages in their order, of which `done` were looked at; `found` holds what stands
    against them, see `articles.claim_check`. `position` is the newest change when it began, `rules`
    names the rules that it was made with.
    """

    clinic = models.OneToOneField(
        "clinics.ClinicPage", on_delete=models.CASCADE, related_name="claim_check"
    )
    # A worker that goes on with an earlier check finds another one, and stops.
    run = models.UUIDField(default=uuid4)
    places = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)
    position = models.BigIntegerField(default=0)
    rules = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check of claims")
        verbose_name_plural = _("checks of claims")

    def __str__(self) -> str:
        return f"{self.clinic_id}: {self.done}/{len(self.places)}"

    @property
    def percent(self) -> int:
        return round(100 * self.done / len(self.places)) if self.places else 100
