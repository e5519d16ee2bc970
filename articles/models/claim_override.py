"""Reasons for which a reviewer lets blocked words stand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimOverride(models.Model):
    """One finding of the claim checker on one page, allowed by one person for one sentence.

    Kept for good (C-02): rows are never changed or deleted, and outlive page and account.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="claim_overrides"
    )
    page_title = models.CharField(_("page"), max_length=255)
    rule = models.CharField(_("rule"), max_length=20)
    phrase = models.TextField(_("words"))
    sentence = models.TextField(_("sentence"))
    # Of the sentence: another wording needs another reason.
    digest = models.CharField(max_length=64)
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("allowed by"), max_length=150)
    made_at = models.DateTimeField(_("allowed at"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("allowed claim")
        verbose_name_plural = _("allowed claims")
        indexes = [models.Index(fields=["page", "rule"], name="claim_overrides_of_a_page")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.phrase}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("An allowed claim is kept for good.")

    @property
    def key(self) -> tuple[str, str, str]:
        """As `Finding.key`."""
        return self.rule, self.phrase.casefold(), self.digest
