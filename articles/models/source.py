"""References that articles cite, kept once and used by number."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from articles.choices import SourceKind
from clinics.number_free import refuse_numbers


class Source(models.Model):
    """A publication. The DOI or PMID gives its address when `url` is blank."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("author or publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    kind = models.CharField(
        _("type of evidence"), max_length=12, choices=SourceKind, default=SourceKind.OTHER
    )
    url = models.URLField(_("address"), blank=True, max_length=400)
    doi = models.CharField(
        "DOI",
        max_length=120,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", _("A DOI looks like 10.1234/abcd."))],
    )
    pmid = models.CharField(
        "PMID",
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^[1-9]\d{0,8}$", _("A PMID is a number."))],
    )
    accessed_date = models.DateField(_("accessed on"), null=True, blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("year")]),
        FieldPanel("kind"),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("doi"), FieldPanel("pmid")]),
        FieldPanel("accessed_date"),
    ]

    class Meta:
        ordering = ["publisher", "year", "title"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.publisher} ({self.year}): {self.title}" if self.year else self.title

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "title", "publisher")

    @property
    def address(self) -> str:
        """Where a reader finds it, "" when it is nowhere on the web."""
        if self.url:
            return self.url
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""
