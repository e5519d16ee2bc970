"""What a page asks for before it can be painted: every rule of its clinic, once, in one file."""

from __future__ import annotations

import gzip
import re

import pytest

from clinics.clinic import Brand
from clinics.layouts import LAYOUTS, layout_css
from clinics.stylesheets import STYLES, components_css, stylesheet
from clinics.theme_css import TYPEFACES


def test_stylesheet_holds_components_brand_and_layout_in_this_order() -> None:
    """What is later wins: a layout dresses the components."""
    css = stylesheet(Brand("#0b4f6c", "#f2a541", "serif", "journal"))

    assert css.startswith(components_css())
    rest = css.removeprefix(components_css())
    assert 0 < rest.index("--brand:#0b4f6c") < rest.index(layout_css("journal"))
    assert "/*" not in css
    assert "\n\n" not in css


def test_manifest_names_every_component_once() -> None:
    names = (STYLES / "manifest.txt").read_text().split()

    assert sorted(names) == sorted(path.name for path in STYLES.glob("*.css"))


def test_only_tokens_hold_colours() -> None:
    coloured = {
        path.name
        for path in STYLES.glob("*.css")
        if re.search(r"#[0-9a-fA-F]{3,8}\b", path.read_text())
    }

    assert coloured == {"tokens.css"}


@pytest.mark.parametrize("typeface", TYPEFACES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_stylesheet_is_small_on_the_wire(typeface: str, layout: str) -> None:
    """P15: at most 8 KB for the stylesheet of any clinic."""
    css = stylesheet(Brand(typeface=typeface, layout=layout))

    assert len(gzip.compress(css.encode(), 6)) <= 8 * 1024
