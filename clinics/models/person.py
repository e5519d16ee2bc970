"""People with a name on a page: authors, medical reviewers, doctors."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.images import get_image_model_string

from clinics.number_free import refuse_numbers
from clinics.phones_in_text import find_numbers


class Person(models.Model):
    """One person of the group. `clinic` is where they see patients; blank for the group's own."""

    name = models.CharField(_("full name"), max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    suffix = models.CharField(
        _("degrees"), max_length=40, blank=True, help_text=_("As printed after the name: MD, PhD.")
    )
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    bio = models.TextField(_("short biography"), max_length=600, blank=True)
    photo = models.ForeignKey(
        get_image_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("photo"),
    )
    clinic = models.ForeignKey(
        "clinics.ClinicPage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("clinic"),
    )
    is_author = models.BooleanField(_("writes articles"), default=False)
    is_reviewer = models.BooleanField(_("reviews articles"), default=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("name", "slug", "suffix", "job_title")], heading=_("Name")
        ),
        FieldPanel("bio"),
        FieldPanel("photo"),
        FieldPanel("clinic"),
        MultiFieldPanel(
            [FieldPanel("is_author"), FieldPanel("is_reviewer")], heading=_("Their part")
        ),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.name}, {self.suffix}" if self.suffix else self.name

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "name", "suffix", "job_title")
        if find_numbers(self.bio):
            message = _("Take the phone number out: the buttons of the page show the right one.")
            raise ValidationError({"bio": message})
