"""Changes of many locations at once, and the journal of what each of them did to which location."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinics.choices import BulkKind, BulkState, RowState
from clinics.models.clinic import ClinicPage
from clinics.models.facts import FactsChange
from clinics.models.franchise import FranchisePage


class BulkChange(models.Model):
    """One spreadsheet, or one form for several locations.

    `headers` and `columns` (our column → number of the file's) belong to a spreadsheet.
    `touched_at` is when the last row was done: a run that was silent for a while was killed.
    """

    franchise = models.ForeignKey(FranchisePage, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=BulkKind, default=BulkKind.IMPORT)
    title = models.CharField(_("name"), max_length=160)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    touched_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.DRAFT)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    clears_blank = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")

    def __str__(self) -> str:
        return self.title


class BulkRow(models.Model):
    """A location (or a clinic) of a bulk change: what is planned, and what came of it.

    `cells` are the file's. `before` and `after` hold the facts that differ, as snapshots do;
    without a `page` a location is made at `clinic`. `errors` are pairs of column and message.
    `starts_at` and `ends_at` bound a change that is planned for a time.
    """

    bulk = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=240, blank=True)
    cells = models.JSONField(default=list)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    clinic = models.ForeignKey(ClinicPage, null=True, on_delete=models.SET_NULL, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=RowState, default=RowState.WAITING)
    note = models.TextField(blank=True)
    is_new = models.BooleanField(default=False)
    change = models.ForeignKey(FactsChange, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("row of a bulk change")
        verbose_name_plural = _("rows of bulk changes")
        constraints = [
            models.UniqueConstraint(fields=["bulk", "number"], name="one_row_per_number")
        ]
        indexes = [models.Index(fields=["bulk", "state"], name="bulk_row_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.label}"
