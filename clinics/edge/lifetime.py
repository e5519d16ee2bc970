"""How long a shared cache may keep a page: never past the moment at which its words turn false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinics.open_words import seconds_valid

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clinics.clinic import Clinic

# H-04: at most a minute, since nothing purges a cache in front of us when a page changes.
LONGEST = 60


def set_lifetime(response: HttpResponse, clinic: Clinic) -> None:
    """Sets `Cache-Control` on a page that was found, unless its view has set one.

    The state line of every location ends at its next opening, closing or midnight (H-03, H-04).
    """
    if response.status_code != 200 or response.has_header("Cache-Control") or response.cookies:
        return
    valid = seconds_valid(clinic)
    seconds = LONGEST if valid is None else min(LONGEST, valid)
    response["Cache-Control"] = f"max-age=0, must-revalidate, s-maxage={seconds}"
