"""The words of a release, ready to be searched: written with it, read for every clinic."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.release import ArticleRelease


class ReleaseText(models.Model):
    """What everybody reads who changes nothing: clinics, and the hub without what is theirs only.

    `words` still has its tokens; `folded` is the same for comparing (`clinics.search_words.fold`).
    """

    release = models.ForeignKey(ArticleRelease, on_delete=models.CASCADE, related_name="texts")
    is_hub = models.BooleanField()
    words = models.TextField()
    folded = models.TextField()

    class Meta:
        verbose_name = _("text of a release")
        verbose_name_plural = _("texts of releases")
        constraints = [
            models.UniqueConstraint(
                fields=["release", "is_hub"], name="one_text_per_release_and_audience"
            )
        ]

    def __str__(self) -> str:
        return str(self.release)
