"""How often buttons were tapped: counters, and nothing about whoever tapped them (P-04)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinics.models.clinic import ClinicPage


class TapCount(models.Model):
    """One row for each clinic, page, place on the page, action, local day and quarter of it.

    No address, browser, referrer, query or moment is stored: a row cannot be led back to a person.
    """

    clinic = models.ForeignKey(ClinicPage, on_delete=models.CASCADE, related_name="tap_counts")
    path = models.CharField(max_length=200)
    block = models.CharField(max_length=8)
    action = models.CharField(max_length=12)
    day = models.DateField()
    # The first hour of six: 0, 6, 12 or 18, on the clinic's clock.
    hours = models.PositiveSmallIntegerField()
    was_open = models.BooleanField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of taps")
        verbose_name_plural = _("counts of taps")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "path", "block", "action", "day", "hours", "was_open"],
                name="one_count_of_taps_per_hours",
            )
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.action}: {self.count}"
