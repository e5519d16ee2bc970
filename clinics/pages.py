"""What the templates of a clinic's own pages may use: pages and clinics in, plain values out.

Lists of articles on a home page come from its child pages that offer teasers (`teasers_for`): this
app does not know what they list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Site

from clinics import descriptions
from clinics.choices import LocalPageKind, LocationStatus
from clinics.clinic import Address, Clinic, Location
from clinics.compliance.supervision import supervision_at
from clinics.cta import (
    Action,
    Link,
    address_lines,
    call_action,
    cta_for,
    directions_action,
    fax_display,
    new_patients_action,
)
from clinics.doorway import missing_for_listing
from clinics.edge.shown import shows
from clinics.frame import frame_for, image_view
from clinics.hours import DAY_NAMES, hours_lines
from clinics.locator import LONGEST_QUERY, distance_words
from clinics.models import ClinicPage
from clinics.near import NearPlace, clinics_by_id, locations_in_service, search_near
from clinics.open_words import OpenLine, open_line
from clinics.page_frame import TeaserGroup
from clinics.people import team_cards
from clinics.pictures import share_image
from clinics.prose import prose
from clinics.resolve import clinic_of, location_of
from clinics.sitemap import NOINDEX
from clinics.special_days import coming_special_lines, today_at
from clinics.tokens import fill, join_names

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

    from clinics.models import HubPage, LocalPage, LocationIndexPage, LocationPage
    from clinics.models.franchise import SiteRootMixin

TEASERS_ON_HOME = 6
# More locations than this are found by ZIP code or town.
MOST_LISTED = 24


@dataclass(frozen=True)
class HoursLine:
    """A day or a range of days, and its times. `is_today` is said in words too (H-06)."""

    day: str
    text: str
    is_today: bool = False


@dataclass(frozen=True)
class LocationView:
    """A location as a card or a page shows it. `url` is absolute on the hub, else a path."""

    name: str
    url: str
    address: Address
    address_lines: tuple[str, ...]
    hours: tuple[HoursLine, ...]
    special_hours: tuple[HoursLine, ...]
    open_line: OpenLine | None
    note: str
    call: Action | None
    new_patients: Action | None
    directions: Action | None
    parking: str
    service_areas: str
    is_primary: bool
    fax: str
    distance: str = ""


@dataclass(frozen=True)
class ClinicCard:
    name: str
    url: str
    city_line: str
    locations: tuple[str, ...]
    call: Action | None


def clinic_context(page: ClinicPage, request: HttpRequest) -> dict[str, Any]:
    """The home page of a clinic."""
    clinic = clinic_asked(page, request)
    context = _home_context(page, clinic, request)
    return context | {
        "locations": tuple(location_view(clinic, place) for place in clinic.locations),
        "services": tuple(service.name for service in page.facts.services.all()),
    }


def hub_context(page: HubPage, request: HttpRequest) -> dict[str, Any]:
    """The home page of the hub, with a card for each clinic."""
    clinic = clinic_asked(page, request)
    shows(f"f:{clinic.group_id}")
    return _home_context(page, clinic, request) | {"clinics": clinic_cards(page)}


def location_index_context(page: LocationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The locations of the clinic, on the hub of every clinic; near the ?near= that was typed."""
    clinic = clinic_asked(page, request)
    query = request.GET.get("near", "")[:LONGEST_QUERY].replace("\0", "").strip()
    answer, found = search_near(query, clinic) if query else (None, _first_places(clinic))
    count = locations_in_service(clinic).count()
    return {
        "frame": frame_for(
            page,
            request,
            clinic,
            description=page.intro or descriptions.of_locations(clinic),
            robots=NOINDEX if query else "",
        ),
        "title": fill(page.title, clinic),
        "intro": fill(page.intro, clinic),
        "locations": tuple(_near_view(each, clinic) for each in found),
        "query": query,
        "answer": answer,
        "count": count,
        "is_searched": clinic.is_hub or count > 1,
    }


