from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from clinics import theme_css as module
from clinics.clinic import Brand
from clinics.contrast import contrast_ratio
from clinics.layouts import LAYOUTS, layout_css
from clinics.theme_css import TYPEFACES, first_font_url, theme_css, wide_font_url

TOKENS = Path(module.__file__).parent / "styles" / "tokens.css"
FONTS = Path(module.__file__).parent / "static" / "clinics" / "fonts"

_dice = random.Random(7)  # noqa: S311 - colours to try, no secrets
BRANDS = [
    Brand("#0b4f6c", "#f2a541"),
    Brand("#7a1f5c", "#2e8b57", "serif"),
    Brand("#3b3b98", "#ffb81c", "geometric"),
    *(Brand(each, each) for each in ("#000000", "#ffffff", "#767676", "#ffff00", "#0000ff")),
    *(Brand(*(f"#{_dice.randrange(1 << 24):06x}" for _ in range(2))) for _ in range(40)),
]

# Foreground, background, ratio; a colour with # is a surface of tokens.css.
LIGHT_PAIRS = [
    ("brand-ink", "brand", 4.5),
    ("brand-strong", "#ffffff", 4.5),
    ("brand-strong", "brand-tint", 4.5),
    ("brand-strong", "brand-soft", 4.5),
    ("accent-ink", "accent", 4.5),
    ("panel-ink", "panel", 4.5),
    ("panel-action-ink", "panel-action", 4.5),
    ("panel-action", "panel", 3.0),
]
DARK_PAIRS = [
    (front, module.DARK_SURFACE if back == "#ffffff" else back, ratio)
    for front, back, ratio in LIGHT_PAIRS
    if front != "accent-ink"
]


def _schemes(brand: Brand) -> tuple[dict[str, str], dict[str, str]]:
    parts = theme_css(brand).split("@media screen")
    light, dark = (dict(re.findall(r"--([\w-]+): (.+);", part)) for part in parts)
    return light, light | dark


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: f"{brand.primary}-{brand.accent}")
def test_theme_css_is_readable_in_light_and_dark_for_any_brand(brand: Brand) -> None:
    """W-06: every pairing that the stylesheets use, also for a brand that is only being typed."""
    light, dark = _schemes(brand)

    weak = [
        (scheme, front, back)
        for scheme, values, pairs in (("light", light, LIGHT_PAIRS), ("dark", dark, DARK_PAIRS))
        for front, back, ratio in pairs
        if contrast_ratio(values[front], values.get(back, back)) < ratio
    ]

    assert weak == []


def test_theme_css_lets_no_typed_text_through() -> None:
    with pytest.raises(ValidationError):
        theme_css(Brand(primary="#0b4f6c;}body{display:none"))


def test_theme_css_refuses_an_unknown_typeface() -> None:
    with pytest.raises(KeyError):
        theme_css(Brand(typeface="comic"))


def test_theme_css_holds_nothing_but_fonts_and_custom_properties() -> None:
    css = theme_css(BRANDS[0])
    rest = re.sub(r"  --[\w-]+: [^;{}<>]+;\n|@font-face \{[^{}]+\}\n", "", css)
    rest = rest.replace("@media (min-width: 48rem) {\n}\n", "")

    assert rest == ":root {\n}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n}\n}\n"


def test_unknown_layout_is_refused() -> None:
    with pytest.raises(KeyError):
        layout_css("comic")


def test_layouts_have_rules_of_their_own_and_no_colour() -> None:
    """A colour in a layout would pass by the checks of the brand's."""
    rules = {key: layout_css(key) for key in LAYOUTS}
    assert len(set(rules.values())) == len(rules) == 3
    for css in rules.values():
        assert re.findall(r"#[0-9a-f]{3,8}\b", css) in ([], ["#fff"])
        assert "@import" not in css and "url(" not in css


def test_fonts_are_our_own_files_two_at_most() -> None:
    """P-01 and P15: nothing is fetched from anybody else, and not much from us."""
    for typeface in TYPEFACES.values():
        assert 1 <= len(typeface.faces) <= 2
        files = [FONTS / f"{face.file}.woff2" for face in typeface.faces]
        assert sum(file.stat().st_size for file in files) < 26_000
        assert all(file.read_bytes()[:4] == b"wOF2" for file in files)
        assert typeface.faces[0].family in typeface.heading
    assert first_font_url(Brand(typeface="sans")) == "/static/clinics/fonts/figtree.woff2"
    assert (FONTS / "OFL.txt").exists()


def test_a_phone_fetches_one_font_and_no_sign_is_in_two_files() -> None:
    """P15, P16: a second pair of bytes comes on wide screens; where the ranges of two files
    overlapped, browsers would fetch both."""
    for key, typeface in TYPEFACES.items():
        css = theme_css(Brand(typeface=key))
        always = css.partition("@media")[0]
        assert always.count("@font-face") == 2
        assert css.count("@font-face") == 2 * len(typeface.faces)

    assert wide_font_url(Brand(typeface="sans")) == ""
    assert wide_font_url(Brand(typeface="serif")).endswith("/newsreader-600.woff2")
    everyday, rest = _signs(module.EVERYDAY), _signs(module.REST)
    assert not everyday & rest
    assert set("Aa0 \u2019\u201c\u2013½") <= everyday
    assert set("éñäßøŒ€") <= rest


def _signs(ranges: str) -> set[str]:
    ends = (part.removeprefix("U+").partition("-") for part in ranges.split(","))
    return {
        chr(n) for low, _dash, high in ends for n in range(int(low, 16), int(high or low, 16) + 1)
    }


def test_typefaces_look_different() -> None:
    looks = {(each.heading, each.body, each.weight, each.corner) for each in TYPEFACES.values()}

    assert len(looks) == len(TYPEFACES) == 4


def test_tokens_name_the_surfaces_that_themes_are_checked_against() -> None:
    surfaces = re.findall(r"--surface: (#\w+);", TOKENS.read_text())

    assert surfaces == [module.LIGHT_SURFACE, module.DARK_SURFACE]


def test_tokens_hold_a_value_for_every_property_of_a_theme() -> None:
    own = set(re.findall(r"--([\w-]+):", TOKENS.read_text()))

    assert set(_schemes(BRANDS[0])[0]) - own == set()
