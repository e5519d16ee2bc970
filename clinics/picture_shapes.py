"""The shapes in which pages show pictures: crops, formats, and how wide they stand."""

from __future__ import annotations

from dataclasses import dataclass

# Where two or three pixels of a picture make one of the page, nobody tells 35 from the 50 of
# others, and what a patient on a phone waits for has a third fewer bytes.
DENSE = "avifquality-35"
# 32 pixels of a logo have few colors; as true color they are three to four times as many bytes.
ICON_COLORS = "palette-64"


@dataclass(frozen=True)
class Shape:
    """Crops from small to large, in formats from the best to the one that every browser knows.

    `sizes` is how wide the picture stands on the page. `dense` is a crop that stands
    where its pixels are small: on phones only, or at half its size.
    """

    crops: tuple[str, ...]
    sizes: str = "100vw"
    formats: tuple[str, ...] = ("avif", "webp", "jpeg")
    dense: str = ""

    def specs(self, format_: str) -> tuple[str, ...]:
        return tuple(
            f"{crop}|{DENSE}|format-{format_}"
            if (crop, format_) == (self.dense, "avif")
            else f"{crop}|format-{format_}"
            for crop in self.crops
        )

    @property
    def every_spec(self) -> tuple[str, ...]:
        return tuple(spec for format_ in self.formats for spec in self.specs(format_))


_CARD_CROPS = ("fill-480x320", "fill-720x480", "fill-960x640")

SHAPES: dict[str, Shape] = {
    "wide": Shape(
        ("fill-736x414", "fill-1200x675", "fill-1600x900"),
        "(min-width: 75rem) 75rem, 100vw",
        dense="fill-736x414",
    ),
    "half": Shape(
        ("fill-600x450", "fill-800x600", "fill-1200x900"), "(min-width: 48rem) 36rem, 100vw"
    ),
    "card": Shape(_CARD_CROPS, "22rem"),
    # On a phone, beside the words of the card.
    "card-row": Shape(_CARD_CROPS, "(min-width: 48rem) 22rem, 13rem"),
    "text": Shape(("width-480", "width-736", "width-960"), "(min-width: 48rem) 42rem, 100vw"),
    "thumb": Shape(("fill-320x320",), "10rem"),
    "logo": Shape(("max-384x96",), "16rem", ("avif", "png"), dense="max-384x96"),
    # For the tabs of browsers, and for lists of search engines, which want more than 48 pixels.
    "icon": Shape((f"max-32x32|{ICON_COLORS}", f"max-96x96|{ICON_COLORS}"), formats=("png",)),
    "share": Shape(("fill-1200x630",), formats=("jpeg",)),
}
