"""Wordings that must be the same everywhere: one text per kind and version for the whole group."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from clinics.choices import StatementKind
from clinics.number_free import refuse_numbers


class Statement(models.Model):
    """A versioned wording, such as the off-label statement (C-01)."""

    slug = models.SlugField(max_length=60)
    kind = models.CharField(_("kind"), max_length=16, choices=StatementKind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("wording"))

    panels = [FieldPanel(name) for name in ("title", "slug", "kind", "version", "text")]

    class Meta:
        ordering = ["slug", "-version"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_wording_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({_('version')} {self.version})"

    def clean(self) -> None:
        """Every clinic's patients read it; 911 and 988 are nobody's."""
        super().clean()
        refuse_numbers(self, "title", "text")
