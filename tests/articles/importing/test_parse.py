from __future__ import annotations

from datetime import date

from articles.importing.parse import parse_article
from articles.importing.parsed import ParsedSection, SubHeading, TextList
from tests.articles.importing.samples import (
    CARE,
    INTRO,
    SIGNS,
    WITH_CHROME,
    WITH_TITLE,
    WITHOUT_TITLE,
)


def test_first_line_that_is_a_question_is_the_title() -> None:
    """I-01, I-03: the shape of 001."""
    article = parse_article(WITH_TITLE)

    assert article.title == "What Should I Know About Migraine?"
    assert article.sections == (
        ParsedSection(body=(INTRO,)),
        ParsedSection(heading="How does an attack begin?", body=(SIGNS, CARE)),
    )
    assert article.chrome == ("Share",)


def test_text_that_starts_with_a_paragraph_has_no_title_but_a_suggestion() -> None:
    """I-03: the shape of 002."""
    article = parse_article(WITHOUT_TITLE)

    assert (article.title, article.title_suggestion) == (None, "What sets off an attack")
    assert article.headings == ("What sets off an attack", "Care that “fits”")
    assert article.sections[0] == ParsedSection(body=(INTRO,))
    assert (article.chrome, article.warnings) == ((), ())


def test_chrome_becomes_structure() -> None:
    """I-01: the shapes of 003 and 004 together, with single line breaks."""
    article = parse_article(WITH_CHROME)

    assert article.title == "Living With Migraine"
    assert article.sections == (
        ParsedSection(body=(INTRO,)),
        ParsedSection(heading="Why Choose Hillside Pain Care", body=(CARE,)),
        ParsedSection(kind="cta", action="call_text"),
    )
    assert article.chrome == (
        "Skip to main content",
        "pic",
        "IMG_0042.jpg",
        "January 5, 2023",
        "Call Us Text Us",
        "Facebook Twitter Email",
        "Back to top",
    )
    assert article.alts == ("pic", "IMG_0042.jpg")
    assert article.date == date(2023, 1, 5)
    assert article.is_cta_found
    assert article.warnings == ("“Call Us Text Us” became a call-to-action section (call_text).",)


def test_plain_run_of_paragraphs_is_one_section() -> None:
    article = parse_article(f"{INTRO}\n{SIGNS}\n\n{CARE}")

    assert article.sections == (ParsedSection(body=(INTRO, SIGNS, CARE)),)
    assert article.title_suggestion == "Migraine is more than a headache, and for …"


def test_suggestion_is_the_first_sentence_where_that_is_short() -> None:
    assert parse_article("It hurts. Then it goes.").title_suggestion == "It hurts"


def test_blank_lines_make_no_difference() -> None:
    one = parse_article(WITH_CHROME)
    other = parse_article(WITH_CHROME.replace("\n", "\n\n\n"))

    assert one == other


def test_title_given_by_hand_that_says_the_same_replaces_the_line() -> None:
    article = parse_article(WITH_TITLE, title="What should I know about migraine?")

    assert article.title == "What should I know about migraine?"
    assert article.headings == ("How does an attack begin?",)


def test_other_title_given_by_hand_keeps_the_line_as_a_heading() -> None:
    article = parse_article(WITH_TITLE, title="Migraine")

    assert article.title == "Migraine"
    assert article.sections[0] == ParsedSection(
        heading="What Should I Know About Migraine?", body=(INTRO,)
    )
    assert article.warnings == (
        "“What Should I Know About Migraine?” was kept as a heading: another title was given.",
    )


def test_title_given_by_hand_to_a_text_without_one() -> None:
    article = parse_article(WITHOUT_TITLE, title="Migraine")

    assert (article.title, article.warnings) == ("Migraine", ())
    assert article.headings == ("What sets off an attack", "Care that “fits”")


def test_title_printed_twice_stands_once() -> None:
    article = parse_article(
        f"pic\nLiving With Migraine\nMarch 2, 2022\nLiving with migraine\n{CARE}"
    )

    assert article.title == "Living With Migraine"
    assert article.sections == (ParsedSection(body=(CARE,)),)
    assert article.chrome == ("pic", "March 2, 2022", "Living with migraine")


def test_byline_before_the_title_or_the_text_stays_and_is_reported() -> None:
    article = parse_article(f"By Jane Doe, MD\nLiving With Migraine\n{CARE}")

    assert article.title == "Living With Migraine"
    assert article.sections == (ParsedSection(body=("By Jane Doe, MD", CARE)),)
    assert article.warnings == (
        "“By Jane Doe, MD” names somebody: set author or credit, then remove it.",
    )


def test_bullets_and_numbers_become_lists() -> None:
    article = parse_article(
        f"{INTRO}\n\nWhat helps\n\n- Rest\n\n- Water\n• Sleep.\n\n"
        f"Steps\n1. Lie down\n2) Breathe\n{CARE}"
    )

    assert article.sections[1:] == (
        ParsedSection(heading="What helps", body=(TextList(("Rest", "Water", "Sleep.")),)),
        ParsedSection(
            heading="Steps", body=(TextList(("Lie down", "Breathe"), is_ordered=True), CARE)
        ),
    )


