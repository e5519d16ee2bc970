"""One number of a section of figures: chosen among those that the library keeps, or typed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from articles.blocks.choosers import FigureChooserBlock, SourceChooserBlock


class FigureBlock(blocks.StructBlock):
    """A number by reference to a kept figure, or typed with its source.

    Of a kept one its tokens are stored, so that every reader of texts finds its words (T-08).
    """

    kept = FigureChooserBlock(
        required=False,
        label=_("Kept figure"),
        help_text=_("Its words and its source take the place of what stands below."),
    )
    value = blocks.CharBlock(required=False, max_length=60, label=_("Figure"))
    label = blocks.CharBlock(required=False, max_length=200, label=_("What it counts"))
    source = SourceChooserBlock(required=False, label=_("Source"))

    class Meta:
        icon = "order"
        label_format = "{value} {label}"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        is_kept = bool(value.get("kept"))
        typed = self._to_struct_value({**value, "value": "", "label": ""}) if is_kept else value
        cleaned = super().clean(typed)
        if is_kept:
            return self._to_struct_value(
                {**cleaned, **tokens_of(cleaned["kept"].slug), "source": None}
            )
        if self.is_deferred_validation:
            return cleaned
        message = _("Choose a kept figure above, or write it here.")
        missing = [name for name in ("value", "label") if not cleaned.get(name)]
        if missing:
            raise StructBlockValidationError({name: ValidationError(message) for name in missing})
        return cleaned

    def get_prep_value(self, value: blocks.StructValue) -> dict[str, Any]:
        prepared = super().get_prep_value(value)
        return {**prepared, **tokens_of(value["kept"].slug)} if value.get("kept") else prepared


def tokens_of(slug: str) -> dict[str, str]:
    """A kept figure as a section of figures stores it."""
    token = f"{{{{ figure.{slug} }}}}"
    return {"value": token, "label": token.replace(" }}", ".name }}")}
