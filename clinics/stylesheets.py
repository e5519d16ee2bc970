"""The stylesheet of a brand: every component, its own properties and its layout, in one file.

One file is one request before a page can be painted (P15). Comments and needless spaces stay
behind: they are a fifth of what a phone would have to fetch.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from clinics.clinic import Brand
from clinics.squeeze import squeezed
from clinics.theme_css import theme_css

STYLES = Path(__file__).parent / "styles"


def stylesheet(brand: Brand) -> str:
    """Raises what `theme_css` raises, for a colour, typeface or layout that is none."""
    return f"{components_css()}{squeezed(theme_css(brand))}"


@cache
def components_css() -> str:
    """The component stylesheets in the order of manifest.txt."""
    names = (STYLES / "manifest.txt").read_text(encoding="utf-8").split()
    return "".join(squeezed((STYLES / name).read_text(encoding="utf-8")) for name in names)
