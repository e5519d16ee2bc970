"""Vectors of domain 9.3 (W-06)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from clinics.contrast import (
    LARGE_RATIO,
    TEXT_RATIO,
    check_brand,
    composite,
    contrast_ratio,
    ink_on,
    nearest_passing,
    parse_hex,
)

VECTORS = [
    ("#000000", "#ffffff", 21.0, True, True),
    ("#767676", "#ffffff", 4.5422, True, True),
    ("#777777", "#ffffff", 4.4781, False, True),
    ("#949494", "#ffffff", 3.0335, False, True),
    ("#959595", "#ffffff", 2.9953, False, False),
    ("#3973dd", "#ffffff", 4.4964, False, True),
    ("#e70276", "#ffffff", 4.4987, False, True),
    ("#1a73e8", "#ffffff", 4.5050, True, True),
    ("#ff0000", "#ffffff", 3.9985, False, True),
    ("#2e8b57", "#ffffff", 4.2451, False, True),
    ("#00a499", "#ffffff", 3.1018, False, True),
    ("#f47738", "#ffffff", 2.7842, False, False),
    ("#f47738", "#0b0c0c", 7.0350, True, True),
    ("#ffb81c", "#ffffff", 1.7320, False, False),
    ("#7a7a7a", "#f5f5f5", 3.9372, False, True),
    ("#808080", "#ffffff", 3.9494, False, True),
]


@pytest.mark.parametrize(("a", "b", "ratio", "is_text", "is_large"), VECTORS)
def test_contrast_ratio_is_exact(
    a: str, b: str, ratio: float, is_text: bool, is_large: bool
) -> None:
    measured = contrast_ratio(a, b)

    # The table has 4.4987 for #e70276; the formula gives 4.49865.
    assert measured == pytest.approx(ratio, abs=1e-4)
    assert measured == contrast_ratio(b, a)
    assert (measured >= TEXT_RATIO, measured >= LARGE_RATIO) == (is_text, is_large)


def test_composite_makes_half_black_on_white_grey() -> None:
    assert composite("#000000", 0.5, "#ffffff") == "#808080"
    assert composite("#3973dd", 1, "#ffffff") == "#3973dd"
    assert composite("#3973dd", 0, "#ffffff") == "#ffffff"


@pytest.mark.parametrize("ratio", [TEXT_RATIO, LARGE_RATIO])
@pytest.mark.parametrize(("colour", "against"), [vector[:2] for vector in VECTORS])
def test_nearest_passing_passes_as_hex(colour: str, against: str, ratio: float) -> None:
    nearest = nearest_passing(colour, against, ratio)

    assert contrast_ratio(nearest, against) >= ratio
    assert nearest == parse_hex(nearest)
    # Nearest: not a step further than needed, and not a step at all for what passes.
    if contrast_ratio(colour, against) >= ratio:
        assert nearest == colour
    else:
        assert contrast_ratio(nearest, against) < ratio + 0.1


def test_nearest_passing_keeps_the_hue() -> None:
    assert nearest_passing("#3973dd", "#ffffff") == "#3872dc"
    assert nearest_passing("#777777", "#ffffff") == "#767676"
    assert nearest_passing("#777777", "#000000", 7) == "#959595"


def test_nearest_passing_refuses_what_no_colour_reaches() -> None:
    with pytest.raises(ValueError, match=r"No colour reaches 15:1 on #777777\."):
        nearest_passing("#3973dd", "#777777", 15)


@pytest.mark.parametrize(
    ("fill", "ink"),
    [
        ("#ffffff", "#000000"),
        ("#000000", "#ffffff"),
        ("#f2a541", "#000000"),
        ("#ffb81c", "#000000"),
        ("#0b4f6c", "#ffffff"),
        ("#7a1f5c", "#ffffff"),
    ],
)
def test_ink_on_is_the_more_readable(fill: str, ink: str) -> None:
    assert ink_on(fill) == ink


def test_ink_on_passes_on_every_fill() -> None:
    """Why `check_brand` never refuses an accent: the worst grey is still above 4.5."""
    levels = range(0, 256, 15)
    fills = [f"#{r:02x}{g:02x}{b:02x}" for r in levels for g in levels for b in levels]

    assert min(contrast_ratio(fill, ink_on(fill)) for fill in fills) >= TEXT_RATIO


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0b4f6c", "#0b4f6c"),
        ("0B4F6C", "#0b4f6c"),
        (" #ABC ", "#aabbcc"),
        ("abc", "#aabbcc"),
    ],
)
def test_parse_hex_accepts_usual_spellings(text: str, colour: str) -> None:
    assert parse_hex(text) == colour


@pytest.mark.parametrize(
    "text", ["", "#", "#abcd", "#12345g", "red", "#0b4f6c;}", "rgb(0,0,0)", "#٠٠٠"]
)
def test_parse_hex_refuses_with_remedy(text: str) -> None:
    with pytest.raises(ValidationError) as error:
        parse_hex(text)

    assert error.value.messages == [
        f"“{text}” is not a colour. Type # and six digits or letters a to f, like #0b4f6c."
    ]


@pytest.mark.parametrize(
    ("primary", "accent"),
    [
        ("#0b4f6c", "#f2a541"),
        ("#7a1f5c", "#2e8b57"),
        ("#3b3b98", "#ffb81c"),
        ("#1a73e8", "#777777"),
    ],
)
def test_check_brand_accepts_readable_colours(primary: str, accent: str) -> None:
    check_brand(primary, accent)


def test_check_brand_names_pair_ratio_and_nearest_colour() -> None:
    """W-06: 4.4964 is not shown as 4.50."""
    with pytest.raises(ValidationError) as error:
        check_brand("#3973dd", "#f2a541")

    assert error.value.message_dict == {
        "primary": [
            "Text in #3973dd on #ffffff, and white text on a #3973dd button, cannot be read well: "
            "the contrast is 4.4964:1, and at least 4.5:1 is needed. "
            "The nearest colour that passes is #3872dc."
        ]
    }


def test_check_brand_reports_both_fields_at_once() -> None:
    with pytest.raises(ValidationError) as error:
        check_brand("#ffb81c", "yellow")

    assert sorted(error.value.message_dict) == ["accent", "primary"]
