"""C-01, T-09: what a page about the drug has above its first call to action."""

from __future__ import annotations

import pytest

from articles.claims.required import Block, missing_blocks
from articles.claims.rule import Part

HEADINGS = {
    Block.EXCLUSIONS: "Who should not have ketamine",
    Block.ALTERNATIVES: "Treatments to talk about first",
    Block.LIMITS: "What research says",
}
BODIES = {
    Block.OFF_LABEL: Part("", "statement", "Not FDA-approved for this.", "statement", "off"),
    Block.RISKS: Part("Harm", "items", "Nausea", "risks", "risks"),
    Block.LIMITS: Part("Limits", "text", "It was not clear by week 12.", "text", "limits"),
    Block.EMERGENCY: Part("Now", "text", "Call 911 for chest pain.", "callout", "now"),
}
CALL = Part("Book", "heading", "Book a visit", "cta", "book")
WORDS = Part("What it is", "text", "Ketamine is a drug.", "text", "what")


def block(name: Block) -> list[Part]:
    """A section that is this block."""
    key = "limits" if name is Block.LIMITS else name.value
    section = "Limits" if name is Block.LIMITS else HEADINGS.get(name, "")
    heading = [Part(section, "heading", HEADINGS[name], "text", key)] if name in HEADINGS else []
    return [*heading, *([BODIES[name]] if name in BODIES else [])]


def page(*names: Block, call_after: int | None = None) -> list[Part]:
    """These blocks, with the call to action after so many of them, or at the end."""
    pieces = [block(name) for name in names]
    pieces.insert(len(pieces) if call_after is None else call_after, [CALL])
    return [WORDS, *(part for piece in pieces for part in piece)]


def test_page_with_every_block_lacks_nothing() -> None:
    assert missing_blocks(page(*Block)) == ()


@pytest.mark.parametrize("name", Block)
def test_each_block_is_missed(name: Block) -> None:
    assert missing_blocks(page(*(each for each in Block if each is not name))) == (name,)


def test_page_without_any_block_lacks_all() -> None:
    assert missing_blocks([WORDS, CALL]) == tuple(Block)


def test_statement_right_below_the_call_is_too_late() -> None:
    assert missing_blocks(page(*Block, call_after=0)) == (
        *(Block.OFF_LABEL, Block.RISKS),
        *(Block.EXCLUSIONS, Block.ALTERNATIVES, Block.LIMITS),
    )


def test_block_beside_the_call_counts_and_one_further_down_does_not() -> None:
    """T-09: before or beside the first call to action."""
    order = (*(each for each in Block if each is not Block.RISKS), Block.RISKS)

    assert missing_blocks(page(*order, call_after=5)) == ()
    assert missing_blocks(page(*order, call_after=4)) == (Block.RISKS,)


def test_emergency_may_be_anywhere() -> None:
    assert missing_blocks([*page(*list(Block)[:-1]), WORDS, *block(Block.EMERGENCY)]) == ()


@pytest.mark.parametrize("field", ["seo_title", "search_description", "title"])
def test_statement_outside_the_text_is_none(field: str) -> None:
    """C-01: patients read it in the main part of the page."""
    head = Part("", field, "Ketamine is not FDA-approved for pain. Risks and side effects")
    rest = page(*(each for each in Block if each not in (Block.OFF_LABEL, Block.RISKS)))

    assert missing_blocks([head, *rest]) == (Block.OFF_LABEL, Block.RISKS)


@pytest.mark.parametrize(
    "heading", ["What research says", "The evidence for ketamine", "Studies of pain"]
)
def test_praise_below_a_heading_on_evidence_tells_no_limits(heading: str) -> None:
    praise = Part("E", "text", "Studies show great relief.", "text", "e")
    rest = page(*(each for each in Block if each is not Block.LIMITS))

    assert missing_blocks([Part("E", "heading", heading, "text", "e"), praise, *rest]) == (
        Block.LIMITS,
    )


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        (Block.EXCLUSIONS, "When this is not the right visit"),
        (Block.EXCLUSIONS, "Contraindications"),
        (Block.EXCLUSIONS, "Who can't have an infusion"),
        (Block.ALTERNATIVES, "Your other choices"),
        (Block.ALTERNATIVES, "Choices to talk about"),
        (Block.ALTERNATIVES, "Alternatives to ketamine"),
        (Block.RISKS, "Side effects"),
    ],
)
def test_headings_are_known_by_their_words(name: Block, heading: str) -> None:
    rest = page(*(each for each in Block if each is not name))

    assert missing_blocks([Part(heading, "heading", heading, "list", "x"), *rest]) == ()


@pytest.mark.parametrize(
    "heading", ["Who we are", "Why choose us", "The best choice", "Not just another clinic"]
)
def test_other_headings_stand_for_nothing(heading: str) -> None:
    asked = {Block.RISKS, Block.EXCLUSIONS, Block.ALTERNATIVES, Block.LIMITS}
    rest = page(Block.OFF_LABEL, Block.EMERGENCY)

    found = missing_blocks([Part(heading, "heading", heading, "text", "x"), *rest])

    assert set(found) == asked


def test_room_named_after_emergencies_is_no_advice() -> None:
    trial = Part("T", "text", "In one emergency room trial, 34 adults took part.", "text", "t")

    assert missing_blocks([trial, *page(*list(Block)[:-1])]) == (Block.EMERGENCY,)
