"""The project's own image model: a picture knows its alternative text, credit and who is in it."""

from __future__ import annotations

import struct
from secrets import token_hex

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    SourceImageIOError,
)

from clinics.alt_text import alt_problems
from clinics.choices import SizesProblem
from clinics.number_free import refuse_numbers


class PersonShown(models.TextChoices):
    """Who is in the picture: 22 TAC 164.3(b)(4) wants models to be identified (C-08)."""

    NONE = "NONE", _("No person can be recognised")
    STAFF = "STAFF", _("A member of the staff")
    PATIENT = "PATIENT", _("An actual patient, with written consent")
    MODEL = "MODEL", _("A model")


class ClinicImage(AbstractImage):
    """A picture. `description` is its alternative text; the title is never used as one."""

    decorative_only = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that a reader needs; screen readers skip it."),
    )
    credit = models.CharField(_("credit"), max_length=160, blank=True)
    person_shown = models.CharField(
        _("person shown"), max_length=8, choices=PersonShown, default=PersonShown.NONE
    )
    # Written by `clinics.picture_sizes` alone.
    sizes_problem = models.CharField(
        max_length=10, blank=True, choices=SizesProblem, editable=False
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "decorative_only",
        "credit",
        "person_shown",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody can guess: whoever has it has seen the picture."""
        return super().get_upload_to(f"{token_hex(5)}-{filename}")

    def generate_rendition_file(self, filter: Filter, *, source: File[bytes] | None = None) -> File:
        """Wagtail's library shows a placeholder for a file that is lost, and so for a broken one,
        instead of failing as a whole.
        """
        try:
            return super().generate_rendition_file(filter, source=source)
        except (OSError, SyntaxError, EOFError, struct.error) as error:
            raise SourceImageIOError(str(error)) from error

    @property
    def default_alt_text(self) -> str:
        return "" if self.decorative_only else self.description

    @property
    def person_label(self) -> str:
        """What is printed beside the picture, "" when nobody need be identified."""
        labels: dict[str, str] = {
            PersonShown.MODEL: _("Model"),
            PersonShown.PATIENT: _("Actual patient"),
        }
        return str(labels.get(self.person_shown, ""))

    def clean(self) -> None:
        super().clean()
        refuse_numbers(self, "title", "description", "credit")
        if self.decorative_only or not self.description:
            return
        file_name = self.file.name.rsplit("/", 1)[-1] if self.file else ""
        for problem in alt_problems(self.description, title=self.title, file_name=file_name):
            if problem.blocks:
                raise ValidationError({"description": problem.message})


class ClinicRendition(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(ClinicImage, on_delete=models.CASCADE, related_name="renditions")
    # The picture's file may be replaced. Blank where Wagtail made the size, for the admin.
    made_from = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
