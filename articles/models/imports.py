"""Uploads of articles: the files, what the importer says of each, and the drafts they became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.choices import ArticleKind
from articles.models.library import ArticlePage


class ArticleImport(models.Model):
    """Files that were uploaded together: first only reported, then taken in, and then undone."""

    library = models.ForeignKey(
        "articles.ArticleLibraryPage", on_delete=models.CASCADE, related_name="imports"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ArticleKind)
    clinic = models.ForeignKey(
        "clinics.ClinicPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of articles")
        verbose_name_plural = _("imports of articles")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"


class ImportedFile(models.Model):
    """One file. `text` goes once it is decided about; `revision` is what the import wrote."""

    batch = models.ForeignKey(ArticleImport, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    report = models.JSONField()
    article = models.ForeignKey(
        ArticlePage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self) -> str:
        return self.name
