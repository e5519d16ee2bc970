from __future__ import annotations

from datetime import date

import pytest

from articles.importing.chrome import Chrome, read_chrome
from articles.importing.lines import Line, split_lines

BEFORE = "Migraine comes and goes, and a diary helps to see what brings it on."
AFTER = "Most people find two or three causes in their diary within some weeks."


def chrome_of(text: str) -> list[tuple[str, str]]:
    read = read_chrome(split_lines(text))
    return [(item.kind, item.text) for item in read if isinstance(item, Chrome)]


def in_the_middle(line: str) -> Line | Chrome:
    return read_chrome(split_lines(f"{BEFORE}\n\n{line}\n\n{AFTER}"))[1]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("share", "Share"),
        ("share", "SHARE"),
        ("share", "Share:"),
        ("share", "Share this article"),
        ("share", "Share on Facebook"),
        ("share", "Share Facebook Twitter LinkedIn Email"),
        ("share", "Facebook | Twitter | Email"),
        ("share", "Copy link"),
        ("skip", "Skip to content"),
        ("skip", "Skip to main content"),
        ("skip", "Jump to navigation"),
        ("skip", "Back to top ↑"),
        ("alt", "pic"),
        ("alt", "misc image"),
        ("alt", "Image"),
        ("alt", "photo 2"),
        ("alt", "[image]"),
        ("alt", "Placeholder image"),
        ("alt", "Image Placeholder"),
        ("alt", "IMG_0042.jpg"),
        ("alt", "IMG_0042"),
        ("alt", "DSC00017 (1)"),
        ("alt", "woman with headache.png"),
        ("alt", "https://hillside.example/media/hero-2.webp"),
        ("navigation", "5 min read"),
        ("separator", "* * *"),
        ("separator", "———"),
    ],
)
def test_chrome_is_found_between_paragraphs(kind: str, line: str) -> None:
    """I-01: whole lines, wherever they stand."""
    found = in_the_middle(line)

    assert isinstance(found, Chrome)
    assert (found.kind, found.text) == (kind, line)
    assert line in found.became


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("Call Us Text Us", "call_text"),
        ("Call Us | Text Us", "call_text"),
        ("CALL OR TEXT US TODAY!", "call_text"),
        ("Call Text Book", "call_text"),
        ("Call Us", "call"),
        ("Call Now →", "call"),
        ("Call us at (303) 555-0142", "call"),
        ("Call (303) 555-0142", "call"),
        ("Click here to call us now", "call"),
        ("Text Us", "text"),
        ("Book Now", "book"),
        ("Book Now Call Now", "book"),
        ("Schedule Online", "book"),
        ("Get Directions", "directions"),
        ("Contact Us Book an Appointment", "call_text"),
    ],
)
def test_button_labels_alone_on_a_line_are_a_call_to_action(line: str, action: str) -> None:
    """I-01."""
    found = in_the_middle(line)

    assert isinstance(found, Chrome)
    assert (found.kind, found.action) == ("cta", action)


@pytest.mark.parametrize(
    "line",
    [
        "Share what helps you",
        "Skip to content warnings",
        "Call us today, and we will help you to plan the next weeks with less pain.",
        "Call us now.",
        "Share.",
        "Imaging",
        "Picture this",
        "Photo 51 and its story",
        "When to Call Us",
        "Text neck",
        "Book club",
        "Contact Us",
        "Visit Us",
        "Schedule a Consultation",
        "Get Started",
        "Home",
        "Email",
        "March 2022",
        "Hillside Pain Care",
    ],
)
def test_headings_and_sentences_of_the_body_are_not_chrome(line: str) -> None:
    assert isinstance(in_the_middle(line), Line)


def test_possible_buttons_and_menus_are_chrome_at_the_edges() -> None:
    lines = (
        "Menu",
        "Contact Us",
        "Living With Migraine",
        BEFORE,
        "Schedule a Consultation",
        "Email",
    )

    assert chrome_of("\n".join(lines)) == [
        ("navigation", "Menu"),
        ("cta", "Contact Us"),
        ("cta", "Schedule a Consultation"),
        ("share", "Email"),
    ]


def test_heading_of_the_first_paragraph_is_no_button() -> None:
    assert chrome_of(f"Living With Migraine\n\nGet Started\n\n{BEFORE}") == []


def test_heading_above_a_last_list_is_no_button() -> None:
    assert chrome_of(f"{BEFORE}\n\nContact Us\n- by phone\n- by text") == []


def test_first_date_line_with_a_day_is_the_published_date() -> None:
    read = read_chrome(split_lines(f"Living With Migraine\nMarch 2, 2022\n{BEFORE}"))

    assert read[1] == Chrome(
        "March 2, 2022",
        "date",
        "DATE: “March 2, 2022” became the published date; check it, and set a review date.",
        day=date(2022, 3, 2),
    )


def test_second_date_in_the_middle_is_a_heading() -> None:
    text = f"March 2, 2022\n{BEFORE}\nApril 4, 2022\n{AFTER}"

    assert chrome_of(text) == [("date", "March 2, 2022")]


def test_updated_date_at_the_end_is_chrome_and_not_the_published_date() -> None:
    read = read_chrome(split_lines(f"{BEFORE}\nUpdated March 2, 2022"))

    assert isinstance(read[1], Chrome)
    assert (read[1].kind, read[1].day) == ("date", None)


def test_nothing_but_chrome_is_chrome() -> None:
    assert chrome_of("pic\nHome\nShare\nCall Us") == [
        ("alt", "pic"),
        ("navigation", "Home"),
        ("share", "Share"),
        ("cta", "Call Us"),
    ]
