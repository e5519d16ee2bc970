"""A clinic's brand as addresses: its looks in, the URLs of its stylesheets out, and back.

The first address carries colours and typeface, so it works on every host, in a cached page and for
a brand that is not saved yet; the signature keeps anyone else from making us paint their colours.
The second is one of each layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s

from django.core.signing import Signer

from clinics.clinic import Brand
from clinics.contrast import check_brand, parse_hex
from clinics.layouts import LAYOUTS
from clinics.stylesheets import first_css, rest_css
from clinics.theme_css import TYPEFACES

LAYOUT_CHOICES = list(LAYOUTS.items())
TYPEFACE_CHOICES = [(key, typeface.label) for key, typeface in TYPEFACES.items()]

_BRAND = re.compile(
    r"(?P<primary>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})-(?P<typeface>[a-z]+)"
    r"\.(?P<signature>[\w-]{12})\.(?P<digest>[0-9a-f]{8})"
)
_LAYOUT = re.compile(r"(?P<layout>[a-z]+)\.(?P<digest>[0-9a-f]{8})")


@dataclass(frozen=True)
class Stylesheet:
    """`is_current` if these are the very rules of the address that was asked.

    Otherwise the page was made by another version of this program, as in the midst of an update.
    """

    rules: str
    is_current: bool


def normalise_brand(primary: str, accent: str) -> tuple[str, str]:
    """Both colours as #rrggbb; ValidationError by "primary" or "accent" names a remedy (W-06)."""
    check_brand(primary, accent)
    return parse_hex(primary), parse_hex(accent)


@lru_cache(maxsize=1024)
def stylesheet_urls(brand: Brand) -> tuple[str, str]:
    """The stylesheets of a brand in their order; other addresses when any rule has changed."""
    name = f"{brand.primary[1:]}-{brand.accent[1:]}-{brand.typeface}"
    return (
        f"/styles/{name}.{_signature(name)}.{_digest(first_css(brand))}.css",
        f"/styles/{brand.layout}.{_digest(rest_css(brand.layout))}.css",
    )


def stylesheet_of(name: str) -> Stylesheet | None:
    """What is behind an address; None for what is not signed or known."""
    if match := _LAYOUT.fullmatch(name):
        rules = rest_css(match["layout"]) if match["layout"] in LAYOUTS else ""
    elif match := _BRAND.fullmatch(name):
        is_signed = _signature(name.partition(".")[0]) == match["signature"]
        is_ours = is_signed and match["typeface"] in TYPEFACES
        colours = f"#{match['primary']}", f"#{match['accent']}"
        rules = first_css(Brand(*colours, match["typeface"])) if is_ours else ""
    else:
        return None
    return Stylesheet(rules, _digest(rules) == match["digest"]) if rules else None


def _digest(styles: str) -> str:
    return blake2s(styles.encode(), digest_size=4).hexdigest()


def _signature(name: str) -> str:
    return Signer(salt="clinics.styles").signature(name)[:12].replace(":", "-")
