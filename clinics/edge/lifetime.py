"""How long a page may be kept: never past the moment at which its words turn false.

Notes of what a page shows in, its headers for caches out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from clinics import open_words
from clinics.edge.changes import page_keys

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clinics.clinic import Clinic
    from clinics.edge.shown import Shown

# Seconds. Whatever no boundary ends is made anew after an hour, in case that a change was missed.
LONGEST = 3600
# H-04: at most a minute in caches in front of us that nobody tells of a change.
LONGEST_UNTOLD = 60


def now() -> float:
    """Seconds since 1970, by the clock that the words of pages go by."""
    return open_words.current_time().timestamp()


def valid_until(shown: Shown) -> datetime:
    """The moment at which a page ends that was made now."""
    latest = open_words.current_time() + timedelta(seconds=LONGEST)
    return min(latest, shown.until) if shown.until else latest


def cache_control(seconds: float) -> str:
    """The header of a page that stays true for so many seconds. Browsers ask each time."""
    longest = LONGEST if settings.CLINICS_PURGE_BACKENDS else LONGEST_UNTOLD
    return f"max-age=0, must-revalidate, s-maxage={max(0, min(longest, int(seconds)))}"


def set_lifetime(response: HttpResponse, clinic: Clinic, shown: Shown) -> None:
    """Sets `Cache-Control` and `Surrogate-Key` on a page that was found, unless its view has set
    the first, or it carries a cookie.
    """
    if response.status_code != 200 or response.has_header("Cache-Control") or response.cookies:
        return
    keys = page_keys({"g", f"c:{clinic.page_id}", *shown.scopes})
    response["Surrogate-Key"] = " ".join(keys)
    response["Cache-Control"] = cache_control(
        (valid_until(shown) - open_words.current_time()).total_seconds()
    )
