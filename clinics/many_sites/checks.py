"""Says when a new Wagtail has changed what `patches` and `listings` replace."""

from __future__ import annotations

from hashlib import sha256
from inspect import getsource
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from clinics.many_sites.known_sources import KNOWN_SOURCES

_HINT = (
    "Compare it with what `clinics/many_sites/%(module)s.py` puts in its place, carry the change "
    "over, run tests/clinics/many_sites, and write %(found)s into "
    "`clinics/many_sites/known_sources.py`. Until then CLINICS_MANY_SITES = False leaves Wagtail "
    "as it is, which is slow with thousands of sites and wrong with none."
)


@register(Tags.compatibility)
def check_patched_sources(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """clinics.E007: a function that is replaced is not the one that its replacement knows.

    clinics.E008: Wagtail's translations give a site several roots, which the index does not know.
    """
    if not settings.CLINICS_MANY_SITES:
        return []
    found: list[CheckMessage] = []
    if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        found.append(
            Error(
                "The index of sites knows one root of each, and translations have several.",
                hint="Set CLINICS_MANY_SITES = False, or WAGTAIL_I18N_ENABLED = False.",
                id="clinics.E008",
            )
        )
    return found + [
        Error(
            f"Wagtail has changed {name}, which this installation replaces.",
            hint=_HINT % {"module": module, "found": digest},
            id="clinics.E007",
        )
        for module, name, digest in digests()
        if KNOWN_SOURCES.get(name) != digest
    ]


def digests() -> list[tuple[str, str, str]]:
    """Module of ours, name, and digest of the source of everything that is replaced."""
    from clinics.many_sites import listings, patches  # noqa: PLC0415 - models are not there yet

    parts = (("patches", patches.PATCHED), ("listings", listings.PATCHED))
    return [
        (module, name, sha256(getsource(each).encode()).hexdigest()[:32])
        for module, patched in parts
        for name, each in patched.items()
    ]