def _first_places(clinic: Clinic) -> list[NearPlace]:
    """Without a search: a clinic's locations, or on the hub the first ones by clinic."""
    if not clinic.is_hub:
        return [NearPlace(clinic, place, None) for place in clinic.locations]
    rows = locations_in_service(clinic).order_by("clinic__facts__name", "-is_primary", "page__path")
    pairs = list(rows.values_list("clinic_id", "page_id")[:MOST_LISTED])
    clinics = clinics_by_id({clinic_id for clinic_id, _page_id in pairs})
    shown = {page_id for _clinic_id, page_id in pairs}
    ordered = dict.fromkeys(clinic_id for clinic_id, _page_id in pairs if clinic_id in clinics)
    return [
        NearPlace(clinics[clinic_id], place, None)
        for clinic_id in ordered
        for place in clinics[clinic_id].locations
        if place.page_id in shown
    ]


def _near_view(near: NearPlace, clinic: Clinic) -> LocationView:
    if not clinic.is_hub:
        view = location_view(clinic, near.place)
        return replace(view, distance=distance_words(near.miles))
    return replace(
        location_view(near.clinic, near.place, origin=near.clinic.origin),
        name=_name_on_hub(near.clinic, near.place),
        is_primary=False,
        distance=distance_words(near.miles),
    )


def _name_on_hub(clinic: Clinic, place: Location) -> str:
    """Among all clinics a location is named after its clinic, which may have several."""
    return clinic.name if len(clinic.locations) == 1 else f"{clinic.name}, {place.name}"


def location_context(page: LocationPage, request: HttpRequest) -> dict[str, Any]:
    """The page of one location. Its numbers stand before the clinic's.

    While it is closed and has named a neighbour, address, hours, numbers and structured data are
    the neighbour's: a patient who comes from a search is not sent to a locked door.
    """
    clinic = clinic_asked(page, request)
    own = location_of(page)
    neighbour = clinic.taking_over(own)
    is_gone = own is None or own.status == LocationStatus.CLOSED
    place = place_shown(clinic, own)
    is_doorway = own is None or bool(missing_for_listing(page, own))
    is_listed = not (is_gone or neighbour or is_doorway)
    return {
        "frame": frame_for(
            page,
            request,
            clinic,
            title=own.name if own else page.title,
            description=descriptions.of_location(clinic, place) if place else "",
            location=place,
            robots="" if is_listed else NOINDEX,
            share_image=share_image(page.photo, clinic.origin),
        ),
        "title": own.name if own else page.title,
        "is_gone": is_gone,
        "is_closed": is_gone or neighbour is not None,
        "neighbour": Link(neighbour.name, neighbour.path) if neighbour else None,
        "location": location_view(clinic, place) if place else None,
        "text": prose(page.text, clinic),
        "photo": image_view(page.photo, "half"),
        "supervision": supervision_at(clinic, place),
        "cta": cta_for(clinic, place),
    }


def place_shown(clinic: Clinic, own: Location | None) -> Location | None:
    """Whose facts the page of a location shows: its own, its neighbour's, or nobody's."""
    is_gone = own is None or own.status == LocationStatus.CLOSED
    return clinic.taking_over(own) or (None if is_gone else own)


def local_page_context(page: LocalPage, request: HttpRequest) -> dict[str, Any]:
    """About, team, contact and notices: the page's own text, and what the record adds to it."""
    clinic = clinic_asked(page, request)
    is_contact = page.kind == LocalPageKind.CONTACT
    places = clinic.locations if is_contact else ()
    return {
        "frame": frame_for(page, request, clinic, description=page.intro),
        "title": fill(page.title, clinic),
        "intro": fill(page.intro, clinic),
        "body": prose(page.body, clinic),
        "people": team_cards(page, clinic),
        "locations": tuple(location_view(clinic, place) for place in places),
        "cta": None if page.kind == LocalPageKind.NOTICE else cta_for(clinic),
    }


