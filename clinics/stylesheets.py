"""The stylesheets of a brand in two files: what pages begin with in its colours, then the rest.

The second is the same for all clinics of a layout. Lighthouse reckons that what fits 14,600 bytes
(10 segments, RFC 6928) comes in one round trip: a long article and the first file do, with both in
one they would not. Comments and needless spaces stay behind: they are a fifth of what a phone would
have to fetch.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from clinics.clinic import Brand
from clinics.layouts import layout_css
from clinics.squeeze import squeezed
from clinics.theme_css import theme_css

STYLES = Path(__file__).parent / "styles"


def first_css(brand: Brand) -> str:
    """Raises what `theme_css` raises, for a colour or typeface that is none."""
    return f"{_components('first.txt')}{squeezed(theme_css(brand))}"


@cache
def rest_css(layout: str) -> str:
    """Components, and the layout that dresses them. A KeyError for an unknown layout."""
    return f"{_components('rest.txt')}{layout_css(layout)}"


@cache
def _components(manifest: str) -> str:
    """Component stylesheets in the order of a manifest."""
    names = (STYLES / manifest).read_text(encoding="utf-8").split()
    return "".join(squeezed((STYLES / name).read_text(encoding="utf-8")) for name in names)
