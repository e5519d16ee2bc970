from __future__ import annotations

from itertools import pairwise

import pytest

from articles.importing.lines import (
    Line,
    Marker,
    is_credit,
    is_heading,
    join_wrapped,
    list_marker,
    split_lines,
)


@pytest.mark.parametrize(
    "text",
    [
        "What is migraine?",
        "Care that “fits”",
        "Living with pain: a guide",
        "You are not alone!",
        "Signs:",
        "1. Rest",
        "one two three four five six seven eight nine ten eleven twelve",
        "By the numbers",
    ],
)
def test_short_line_without_full_stop_is_a_heading(text: str) -> None:
    """I-03."""
    assert is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It hurts.",
        "“It hurts.”",
        "It hurts (a lot.)",
        "And then…",
        "Rest, sleep, water,",
        "Rest; water;",
        "2 – 4 %",
        "(303) 555-0142",
        "one two three four five six seven eight nine ten eleven twelve thirteen",
        "By Jane Doe, MD",
        "x" * 161,
    ],
)
def test_sentence_number_or_byline_is_no_heading(text: str) -> None:
    assert not is_heading(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jane Doe", True),
        ("Medically reviewed by Jane Doe, MD", True),
        ("Photo by J. Doe", True),
        ("© 2023 Hillside", True),
        ("By resting early you may stop an attack", False),
        ("By Way", False),
    ],
)
def test_is_credit(text: str, expected: bool) -> None:
    assert is_credit(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Rest", Marker("Rest")),
        ("• Rest.", Marker("Rest.")),
        ("– Rest", Marker("Rest", is_dash=True)),
        ("2. Rest", Marker("Rest", number=2)),
        ("2) Rest", Marker("Rest", number=2)),
        ("2.5 mg", None),
        ("-", None),
        ("Rest – early", None),
        ("2023. A year", None),
    ],
)
def test_list_marker(text: str, expected: Marker | None) -> None:
    assert list_marker(text) == expected


def test_split_lines_counts_blocks_between_blank_lines() -> None:
    lines = split_lines("One\nTwo\n\n \nThree\n")

    assert [line.text for line in lines] == ["One", "Two", "Three"]
    assert [one.block == other.block for one, other in pairwise(lines)] == [True, False]


def joined(*texts: str) -> list[str]:
    return [line.text for line in join_wrapped([Line(text, 0) for text in texts])]


def test_join_wrapped_makes_one_paragraph_of_lines_cut_at_a_width() -> None:
    assert joined(
        "How an attack begins",
        "An attack may begin a day before the pain, with yawning and",
        "thirst that nobody links to it. People who keep a diary see",
        "Monday mornings stand out.",
        "A second paragraph.",
    ) == [
        "How an attack begins",
        "An attack may begin a day before the pain, with yawning and thirst that nobody links to "
        "it. People who keep a diary see Monday mornings stand out.",
        "A second paragraph.",
    ]


def test_join_wrapped_leaves_a_heading_after_a_full_last_line_alone() -> None:
    assert joined(
        "An attack may begin a day before the pain, with yawning and",
        "thirst that nobody links to it, not even the family at home.",
        "What helps",
        "Rest.",
    )[1:] == ["What helps", "Rest."]


def test_join_wrapped_leaves_paragraphs_of_one_line_each_alone() -> None:
    texts = ("Rest in a dark room helps many people with a bad attack.", "What helps", "water")

    assert joined(*texts) == list(texts)


def test_join_wrapped_never_joins_across_a_blank_line() -> None:
    lines = (
        Line("An attack may begin a day before the pain, with yawning and", 0),
        Line("thirst that nobody links to it.", 1),
    )

    assert join_wrapped(lines) == lines


def test_join_wrapped_keeps_list_items_apart() -> None:
    texts = (
        "- yawning and a thirst that nobody links to the pain at all,",
        "or only much later",
        "- a stiff neck",
    )

    assert joined(*texts) == [f"{texts[0]} {texts[1]}", texts[2]]
