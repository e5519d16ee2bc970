"""Whether a clinic's copy of a shared article has enough words of its own for search engines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.local_version import LocalVersionPage


class IndexDecision(models.Model):
    """One row for each local version in force, written by `decide_indexing` (L-05).

    `likeness` is that to the copy of `nearest`, the clinic or hub whose listed page is most like
    this one: 0.0 to 1.0.
    """

    version = models.OneToOneField(
        LocalVersionPage, on_delete=models.CASCADE, related_name="index_decision"
    )
    is_own = models.BooleanField(_("listed by search engines"))
    likeness = models.FloatField(_("likeness"))
    nearest = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("index decision")
        verbose_name_plural = _("index decisions")

    def __str__(self) -> str:
        return str(self.version)
