"""The form of a picture: says what is wrong with its file, and lets go of a replaced one gently."""

from __future__ import annotations

import struct
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

from clinics.choices import SizesProblem
from clinics.picture_storing import drop_sizes

WORDS = {
    SizesProblem.LOST: _(
        "The file of this picture cannot be found, so pages do not show it. Upload it again."
    ),
    SizesProblem.UNREADABLE: _(
        "The file of this picture is broken, so pages do not show it. Upload another one, for "
        "example one that a program for pictures saved anew."
    ),
    SizesProblem.PARTLY: _(
        "Some sizes of this picture could not be made, so pages may show it larger or smaller "
        "than they should. Save it as a JPEG or PNG and upload that."
    ),
}


class PictureFileField(WagtailImageField):
    """Refuses a file that breaks off, where Wagtail's own field fails."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, EOFError, struct.error) as error:
            raise ValidationError(self.error_messages["invalid_image"]) from error


class PictureForm(BaseImageForm):
    """Set as `WAGTAILIMAGES_IMAGE_FORM_BASE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:  # a form of some fields may come without
            self.fields["file"] = _file_field(self.fields["file"], self.instance.sizes_problem)

    @transaction.atomic
    def save(self, commit: bool = True) -> AbstractImage:
        """Wagtail deletes the sizes of the old file and their files; that finds none here."""
        if commit and self.instance.pk and "file" in self.changed_data:
            drop_sizes(self.instance.renditions.all())
        return super().save(commit)


def _file_field(field: WagtailImageField, problem: str) -> PictureFileField:
    mine = PictureFileField(
        label=field.label,
        required=field.required,
        widget=field.widget,
        max_length=field.max_length,
    )
    if problem:
        mine.help_text = WORDS[SizesProblem(problem)]
    return mine
