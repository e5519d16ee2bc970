"""Numbers that articles say, kept once and inserted by reference (T-08)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from articles.choices import FigureUnit
from clinics.number_free import refuse_numbers

_A_SLUG = RegexValidator(r"^[a-z0-9-]+$", _("Write lower-case letters, digits and hyphens."))


class Figure(models.Model):
    """A number of one population from one source. Texts name it by its slug, which is for good."""

    slug = models.SlugField(_("code"), max_length=60, unique=True, validators=[_A_SLUG])
    name = models.CharField(
        _("what it counts"),
        max_length=160,
        help_text=_("Such as “Adults in the United States with fibromyalgia”."),
    )
    text = models.CharField(
        _("as articles say it"), max_length=80, help_text=_("Such as “about 4 million adults”.")
    )
    unit = models.CharField(_("unit"), max_length=8, choices=FigureUnit)
    low = models.DecimalField(_("number, or the lowest"), max_digits=12, decimal_places=3)
    high = models.DecimalField(
        _("the highest"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Leave blank for a single number."),
    )
    population = models.CharField(
        _("of whom"), max_length=120, help_text=_("Such as “adults in the United States”.")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.ForeignKey(
        "articles.Source",
        on_delete=models.PROTECT,
        related_name="figures",
        verbose_name=_("source"),
    )
    about = models.CharField(
        _("words that tell what a sentence is about"),
        max_length=200,
        help_text=_(
            "With commas between them. A sentence with one of them and the whole population is "
            "compared with this figure."
        ),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("text"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("low"), FieldPanel("high"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("population"), FieldPanel("year")]),
        FieldPanel("source"),
        FieldPanel("about"),
    ]

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.name}: {self.text}"

    def clean(self) -> None:
        """Raises ValidationError with each field at fault, the reason and what to do."""
        super().clean()
        refuse_numbers(self, "name", "text", "population", "about")
        errors = {}
        if self.low is not None and self.high is not None and self.high <= self.low:
            errors["high"] = _(
                "The highest is not above the lowest: exchange them, or leave it blank."
            )
        if "{{" in f"{self.text}{self.name}" or "}}" in f"{self.text}{self.name}":
            errors["text"] = _("A figure says the same everywhere: write words in place of braces.")
        if not self.topics:
            errors["about"] = _("No word is left: write at least one, such as “fibromyalgia”.")
        if self.pk and type(self).objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            errors["slug"] = _("Texts name the figure by its code: keep it, or add a new figure.")
        if errors:
            raise ValidationError(errors)

    @property
    def topics(self) -> tuple[str, ...]:
        """The words by which a sentence is recognised."""
        return tuple(word for each in self.about.split(",") if (word := each.strip()))
