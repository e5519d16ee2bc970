"""Words that patients may not know, each explained once for all articles (T-13)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from clinics.number_free import refuse_numbers


class Term(models.Model):
    """A word with a plain explanation. Articles explain it where they use it first."""

    slug = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("word"), max_length=80, unique=True)
    also = models.CharField(
        _("other spellings"),
        max_length=200,
        blank=True,
        help_text=_("With commas between them, plural forms too."),
    )
    explanation = models.CharField(
        _("explanation"),
        max_length=300,
        help_text=_("In plain words, such as a patient would use. At most 300 characters."),
    )
    article = models.ForeignKey(
        "articles.ArticlePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article about it"),
        help_text=_("Leave blank for none. Linked at the clinics that show it."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("also"),
        FieldPanel("explanation"),
        PageChooserPanel("article"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self) -> str:
        return self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way of writing it, the name first."""
        return tuple(word for each in (self.name, *self.also.split(",")) if (word := each.strip()))

    def clean(self) -> None:
        """Raises ValidationError with each field at fault, the reason and what to do."""
        super().clean()
        refuse_numbers(self, "name", "also", "explanation")
        mine = {each.casefold() for each in self.spellings}
        for other in type(self).objects.exclude(pk=self.pk):
            if taken := [each for each in other.spellings if each.casefold() in mine]:
                message = _("“%(word)s” is explained by “%(other)s”: take it out here or there.")
                words = {"word": taken[0], "other": other.name}
                raise ValidationError({"also": message % words})
