"""What every section has besides its content: lock, role, and where and until when it is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

SETTING_NAMES = ("locked", "role", "clinics_only", "expires", "stays")

ROLE_CHOICES = [
    ("clinical", _("Clinical: a local text needs a reason and a review")),
    ("local", _("Local: a clinic may say it in its own way")),
]


class DayBlock(blocks.DateBlock):
    """A day that is stored as it is in JSON: digests and comparisons read streams in that form."""

    def get_prep_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value


class SectionBlock(blocks.StructBlock):
    """A section of an article. Its settings are no part of its content: digests leave them out."""

    locked = blocks.BooleanBlock(
        required=False,
        label=_("Locked"),
        help_text=_("Clinics can neither change nor hide this section."),
    )
    role = blocks.ChoiceBlock(choices=ROLE_CHOICES, default="clinical", label=_("Role"))
    clinics_only = blocks.BooleanBlock(
        required=False, label=_("Clinics only"), help_text=_("Not shown on the group's own site.")
    )

    expires = DayBlock(
        required=False,
        label=_("Out of date from"),
        help_text=_(
            "For what holds until a day only, such as rules of telehealth, insurance, or whether "
            "new patients are accepted. From this day on the section is not shown."
        ),
    )
    stays = blocks.BooleanBlock(
        required=False,
        label=_("Stays when it is out of date"),
        help_text=_("It is shown all the same, and “Today” says so."),
    )

    # Settings that an editor has to fill in stand among the content.
    asked_settings: tuple[str, ...] = ()

    def get_form_layout(self) -> BlockGroup:
        settings = [name for name in SETTING_NAMES if name not in self.asked_settings]
        content = [name for name in self.child_blocks if name not in settings]
        return BlockGroup(children=content, settings=settings)


def is_locked(value: blocks.StructValue) -> bool:
    return bool(value.get("locked"))
