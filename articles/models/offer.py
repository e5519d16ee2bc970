"""A clinic's text that it offers to the library, and what the library said to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import OfferStatus
from articles.models.library import ArticlePage
from articles.models.local_version import LocalVersionPage


class SectionOffer(models.Model):
    """One override of a local version, as it was when it was offered.

    `override` is its id, `section` the shared section that it replaces ("" for one that the clinic
    added), `content` its raw sections, `base` the number of the release that the clinic saw, and
    `value` the override as a whole: it comes back when the release that adopted it is undone.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="offers")
    version = models.ForeignKey(LocalVersionPage, on_delete=models.CASCADE, related_name="offers")
    override = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    section = models.CharField(max_length=64, blank=True)
    content = models.JSONField(default=list)
    value = models.JSONField(default=dict)
    base = models.PositiveIntegerField(default=0)
    message = models.TextField(_("why the library should have it"), max_length=500, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=OfferStatus, default=OfferStatus.OPEN
    )
    comment = models.TextField(_("answer"), max_length=500, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    offered_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(
        "articles.ArticleRelease",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
    )
    # The clinic's override went with the release: an undo gives it back.
    was_dissolved = models.BooleanField(default=False)

    class Meta:
        ordering = ["-offered_at"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "override"],
                condition=models.Q(status=OfferStatus.OPEN),
                name="one_open_offer_per_override",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_status_display()}"
