"""What every section has besides its content: lock, role, and where it is shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

SETTING_NAMES = ("locked", "role", "clinics_only")

ROLE_CHOICES = [
    ("clinical", _("Clinical: a local text needs a reason and a review")),
    ("local", _("Local: a clinic may say it in its own way")),
]


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

    def get_form_layout(self) -> BlockGroup:
        content = [name for name in self.child_blocks if name not in SETTING_NAMES]
        return BlockGroup(children=content, settings=list(SETTING_NAMES))


def is_locked(value: blocks.StructValue) -> bool:
    return bool(value.get("locked"))
