"""A place where a state's name stands in; whether it means the state, and alone, out."""

from __future__ import annotations

import re

_OTHER_BEFORE = re.compile(r"\b(?:West|WEST|New|NEW) $")
_OTHER_AFTER = re.compile(r",? D\.? ?C\b")
_PROPER_BEFORE = re.compile(r"\b(?:University|Universities|College|Bank|Republic) of $", re.I)
_PROPER_AFTER = re.compile(
    r" (?:(?:State|Tech|Christian) )?(?:University|College|Tech|A&M|Board|Department|Statutes?"
    r"|Legislature|Senate|House of|Supreme Court|Medicaid|Children|City|Beach|Keys|Hospital"
    r"|(?:Administrative|Occupations|Health and Safety) Code"
    r"|(?:State )?(?:Medical|Nursing) (?:Board|Center|Association|School))\b"
)
_LONGEST_BEFORE = 30


def is_state(found: re.Match[str]) -> bool:
    return not (is_elsewhere(found) or _is_proper_name(found))


def is_elsewhere(found: re.Match[str]) -> bool:
    """The Virginia of "West Virginia", the Washington of "Washington, D.C."."""
    after = _OTHER_AFTER.match(found.string, found.end())
    return bool(after or _OTHER_BEFORE.search(_before(found)))


def _is_proper_name(found: re.Match[str]) -> bool:
    """In "University of Texas" or "Texas Medical Board" another state's name would be wrong."""
    after = _PROPER_AFTER.match(found.string, found.end())
    return bool(after or _PROPER_BEFORE.search(_before(found)))


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _LONGEST_BEFORE) : found.start()]
