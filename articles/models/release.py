"""Releases of shared articles, and the addresses that they once had."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import ArticleKind, ChangeClass
from articles.models.library import ArticlePage


class ArticleRelease(models.Model):
    """One publish of an article. Its number rises over the whole library, so that "everything up to
    release 120" means one moment for all articles.

    `first_clinics` holds the page ids of the first group while the others wait, until `everyone_at`
    or an editor lets them follow; None is everybody. A release that was undone is shown nowhere.

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
    first_clinics = models.JSONField(null=True, blank=True)
    everyone_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Clinics whose offered sections came in with it, as [{"clinic": name, "section": id}].
    credits = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "revision"],
                condition=models.Q(undone_at=None),
                name="one_release_per_published_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.note}"

    @property
    def number(self) -> int:
        return self.pk


class ArticleAddress(models.Model):
    """An address that an article had. Every mount redirects from it to where `article` is now.

    After a withdrawal `article` is the one that readers are led to, if any; without one they are
    led to the list, or are told that the page is gone.
    """

    article = models.ForeignKey(
        ArticlePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses"
    )
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
