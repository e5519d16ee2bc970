"""The form of a picture: says what is wrong with its file, and lets go of a replaced one gently."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

from clinics.choices import SizesProblem
from clinics.picture_storing import drop_sizes

_WORDS = {
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


class PictureForm(BaseImageForm):
    """Set as `WAGTAILIMAGES_IMAGE_FORM_BASE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        problem = self.instance.sizes_problem
        if problem and "file" in self.fields:
            self.fields["file"].help_text = _WORDS[SizesProblem(problem)]

    @transaction.atomic
    def save(self, commit: bool = True) -> AbstractImage:
        """Wagtail deletes the sizes of the old file and their files; that finds none here."""
        if commit and self.instance.pk and "file" in self.changed_data:
            drop_sizes(self.instance.renditions.all())
        return super().save(commit)
