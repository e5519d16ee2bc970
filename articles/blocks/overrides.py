"""A clinic's differences from a shared article, one block for each.

`section` and `slot` name their target in the shared article; `base` is the number of the release
that the editor saw, so that a later change of the library can be told.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from articles.blocks.sections import section_children

REASON_NAMES = ("reason", "owner", "review_date")
BOOKKEEPING = ("section", "slot", "base", "neighbours")


class OverrideBlock(blocks.StructBlock):
    """What every override carries besides its act."""

    base = blocks.IntegerBlock(
        required=False,
        min_value=0,
        label=_("Release seen"),
        help_text=_("Filled in when it is saved."),
    )
    reason = blocks.CharBlock(
        required=False,
        max_length=240,
        label=_("Reason"),
        help_text=_("Why this clinic differs; colleagues and reviewers read it."),
    )
    owner = blocks.CharBlock(
        required=False,
        max_length=150,
        label=_("Owner"),
        help_text=_("The user name of who looks after it."),
    )
    review_date = blocks.DateBlock(required=False, label=_("Look at it again on"))

    def get_form_layout(self) -> BlockGroup:
        """What the editor writes first, then why; bookkeeping is folded away."""
        first = [name for name in self.child_blocks if name not in (*REASON_NAMES, *BOOKKEEPING)]
        kept = [name for name in BOOKKEEPING if name in self.child_blocks]
        return BlockGroup(children=[*first, *REASON_NAMES], settings=kept)


def _section_id() -> blocks.CharBlock:
    return blocks.CharBlock(max_length=64, label=_("Section"), help_text=_("The section's id."))


def _one_section() -> blocks.StreamBlock:
    return blocks.StreamBlock(section_children(), max_num=1, label=_("Our text"))


class ReplaceBlock(OverrideBlock):
    section = _section_id()
    content = _one_section()

    class Meta:
        icon = "edit"
        label = _("Changed for this clinic")
        label_format = "{reason}"
        description = _("Our text in place of a shared section")


class HideBlock(OverrideBlock):
    section = _section_id()

    class Meta:
        icon = "view"
        label = _("Hidden here")
        label_format = "{reason}"
        description = _("A shared section that this clinic does not show")


class InsertBlock(OverrideBlock):
    position = blocks.ChoiceBlock(
        choices=[
            ("before", _("Before the section")),
            ("after", _("After the section")),
            ("start", _("At the start")),
            ("end", _("At the end")),
        ],
        default="after",
        label=_("Place"),
    )
    section = blocks.CharBlock(
        required=False, max_length=64, label=_("Section"), help_text=_("The section's id.")
    )
    neighbours = blocks.ListBlock(
        blocks.CharBlock(max_length=64),
        required=False,
        default=[],
        label=_("Sections when it was saved"),
        help_text=_("Filled in when it is saved."),
    )
    content = _one_section()

    class Meta:
        icon = "plus"
        label = _("Added here")
        label_format = "{position} {reason}"
        description = _("A section of our own among the shared ones")


class FillBlock(OverrideBlock):
    slot = blocks.CharBlock(max_length=60, label=_("Slot"))
    content = blocks.StreamBlock(section_children(), required=False, label=_("Our sections"))

    class Meta:
        icon = "placeholder"
        label = _("Slot filled")
        label_format = "{slot} {reason}"
        description = _("Our sections in a slot of the article")


class OverridesBody(blocks.StreamBlock):
    """All overrides of one clinic of one article."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        children = [
            ("replace", ReplaceBlock()),
            ("hide", HideBlock()),
            ("insert", InsertBlock()),
            ("fill", FillBlock()),
        ]
        super().__init__(local_blocks or children, **kwargs)