def test_numbered_headings_keep_their_numbers() -> None:
    article = parse_article(f"{INTRO}\n\n1. Rest\n\n{CARE}\n\n2. Water\n\n{SIGNS}")

    assert article.headings == ("1. Rest", "2. Water")


def test_dash_alone_is_a_dash() -> None:
    assert parse_article(f"{INTRO}\n– and not only that.").sections[0].paragraphs[1] == (
        "– and not only that."
    )


def test_line_that_leads_into_a_list_is_a_paragraph() -> None:
    article = parse_article(f"{INTRO}\n\nSigns\n\nSigns include:\n- yawning\n- thirst")

    assert article.sections[1] == ParsedSection(
        heading="Signs", body=("Signs include:", TextList(("yawning", "thirst")))
    )


def test_heading_with_a_colon_above_a_list_stays_a_heading() -> None:
    article = parse_article(f"{INTRO}\n\nSigns:\n- yawning\n- thirst")

    assert article.sections[1] == ParsedSection(
        heading="Signs:", body=(TextList(("yawning", "thirst")),)
    )


def test_short_lines_after_a_colon_are_a_list_without_bullets() -> None:
    article = parse_article(f"{INTRO}\n\nSigns include:\n\nyawning\n\nthirst\n\nCare\n\n{CARE}")

    assert article.sections == (
        ParsedSection(body=(INTRO, "Signs include:", TextList(("yawning", "thirst")))),
        ParsedSection(heading="Care", body=(CARE,)),
    )


def test_list_without_bullets_ends_with_its_block() -> None:
    article = parse_article(f"{INTRO}\n\nSigns:\nyawning\nthirst\n\nCare\n\nMore care\n\n{CARE}")

    assert article.sections[0].body[1:] == ("Signs:", TextList(("yawning", "thirst")))
    assert article.headings == ("Care", "More care")


def test_heading_right_below_a_heading_stands_inside_its_section() -> None:
    article = parse_article(f"{INTRO}\n\nCare\n\nAt home\n\n{CARE}")

    assert article.sections[1] == ParsedSection(heading="Care", body=(SubHeading("At home"), CARE))
    assert article.headings == ("Care", "At home")
    assert article.warnings == ("“Care” has no text before the heading “At home”.",)


def test_heading_at_the_very_end_stays_as_a_paragraph() -> None:
    article = parse_article(f"{INTRO}\n\nCare\n\n{CARE}\n\nYour path to fewer attacks\nShare")

    assert article.sections[-1] == ParsedSection(
        heading="Care", body=(CARE, "Your path to fewer attacks")
    )
    assert article.warnings == (
        "“Your path to fewer attacks” may be a heading, but has no text: now a paragraph.",
    )


def test_heading_above_a_button_is_the_heading_of_the_button() -> None:
    article = parse_article(f"{INTRO}\n\nReady to begin?\nCall Us Text Us\nSkip to content")

    assert article.sections == (
        ParsedSection(body=(INTRO,)),
        ParsedSection(heading="Ready to begin?", kind="cta", action="call_text"),
    )


def test_button_between_a_heading_and_its_text_moves_above_them() -> None:
    article = parse_article(f"{INTRO}\n\nCare\n\nCall Us\n\n{CARE}")

    assert article.sections == (
        ParsedSection(body=(INTRO,)),
        ParsedSection(kind="cta", action="call"),
        ParsedSection(heading="Care", body=(CARE,)),
    )
    assert article.warnings == ("“Call Us” became a call-to-action section (call).",)


def test_button_between_paragraphs_parts_the_section() -> None:
    article = parse_article(f"{INTRO}\n\nCall Us\nCall Now\n\n{CARE}")

    assert article.sections == (
        ParsedSection(body=(INTRO,)),
        ParsedSection(kind="cta", action="call"),
        ParsedSection(body=(CARE,)),
    )
    assert article.warnings[1] == "“Call Now” repeats the button before it."


def test_button_before_the_text_is_reported_and_makes_no_section() -> None:
    article = parse_article(f"Call Us\nLiving With Migraine\n{CARE}")

    assert (article.title, article.is_cta_found) == ("Living With Migraine", True)
    assert article.sections == (ParsedSection(body=(CARE,)),)
    assert article.warnings == (
        "“Call Us” stood before the text: the header's own button is there.",
    )


def test_lines_around_chrome_are_not_joined() -> None:
    cut = "An attack may begin a day before the pain, with yawning and also"
    article = parse_article(f"{INTRO}\n\n{cut}\nShare\nthirst for some people.")

    assert article.sections == (ParsedSection(body=(INTRO, cut, "thirst for some people.")),)


def test_small_letter_at_the_start_of_a_heading_is_reported() -> None:
    article = parse_article(f"{INTRO}\n\nwoman at a window\n\n{CARE}")

    assert article.warnings == ("“woman at a window” starts with a small letter: is it a heading?",)
