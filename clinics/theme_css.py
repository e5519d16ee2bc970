"""A clinic's brand in, its theme stylesheet out: custom properties for light and dark screens.

Pure, so the address of a stylesheet can carry its values and be served on any host. Every colour
passes `parse_hex` first: nothing that an editor typed may reach the stylesheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.clinic import Brand
from clinics.contrast import (
    LARGE_RATIO,
    TEXT_RATIO,
    composite,
    contrast_ratio,
    ink_on,
    nearest_passing,
    parse_hex,
)

# Coloured letters on a dark surface look thinner than they measure.
DARK_TEXT_RATIO = 6.0

# From this width on a second font is fetched: on a phone it would come after the words are read.
WIDE = "48rem"

# The surfaces of tokens.css that text in a brand colour stands on.
LIGHT_SURFACE = "#ffffff"
DARK_SURFACE = "#11181d"


@dataclass(frozen=True)
class Face:
    """A font of our own, never fetched from anybody else (P-01), in two files.

    `<file>.woff2` has the signs of `EVERYDAY`, `<file>-rest.woff2` the other letters of Latin-1.
    `size` brings small letters to the height that those of other fonts have: told with the font, it
    spares a browser to look it up for every element (`font-size-adjust`).
    """

    family: str
    file: str
    weight: str
    size: str = "100%"


@dataclass(frozen=True)
class Typeface:
    """A pair of font stacks, with the weights, tracking and corners that suit them.

    `faces` are its fonts: the first for every page, a second on wide screens only.
    """

    label: str | Promise
    heading: str
    body: str
    weight: int
    small_weight: int
    tracking: str
    corner: str
    faces: tuple[Face, ...]


# ASCII and the signs of typography: what American pages are written in.
EVERYDAY = (
    "U+20-7E,U+A0,U+A9,U+AE,U+B0,U+B7,U+BD,U+D7,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,"
    "U+2026,U+2122,U+2212"
)
# Where the ranges overlapped, browsers would fetch the rest while the other file is on its way.
REST = (
    "U+A1-A8,U+AA-AD,U+AF,U+B1-B6,U+B8-BC,U+BE-D6,U+D8-17F,U+2C6-2DC,U+201A,U+201E,U+2032-203A,"
    "U+2044,U+20AC,U+2191-2193"
)

_FIGTREE = Face("Figtree", "figtree", "400 700")
# Short stacks: a browser looks up one name after the other before it can lay out the first line.
# Android takes its own font for Arial.
_SANS = "Figtree, -apple-system, Arial, sans-serif"
_SERIF = "Newsreader, Georgia, serif"

TYPEFACES: Mapping[str, Typeface] = {
    "sans": Typeface(
        label=_("Sans: plain and precise"),
        heading=_SANS,
        body=_SANS,
        weight=700,
        small_weight=700,
        tracking="-0.025em",
        corner="0.375rem",
        faces=(_FIGTREE,),
    ),
    "serif": Typeface(
        label=_("Serif: like a printed journal"),
        heading=_SERIF,
        body=_SERIF,
        weight=400,
        small_weight=600,
        tracking="-0.02em",
        corner="0rem",
        faces=(
            Face("Newsreader", "newsreader-400", "400", size="105%"),
            Face("Newsreader", "newsreader-600", "600 700", size="105%"),
        ),
    ),
    "humanist": Typeface(
        label=_("Humanist: warm headings over plain text"),
        heading="Fraunces, Georgia, serif",
        body=_SANS,
        weight=600,
        small_weight=600,
        tracking="-0.015em",
        corner="0.875rem",
        faces=(Face("Fraunces", "fraunces-600", "600 700"), _FIGTREE),
    ),
    "geometric": Typeface(
        label=_("Geometric: round and modern"),
        heading='Outfit, "Avenir Next", sans-serif',
        body=_SANS,
        weight=600,
        small_weight=600,
        tracking="-0.02em",
        corner="1.5rem",
        faces=(Face("Outfit", "outfit-600", "600 700"), _FIGTREE),
    ),
}


def theme_css(brand: Brand) -> str:
    """A colour that is none is a ValidationError, an unknown typeface a KeyError.

    Any pair of colours gives readable pages: where a colour itself is too weak, its nearest passing
    shade is used, so a brand that is being typed can be previewed before it is allowed.
    """
    primary, accent = parse_hex(brand.primary), parse_hex(brand.accent)
    light = _type_properties(TYPEFACES[brand.typeface]) | _light_properties(primary, accent)
    dark = _block(_dark_properties(primary, accent))
    first, *more = (_face_rule(face) for face in TYPEFACES[brand.typeface].faces)
    wide = f"@media (min-width: {WIDE}) {{\n{''.join(more)}}}\n" if more else ""
    night = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
    return f"{first}{wide}{_block(light)}{night}"


def first_font_url(brand: Brand) -> str:
    """The font file worth fetching before the first paint; a second one comes when it can."""
    return _font_url(TYPEFACES[brand.typeface].faces[0].file)


def wide_font_url(brand: Brand) -> str:
    """The second font file, for screens from `WIDE` on; "" for a typeface of one font."""
    more = TYPEFACES[brand.typeface].faces[1:]
    return _font_url(more[0].file) if more else ""


def _font_url(file: str) -> str:
    return static(f"clinics/fonts/{file}.woff2")


def _face_rule(face: Face) -> str:
    """ "optional": a page never jumps, and on a slow line it is read in the font at hand."""
    files = ((face.file, EVERYDAY), (f"{face.file}-rest", REST))
    size = "" if face.size == "100%" else f"size-adjust: {face.size}; "
    return "".join(
        f"@font-face {{ font-family: {face.family}; font-weight: {face.weight}; {size}"
        f'font-display: optional; src: url("{_font_url(file)}") format("woff2"); '
        f"unicode-range: {signs}; }}\n"
        for file, signs in files
    )


def _type_properties(typeface: Typeface) -> dict[str, str]:
    return {
        "font-heading": typeface.heading,
        "font-body": typeface.body,
        "heading-weight": str(typeface.weight),
        "heading-weight-small": str(typeface.small_weight),
        "heading-tracking": typeface.tracking,
        "corner": typeface.corner,
    }


def _light_properties(primary: str, accent: str) -> dict[str, str]:
    soft = composite(primary, 0.14, LIGHT_SURFACE)
    return {
        "brand": primary,
        "brand-ink": ink_on(primary),
        "brand-strong": nearest_passing(primary, soft, TEXT_RATIO),
        "brand-soft": soft,
        "brand-tint": composite(primary, 0.055, LIGHT_SURFACE),
        "accent": accent,
        "accent-ink": ink_on(accent),
        **_panel_properties(primary, accent),
    }


def _dark_properties(primary: str, accent: str) -> dict[str, str]:
    """Shades for the dark surface: brand colours are lifted until they can be read on it."""
    soft = composite(primary, 0.26, DARK_SURFACE)
    lifted = nearest_passing(primary, DARK_SURFACE, TEXT_RATIO)
    return {
        "brand": lifted,
        "brand-ink": ink_on(lifted),
        "brand-strong": nearest_passing(primary, soft, DARK_TEXT_RATIO),
        "brand-soft": soft,
        "brand-tint": composite(primary, 0.16, DARK_SURFACE),
        **_panel_properties(composite(primary, 0.62, DARK_SURFACE), accent),
    }


def _panel_properties(panel: str, accent: str) -> dict[str, str]:
    """The coloured panel. Its button takes the accent only where that stands out against it."""
    ink = ink_on(panel)
    stands_out = contrast_ratio(accent, panel) >= LARGE_RATIO
    return {
        "panel": panel,
        "panel-ink": ink,
        "panel-line": composite(ink, 0.16, panel),
        "panel-action": accent if stands_out else ink,
        "panel-action-ink": ink_on(accent) if stands_out else panel,
    }


def _block(properties: Mapping[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{lines}}}\n"
