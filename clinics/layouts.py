"""How the pages of a clinic are laid out: a key in, the rules of its stylesheet out.

The components are the same; a layout moves and dresses them, so that two clinics look like two
practices and not like one in two tints.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinics.squeeze import squeezed

STYLES = Path(__file__).parent / "styles" / "layouts"

LAYOUTS: Mapping[str, str | Promise] = {
    "split": _("Side by side: words and picture share the first screen"),
    "cover": _("Cover: a wide picture, the words on a card, coloured header and footer"),
    "journal": _("Journal: the name in the middle, words first, pages as a list"),
}


def card_shape(key: str) -> str:
    """The shape of a page's picture in a list: above its words, or on a phone beside them."""
    return "card" if key == "cover" else "card-row"


@cache
def layout_css(key: str) -> str:
    """The rules of a layout, without comments. A KeyError for an unknown one."""
    if key not in LAYOUTS:
        raise KeyError(key)
    return squeezed((STYLES / f"{key}.css").read_text(encoding="utf-8"))
