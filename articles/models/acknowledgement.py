"""Who of a clinic has read which safety release (read receipts)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.release import ArticleRelease


class SafetyAcknowledgement(models.Model):
    """One row per clinic and safety release, written when somebody of the clinic says so.

    That one is due is computed, never written: publishing touches no clinic.
    """

    clinic = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="safety_acknowledgements"
    )
    release = models.ForeignKey(
        ArticleRelease, on_delete=models.CASCADE, related_name="acknowledgements"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Kept beside the account, which may be deleted: a receipt names its reader for good.
    user_name = models.CharField(max_length=150)
    acknowledged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("safety acknowledgement")
        verbose_name_plural = _("safety acknowledgements")
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "release"], name="one_acknowledgement_per_clinic_and_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinic}: {self.release}"
