"""A clinic's brand as a signed address: colours and typeface in, a stylesheet's URL out, and back.

The address carries the values, so it works on every host, in a cached page and for a brand that is
not saved yet; the signature keeps anyone else from making us paint their colours.
"""

from __future__ import annotations

import re

from django.core.signing import Signer

from clinics.clinic import Brand
from clinics.contrast import check_brand, parse_hex
from clinics.theme_css import TYPEFACES, theme_css

TYPEFACE_CHOICES = [(key, typeface.label) for key, typeface in TYPEFACES.items()]

_NAME = re.compile(
    r"^(?P<primary>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})-(?P<typeface>[a-z]+)"
    r"\.(?P<signature>[\w-]{12})$"
)


def normalise_brand(primary: str, accent: str) -> tuple[str, str]:
    """Both colours as #rrggbb; ValidationError by "primary" or "accent" names a remedy (W-06)."""
    check_brand(primary, accent)
    return parse_hex(primary), parse_hex(accent)


def theme_url(brand: Brand) -> str:
    """The address of the stylesheet of a brand."""
    name = f"{brand.primary[1:]}-{brand.accent[1:]}-{brand.typeface}"
    return f"/theme/{name}.{_signature(name)}.css"


def brand_from_name(name: str) -> Brand | None:
    """The brand that an address stands for; None when it was not made by `theme_url`."""
    match = _NAME.match(name)
    if not match or match["typeface"] not in TYPEFACES:
        return None
    if _signature(name.rpartition(".")[0]) != match["signature"]:
        return None
    return Brand(f"#{match['primary']}", f"#{match['accent']}", match["typeface"])


def stylesheet(brand: Brand) -> str:
    """The stylesheet of a brand: nothing but custom properties."""
    return theme_css(brand)


def _signature(name: str) -> str:
    # The design's version is signed too: a changed stylesheet gets a new address.
    return Signer(salt="clinics.theme.1").signature(name)[:12].replace(":", "-")
