"""Who has looked at which medical text, and what they said: one row for each act, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import ReviewAct


class Review(models.Model):
    """An act about the clinical text of an article, a local version or a clinic's own article.

    `texts` holds that text as it was: what was approved is told by its digests, and read by its
    words, also when the revision is long gone. A row lives as long as its page. Person, account and
    license are kept in words beside the rows, which may go or change.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="medical_reviews"
    )
    act = models.CharField(_("act"), max_length=8, choices=ReviewAct)
    # [{"key", "name", "digest", "words"}], see `articles.review.texts`.
    texts = models.JSONField(default=list)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)
    person = models.ForeignKey(
        "clinics.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person_name = models.CharField(max_length=170, blank=True)
    license = models.CharField(max_length=100, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    # Of an approval: the day on which the whole page was reviewed, and until when that holds.
    reviewed_date = models.DateField(_("reviewed on"), null=True, blank=True)
    due_date = models.DateField(_("next review due"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("medical review")
        verbose_name_plural = _("medical reviews")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_act_display()}"

    @property
    def digests(self) -> dict[str, str]:
        """The digests of the texts by their keys."""
        return {text["key"]: text["digest"] for text in self.texts}
