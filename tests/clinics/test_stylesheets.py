"""What a page asks for before it can be painted: every rule of its clinic, once, in one file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from clinics.clinic import Brand
from clinics.compression import small_styles
from clinics.layouts import LAYOUTS, layout_css
from clinics.squeeze import squeezed
from clinics.stylesheets import STYLES, first_css, rest_css
from clinics.theme_css import TYPEFACES, theme_css

OF_ONE_KIND_OF_PAGE = (
    "articles/css/search.css",
    "clinics/css/hub_page.css",
    "clinics/css/location_page.css",
    "clinics/css/people.css",
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def test_a_brand_comes_after_what_it_changes() -> None:
    """What is later wins: a theme sets the tokens, a layout dresses the components."""
    brand = Brand("#0b4f6c", "#f2a541", "serif", "journal")
    first, rest = first_css(brand), rest_css(brand.layout)

    assert first.index("--brand:#2b4a5c") < first.index("--brand:#0b4f6c")
    assert first.endswith(squeezed(theme_css(brand)))
    assert rest.endswith(layout_css("journal"))
    for css in (first, rest):
        assert "/*" not in css
        assert "\n" not in css


def test_only_the_first_stylesheet_is_of_one_clinic() -> None:
    """The second one has nothing of a brand, so that all clinics of a layout share it."""
    for layout in LAYOUTS:
        css = rest_css(layout)
        assert "url(" not in css
        assert _COLOUR.findall(css) in ([], ["#fff"])


def test_manifests_name_every_component_once() -> None:
    names = [
        name for file in ("first.txt", "rest.txt") for name in (STYLES / file).read_text().split()
    ]

    assert sorted(names) == sorted(path.name for path in STYLES.glob("*.css"))


@pytest.mark.parametrize("name", OF_ONE_KIND_OF_PAGE)
def test_components_of_one_kind_of_page_are_small_and_hold_no_colours(name: str) -> None:
    css = Path(str(finders.find(name))).read_text()

    assert not _COLOUR.search(css)
    assert len(small_styles(css.encode())) < 600


def test_only_tokens_hold_colours() -> None:
    coloured = {path.name for path in STYLES.glob("*.css") if _COLOUR.search(path.read_text())}

    assert coloured == {"tokens.css"}


@pytest.mark.parametrize("typeface", TYPEFACES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_stylesheet_is_small_on_the_wire(typeface: str, layout: str) -> None:
    """P15: at most 8 KB for the stylesheets of any clinic."""
    brand = Brand(typeface=typeface, layout=layout)
    sizes = [len(small_styles(css.encode())) for css in (first_css(brand), rest_css(layout))]

    assert sum(sizes) <= 8 * 1024
    assert sizes[0] < 4 * 1024
