"""Every type of section that an article may have; the block's name is the section's type.

Adding a type: a block here, its entry in `SECTION_BLOCKS`, and a template of its name under
`templates/articles/sections/`; a contract test asks for the template.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from articles.blocks.choosers import (
    PictureChooserBlock,
    SourceChooserBlock,
    StatementChooserBlock,
)
from articles.blocks.figures import FigureBlock
from articles.blocks.rich_text import ArticleTextBlock
from articles.blocks.settings import DayBlock, SectionBlock
from clinics.alt_text import alt_problems

LEVELS = [("h2", _("Main heading")), ("h3", _("Sub-heading"))]
SPEAKERS = [
    ("patient", _("Actual patient")),
    ("actor", _("Actor")),
    ("model", _("Model")),
]
TEXT_GROUP = _("Text")
TRUST_GROUP = _("Evidence and safety")
MEDIA_GROUP = _("Pictures and calls to action")


def _heading(**kwargs: Any) -> blocks.CharBlock:
    return blocks.CharBlock(required=False, max_length=160, label=_("Heading"), **kwargs)


def _level() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(choices=LEVELS, default="h2", label=_("Heading level"))


class TextBlock(SectionBlock):
    heading = _heading()
    level = _level()
    text = ArticleTextBlock(label=_("Text"))

    class Meta:
        icon = "pilcrow"
        group = TEXT_GROUP
        label = _("Text")
        label_format = "{heading}"
        description = _("A heading and the paragraphs below it")
        preview_value = {"heading": "How it is diagnosed", "text": "<p>Your doctor asks first.</p>"}


class ListBlock(SectionBlock):
    heading = _heading()
    level = _level()
    intro = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    kind = blocks.ChoiceBlock(
        choices=[
            ("plain", _("List")),
            ("symptoms", _("Symptoms")),
            ("steps", _("Steps in order")),
        ],
        default="plain",
        label=_("Kind of list"),
    )
    items = blocks.ListBlock(blocks.CharBlock(max_length=320, label=_("Item")), label=_("Items"))

    class Meta:
        icon = "list-ul"
        group = TEXT_GROUP
        label = _("List")
        label_format = "{heading}"
        description = _("Symptoms, steps, or any list with a heading")
        preview_value = {"heading": "Symptoms", "items": ["Widespread pain", "Poor sleep"]}


class QuestionBlock(SectionBlock):
    question = blocks.CharBlock(max_length=200, label=_("Question"))
    answer = ArticleTextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        group = TEXT_GROUP
        label = _("Question and answer")
        label_format = "{question}"
        description = _("A question as a patient asks it, and the answer")
        preview_value = {"question": "Will it hurt?", "answer": "<p>Most people feel little.</p>"}


class ImageBlock(SectionBlock):
    image = PictureChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Alternative text"),
        help_text=_("What the picture shows. Leave blank to use the picture's own text."),
    )
    decorative = blocks.BooleanBlock(
        required=False, label=_("Decorative"), help_text=_("Screen readers skip the picture.")
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        group = MEDIA_GROUP
        label = _("Picture")
        label_format = "{caption}"
        description = _("A picture with an alternative text that says what it shows")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation or not cleaned.get("image"):
            return cleaned
        for problem in image_alt_problems(cleaned):
            if problem.blocks:
                raise StructBlockValidationError({"alt": ValidationError(problem.message)})
        return cleaned


class QuoteBlock(SectionBlock):
    quote = blocks.TextBlock(rows=3, label=_("Quote"))
    attribution = blocks.CharBlock(max_length=160, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        group = TEXT_GROUP
        label = _("Quote")
        label_format = "{attribution}"
        description = _("Words of a named person or body; never a testimonial")


class CalloutBlock(SectionBlock):
    tone = blocks.ChoiceBlock(
        choices=[
            ("info", _("Good to know")),
            ("caution", _("Caution")),
            ("urgent", _("Get help soon")),
            ("emergency", _("Emergency")),
        ],
        default="info",
        label=_("Urgency"),
    )
    heading = _heading()
    text = ArticleTextBlock(label=_("Text"))

    class Meta:
        icon = "warning"
        group = TRUST_GROUP
        label = _("Callout")
        label_format = "{heading}"
        description = _("A box by urgency, from good to know to emergency")


class FiguresBlock(SectionBlock):
    heading = _heading()
    figures = blocks.ListBlock(FigureBlock(label=_("Figure")), label=_("Figures"))

    class Meta:
        icon = "order"
        group = TRUST_GROUP
        label = _("Figures")
        label_format = "{heading}"
        description = _("Numbers, each with its source")


class RisksBlock(SectionBlock):
    heading = _heading()
    intro = blocks.TextBlock(required=False, rows=2, label=_("Introduction"))
    items = blocks.ListBlock(blocks.CharBlock(max_length=320, label=_("Risk")), label=_("Risks"))
    seek_help = ArticleTextBlock(required=False, label=_("When to get help"))

    class Meta:
        icon = "warning"
        group = TRUST_GROUP
        label = _("Risks")
        label_format = "{heading}"
        description = _("Risks and side effects, and when to get help")


class StatementBlock(SectionBlock):
    statement = StatementChooserBlock(label=_("Statement"))

    class Meta:
        icon = "doc-full"
        group = TRUST_GROUP
        label = _("Statement")
        description = _("A wording that is the same in the whole group, such as off-label use")


class SourcesBlock(SectionBlock):
    heading = _heading(default="Sources")
    sources = blocks.ListBlock(SourceChooserBlock(label=_("Source")), label=_("Sources"))

    class Meta:
        icon = "link"
        group = TRUST_GROUP
        label = _("Sources")
        label_format = "{heading}"
        description = _("The numbered references of the article")


class CallToActionBlock(SectionBlock):
    """Asks for an act; the number and the address come from the visiting clinic (B-01)."""

    action = blocks.ChoiceBlock(
        choices=[
            ("call", _("Call")),
            ("text", _("Text")),
            ("call_text", _("Call or text")),
            ("book", _("Book online")),
            ("directions", _("Get directions")),
        ],
        default="call_text",
        label=_("Action"),
    )
    heading = _heading()
    message = blocks.TextBlock(required=False, rows=2, label=_("Message"))

    class Meta:
        icon = "mail"
        group = MEDIA_GROUP
        label = _("Call to action")
        label_format = "{action} {heading}"
        description = _("Call, text, book or directions, with the clinic's own number")


class TestimonialBlock(SectionBlock):
    """Somebody's words about their treatment, with all that law wants beside them (C-07).

    16 CFR 255.2 wants the result that is generally expected, 22 TAC 164.3(b)(3) and (4) want
    credentials, compensation and models named. Every field is asked for, and every one is shown.
    """

    quote = blocks.TextBlock(rows=3, label=_("Quote"))
    speaker = blocks.CharBlock(max_length=120, label=_("Who said it"))
    kind = blocks.ChoiceBlock(choices=SPEAKERS, label=_("Who speaks here"))
    relationship = blocks.CharBlock(
        max_length=160,
        label=_("Relationship with the clinic"),
        help_text=_("Such as “patient since 2024” or “sister of a nurse here”; or “none”."),
    )
    paid = blocks.ChoiceBlock(
        choices=[("no", _("Nothing was given")), ("yes", _("Something was given"))],
        label=_("Compensation"),
    )
    compensation = blocks.CharBlock(
        required=False, max_length=160, label=_("What was given"), help_text=_("Also a discount.")
    )
    credential = blocks.CharBlock(
        max_length=160,
        label=_("Credentials of the speaker"),
        help_text=_("In health care, such as “registered nurse”; or “none”."),
    )
    typical = blocks.TextBlock(
        rows=2,
        label=_("Typical result"),
        help_text=_("What people can generally expect, as the source found."),
    )
    source = SourceChooserBlock(label=_("Source of the typical result"))
    consent_reference = blocks.CharBlock(
        max_length=80,
        label=_("Authorization"),
        help_text=_("The number or name of the signed HIPAA authorization. It is shown."),
    )
    consent_date = DayBlock(label=_("Signed on"))

    class Meta:
        icon = "openquote"
        group = TRUST_GROUP
        label = _("Testimonial")
        label_format = "{speaker}"
        description = _("Words of a patient, with consent, compensation and the typical result")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        if cleaned.get("paid") == "yes" and not cleaned.get("compensation"):
            errors["compensation"] = ValidationError(_("Say what was given."))
        signed = cleaned.get("consent_date")
        if signed and signed > date.today():
            errors["consent_date"] = ValidationError(_("This day is yet to come."))
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned


class OfferBlock(SectionBlock):
    """A free or cheaper service, with its terms; it goes by itself on its last day (C-09)."""

    heading = blocks.CharBlock(max_length=160, label=_("Offer"))
    text = ArticleTextBlock(required=False, label=_("Text"))
    terms = blocks.TextBlock(rows=2, label=_("Terms"), help_text=_("Who can have it, and how."))
    billing = blocks.TextBlock(
        rows=2,
        label=_("Billing of third parties"),
        help_text=_("Whether a health plan is billed for it, and for what comes after it."),
    )
    expires = DayBlock(label=_("Ends on"), help_text=_("From this day on the offer is not shown."))

    asked_settings = ("expires",)

    class Meta:
        icon = "tag"
        group = MEDIA_GROUP
        label = _("Offer")
        label_format = "{heading}"
        description = _("A free or cheaper service: terms, end, billing, and what the state adds")


SECTION_BLOCKS: dict[str, type[SectionBlock]] = {
    "text": TextBlock,
    "list": ListBlock,
    "question": QuestionBlock,
    "image": ImageBlock,
    "quote": QuoteBlock,
    "testimonial": TestimonialBlock,
    "callout": CalloutBlock,
    "figures": FiguresBlock,
    "risks": RisksBlock,
    "statement": StatementBlock,
    "sources": SourcesBlock,
    "cta": CallToActionBlock,
    "offer": OfferBlock,
}


def section_children() -> list[tuple[str, blocks.Block]]:
    """Fresh blocks for a StreamBlock, in the order of the menu."""
    return [(name, block()) for name, block in SECTION_BLOCKS.items()]


class SlotBlock(SectionBlock):
    """A place that a clinic may fill; without a fill its fallback sections are shown."""

    name = blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9-]*$",
        max_length=60,
        label=_("Code"),
        help_text=_("Lower-case letters, digits and hyphens; fixed once it was published."),
    )
    label = blocks.CharBlock(max_length=120, label=_("What a clinic should say here"))
    fallback = blocks.StreamBlock(
        section_children(), required=False, label=_("Shown where a clinic says nothing")
    )

    class Meta:
        icon = "placeholder"
        group = MEDIA_GROUP
        label = _("Slot")
        label_format = "{label}"
        description = _("A place for each clinic's own words")


class ArticleBody(blocks.StreamBlock):
    """The flat list of an article's sections, slots among them."""

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__(local_blocks or [*section_children(), ("slot", SlotBlock())], **kwargs)


def image_alt_problems(value: Any) -> tuple:
    """What is wrong with the alternative text of a picture section, its own or the picture's."""
    image = value["image"]
    if value["decorative"] or (not value["alt"] and image.decorative_only):
        return ()
    text = value["alt"] or image.default_alt_text
    return alt_problems(text, title=image.title, file_name=image.file.name.rsplit("/", 1)[-1])
