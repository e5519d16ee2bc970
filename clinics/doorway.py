"""Which pages of locations are more than a door: facts and words in, what is missing out (L-07).

Search engines take pages that differ in a town's name only for doorways; such a page is kept out
until the place has something of its own to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from clinics.models.location import LocationFacts, LocationPage
from clinics.resolve import location_value
from clinics.sitemap import SitemapEntry

if TYPE_CHECKING:
    from clinics.clinic import Clinic, Location
    from clinics.models import LocationIndexPage

# A few sentences: less says nothing about a place.
LEAST_WORDS = 30


def missing_for_listing(page: LocationPage, place: Location) -> list[str]:
    """What the page of a place lacks, each with its remedy; nothing when it may be listed."""
    lacks = {
        _("a photo of its own: choose one"): page.photo_id is None,
        _("text of its own: write at least %(count)d words about the place")
        % {"count": LEAST_WORDS}: _word_count(page.text) < LEAST_WORDS,
        _("opening hours: enter its week"): not place.hours,
        _("a number: enter its main number"): place.main is None,
        _("a street address: enter it"): not place.address.street,
    }
    return [words for words, is_missing in lacks.items() if is_missing]


def listed_locations(index: LocationIndexPage, clinic: Clinic) -> list[SitemapEntry]:
    """The addresses of the clinic's locations that have something to show."""
    pages = {page.pk: page for page in LocationPage.objects.child_of(index).live().public()}
    return [
        SitemapEntry(place.path, pages[place.page_id].last_published_at)
        for place in clinic.locations
        if place.page_id in pages and not missing_for_listing(pages[place.page_id], place)
    ]


def missing_at(page: LocationPage) -> list[str]:
    """What a page lacks, with the facts read for it; nothing for a place without facts."""
    facts = LocationFacts.objects.filter(page_id=page.pk).select_related("page").first()
    return missing_for_listing(page, location_value(facts)) if facts else []


def _word_count(html: str) -> int:
    return len(strip_tags(html.replace("<", " <")).split())
