"""What a clinic may offer. An article about a service is shown only where it is offered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from clinics.choices import RegulatedSubject
from clinics.number_free import refuse_numbers


class Service(models.Model):
    """A treatment or care programme, named once for the whole group."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("code"), max_length=60, unique=True)
    description = models.TextField(_("in one sentence"), max_length=240, blank=True)

    regulated_as = models.CharField(
        _("counts in law as"),
        max_length=20,
        choices=RegulatedSubject,
        blank=True,
        help_text=_("Some states ask a clinic for a license before it advertises this."),
    )

    panels = [FieldPanel(name) for name in ("name", "slug", "description", "regulated_as")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "name", "description")
