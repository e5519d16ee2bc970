"""The locations that a locator page searches: a site's home page in, those near a patient out.

On the hub these are all locations of the group that are in service; a clinic has its own. Two
queries find the nearest of any number, and only those that are shown are read whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.models import Site

from clinics.choices import ClinicStatus, LocationStatus
from clinics.edge.shown import shows
from clinics.locator import Answer, Candidate, Near, Point, find_near
from clinics.models import ClinicPage, LocationFacts
from clinics.resolve import clinic_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clinics.clinic import Clinic, Location

MOST_NEAR = 12


@dataclass(frozen=True)
class NearPlace:
    """A location with its clinic, and its distance in miles; None where that is not known."""

    clinic: Clinic
    place: Location
    miles: float | None


def search_near(query: str, clinic: Clinic) -> tuple[Answer, list[NearPlace]]:
    """What was understood, and the nearest locations of the clinic, or on the hub of the group."""
    answer = find_near(query, _candidates(clinic))
    return answer, _read(answer.near[:MOST_NEAR], clinic)


def locations_in_service(clinic: Clinic) -> QuerySet[LocationFacts]:
    """Of a clinic, or on the hub of every live clinic of its group.

    A location whose patients are seen elsewhere meanwhile is left out: its neighbour is found.
    """
    rows = LocationFacts.objects.exclude(status=LocationStatus.CLOSED).filter(page__live=True)
    rows = rows.exclude(status=LocationStatus.CLOSED_FOR_NOW, neighbour__isnull=False)
    if not clinic.is_hub:
        return rows.filter(clinic_id=clinic.page_id)
    shows(f"f:{clinic.group_id}")
    group = clinic.tree_path[: -ClinicPage.steplen]
    return rows.filter(
        clinic__path__startswith=group,
        clinic__live=True,
        clinic__facts__status=ClinicStatus.LIVE,
    )


def clinics_by_id(ids: set[int]) -> dict[int, Clinic]:
    """Live clinics that have a site, by the id of their home page."""
    pages = ClinicPage.objects.filter(pk__in=ids).select_related("facts__director")
    sites = {site.root_page_id: site for site in Site.objects.filter(root_page__in=ids)}
    return {page.pk: clinic_of(page, sites[page.pk]) for page in pages if page.pk in sites}


def _candidates(clinic: Clinic) -> list[Candidate]:
    rows = locations_in_service(clinic)
    return [
        Candidate(
            id=row.page_id,
            point=Point(row.latitude, row.longitude)
            if row.latitude is not None and row.longitude is not None
            else None,
            zip_code=row.zip_code,
            state=row.state,
            towns=(row.city, *row.service_areas),
        )
        for row in rows.only(
            "page_id", "latitude", "longitude", "zip_code", "state", "city", "service_areas"
        )
    ]


def _read(near: tuple[Near, ...], clinic: Clinic) -> list[NearPlace]:
    ids = [each.id for each in near]
    owners = dict(LocationFacts.objects.filter(page_id__in=ids).values_list("page_id", "clinic_id"))
    clinics = clinics_by_id(set(owners.values())) if clinic.is_hub else {clinic.page_id: clinic}
    places = {place.page_id: (each, place) for each in clinics.values() for place in each.locations}
    return [NearPlace(*places[each.id], each.miles) for each in near if each.id in places]
