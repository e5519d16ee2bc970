"""Colour contrast by WCAG: colours in, exact ratios and the nearest colour that passes out.

A ratio is never rounded before it is compared: 4.4964 does not pass 4.5.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

BLACK, WHITE = "#000000", "#ffffff"
TEXT_RATIO = 4.5
LARGE_RATIO = 3.0

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")
_LIGHTNESS_STEPS = 1000


def parse_hex(text: str) -> str:
    """`#rrggbb` from "#abc", "ABCDEF" and the like. Raises `ValidationError`."""
    match = _HEX.fullmatch(text.strip().lower())
    if not match:
        raise ValidationError(
            _("“%(text)s” is not a colour. Type # and six digits or letters a to f, like #0b4f6c."),
            code="colour",
            params={"text": text},
        )
    digits = match[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast_ratio(a: str, b: str) -> float:
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def composite(fg: str, alpha: float, bg: str) -> str:
    """The solid colour that a see-through `fg` makes on `bg`; contrast is measured with that."""
    mixed = (
        int(alpha * front + (1 - alpha) * back + 0.5)
        for front, back in zip(_channels(fg), _channels(bg), strict=True)
    )
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def ink_on(fill: str) -> str:
    """Black or white. The better of the two is above 4.58 on every colour there is."""
    return max(BLACK, WHITE, key=lambda ink: contrast_ratio(ink, fill))


@lru_cache(maxsize=256)  # up to 0.1 s for a light colour, and a theme asks for several
def nearest_passing(colour: str, against: str, ratio: float = TEXT_RATIO) -> str:
    """The colour of the same hue, as little lighter or darker as it takes to pass on `against`.

    Checked as the `#rrggbb` it comes out as. Raises `ValueError` if even black and white fail.
    """
    if contrast_ratio(colour, against) >= ratio:
        return colour
    from coloraide import Color  # noqa: PLC0415 - slow import

    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    for step in range(1, _LIGHTNESS_STEPS + 1):
        for moved in (lightness - step / _LIGHTNESS_STEPS, lightness + step / _LIGHTNESS_STEPS):
            shade = Color("oklch", [min(max(moved, 0), 1), chroma, hue]).convert("srgb")
            shade_hex = shade.fit(method="oklch-chroma").to_string(hex=True)
            if contrast_ratio(shade_hex, against) >= ratio:
                return shade_hex
    raise ValueError(f"No colour reaches {ratio}:1 on {against}.")


def check_brand(primary: str, accent: str) -> None:
    """Raises `ValidationError` by field (`primary`, `accent`) for colours that cannot be read.

    Primary is text and links on white, and the fill of a button with white text: one ratio. Accent
    is only ever a fill under `ink_on(accent)`, which always passes, so any real colour will do.
    """
    errors = {}
    for field, check, value in (
        ("primary", _check_on_white, primary),
        ("accent", parse_hex, accent),
    ):
        try:
            check(value)
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)


def _check_on_white(primary: str) -> None:
    colour = parse_hex(primary)
    ratio = contrast_ratio(colour, WHITE)
    if ratio < TEXT_RATIO:
        raise ValidationError(
            _(
                "Text in %(colour)s on %(white)s, and white text on a %(colour)s button, cannot be "
                "read well: the contrast is %(ratio)s:1, and at least %(needed)s:1 is needed. "
                "The nearest colour that passes is %(nearest)s."
            ),
            code="contrast",
            params={
                "colour": colour,
                "white": WHITE,
                "ratio": _failing(ratio, TEXT_RATIO),
                "needed": TEXT_RATIO,
                "nearest": nearest_passing(colour, WHITE),
            },
        )


def _failing(ratio: float, needed: float) -> str:
    """Enough decimals that a ratio that fails never reads as one that passes."""
    places = 4
    while float(f"{ratio:.{places}f}") >= needed:
        places += 1
    return f"{ratio:.{places}f}"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
