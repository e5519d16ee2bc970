"""A clinic's brand as a signed address: its looks in, the URL of a stylesheet out, and back.

The address carries the values, so it works on every host, in a cached page and for a brand that is
not saved yet; the signature keeps anyone else from making us paint their colours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2s

from django.core.signing import Signer

from clinics.clinic import Brand
from clinics.contrast import check_brand, parse_hex
from clinics.layouts import LAYOUTS
from clinics.stylesheets import stylesheet
from clinics.theme_css import TYPEFACES

LAYOUT_CHOICES = list(LAYOUTS.items())
TYPEFACE_CHOICES = [(key, typeface.label) for key, typeface in TYPEFACES.items()]

_NAME = re.compile(
    r"^(?P<primary>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})-(?P<typeface>[a-z]+)-(?P<layout>[a-z]+)"
    r"\.(?P<signature>[\w-]{12})\.[0-9a-f]{8}$"
)


def normalise_brand(primary: str, accent: str) -> tuple[str, str]:
    """Both colours as #rrggbb; ValidationError by "primary" or "accent" names a remedy (W-06)."""
    check_brand(primary, accent)
    return parse_hex(primary), parse_hex(accent)


@lru_cache(maxsize=1024)
def stylesheet_url(brand: Brand) -> str:
    """The address of the stylesheet of a brand; another one when any of its rules has changed."""
    name = f"{brand.primary[1:]}-{brand.accent[1:]}-{brand.typeface}-{brand.layout}"
    digest = blake2s(stylesheet(brand).encode(), digest_size=4).hexdigest()
    return f"/styles/{name}.{_signature(name)}.{digest}.css"


def brand_from_name(name: str) -> Brand | None:
    """The brand that an address stands for; None when it was not made by `stylesheet_url`."""
    match = _NAME.match(name)
    if not match or match["typeface"] not in TYPEFACES or match["layout"] not in LAYOUTS:
        return None
    if _signature(name.partition(".")[0]) != match["signature"]:
        return None
    return Brand(f"#{match['primary']}", f"#{match['accent']}", match["typeface"], match["layout"])


def _signature(name: str) -> str:
    return Signer(salt="clinics.styles").signature(name)[:12].replace(":", "-")
