"""Releases of shared articles, and the addresses that they once had."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import ArticleKind, ChangeClass
from articles.models.library import ArticlePage


class ArticleRelease(models.Model):
    """One publish of an article. Its number rises over the whole library, so that "everything up to
    release 120" means one moment for all articles.

    `digests` and `field_digests` tell what changed since an override was made; `safety` is the
    number of the last safety release by section.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="releases")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    change_class = models.CharField(max_length=8, choices=ChangeClass)
    note = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=ArticleKind)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    digests = models.JSONField(default=dict)
    field_digests = models.JSONField(default=dict)
    safety = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "revision"], name="one_release_per_published_revision"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.note}"

    @property
    def number(self) -> int:
        return self.pk


class ArticleAddress(models.Model):
    """An address that an article had. Every mount redirects from it to where the article is now."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="addresses")
    library = models.ForeignKey(
        "articles.ArticleLibraryPage", on_delete=models.CASCADE, related_name="addresses"
    )
    kind = models.CharField(max_length=10, choices=ArticleKind)
    slug = models.SlugField(max_length=255, allow_unicode=True)
    gone = models.BooleanField(
        default=False, help_text="Withdrawn for good: 410 instead of a redirect."
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["library", "kind", "slug"], name="one_article_per_former_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