def not_found_context(request: HttpRequest) -> dict[str, Any]:
    """The clinic's 404: the page does not exist, its people do."""
    clinic = request.clinic
    frame = frame_for(None, request, clinic, title=_("Page not found"), robots="noindex")
    return {"frame": frame, "cta": cta_for(clinic), "links": frame.nav}


def clinic_asked(page: Page, request: HttpRequest) -> Clinic:
    """The clinic on the request; in a preview, the one that the page belongs to, as edited."""
    if getattr(request, "clinic", None) is not None:
        return request.clinic
    from clinics.resolve import clinic_above  # noqa: PLC0415 - only previews need the tree

    if isinstance(page, ClinicPage) or hasattr(page, "brand_primary"):
        return clinic_of(page)
    clinic = clinic_above(page)
    if clinic is None:
        raise Http404
    request.clinic = clinic
    return clinic


def clinic_cards(hub: Page) -> tuple[ClinicCard, ...]:
    """A card for each clinic beside the hub."""
    return tuple(
        ClinicCard(
            name=clinic.name,
            url=f"{clinic.origin}/",
            city_line=join_names(tuple(dict.fromkeys(p.address.city for p in clinic.locations)))
            + (f", {clinic.state_name}" if clinic.state_name else ""),
            locations=tuple(place.name for place in clinic.locations),
            call=call_action(clinic),
        )
        for clinic in clinics_beside(hub)
    )


def clinics_beside(hub: Page) -> list[Clinic]:
    """The live clinics of the hub's franchise by name; of many the first, others are searched."""
    pages = (
        ClinicPage.objects.sibling_of(hub)
        .live()
        .select_related("facts__director")
        .filter(facts__status="LIVE")
        .order_by("facts__name")[:MOST_LISTED]
    )
    ids = [page.pk for page in pages]
    sites = {site.root_page_id: site for site in Site.objects.filter(root_page__in=ids)}
    return [clinic_of(page, sites[page.pk]) for page in pages if page.pk in sites]


def location_view(clinic: Clinic, place: Location, *, origin: str = "") -> LocationView:
    """One location for a card or its own page."""
    return LocationView(
        name=place.name,
        url=origin + place.path,
        address=place.address,
        address_lines=address_lines(place.address),
        hours=_week(place),
        special_hours=tuple(HoursLine(days, text) for days, text in coming_special_lines(place)),
        open_line=open_line(place),
        note="" if place.status == LocationStatus.OPEN else LocationStatus(place.status).label,
        # Name, address and number stay the same wherever a visitor came from (B-09).
        call=call_action(replace(clinic, campaign=""), place),
        new_patients=new_patients_action(clinic, place),
        directions=directions_action(clinic, place),
        parking=place.parking,
        service_areas=join_names(place.service_areas),
        is_primary=place.is_primary and len(clinic.locations) > 1,
        fax=fax_display(place),
    )


def _week(place: Location) -> tuple[HoursLine, ...]:
    today = DAY_NAMES[today_at(place).weekday()]
    return tuple(HoursLine(day, text, day == today) for day, text in hours_lines(place.hours))


def _home_context(page: SiteRootMixin, clinic: Clinic, request: HttpRequest) -> dict[str, Any]:
    return {
        "frame": frame_for(page, request, clinic, title="", description=page.hero_text),
        "hero_title": fill(page.hero_title or clinic.name, clinic),
        "hero_text": fill(page.hero_text, clinic),
        "hero_image": image_view(page.hero_image, "wide"),
        "welcome": prose(page.welcome, clinic),
        "sections": _teaser_groups(page, clinic),
    }


def _teaser_groups(page: Page, clinic: Clinic) -> tuple[TeaserGroup, ...]:
    children = page.get_children().live().in_menu().specific()
    return tuple(
        TeaserGroup(
            title=child.title,
            url=f"/{child.slug}/",
            teasers=teasers,
            link_label=_("All %(title)s") % {"title": child.title.lower()},
        )
        for child in children
        if hasattr(child, "teasers_for")
        and (teasers := child.teasers_for(clinic, limit=TEASERS_ON_HOME))
    )
