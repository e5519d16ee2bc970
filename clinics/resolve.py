"""Which clinic is asked: a host name in, the clinic (or the hub) that answers for it out.

The only place that finds a clinic. An unknown host is None and becomes a plain 404 of no clinic:
never the default site. A known alias names the host to go to instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import (
    CharField,
    OuterRef,
    Prefetch,
    QuerySet,
    StringAgg,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, JSONObject, Length, Substr
from wagtail.models import Site

from clinics.campaigns import campaigns_of
from clinics.choices import ClinicStatus, IndexPolicy, LocationStatus, TextStatus, state_choices
from clinics.clinic import (
    Address,
    Brand,
    Clinic,
    Director,
    HoursInterval,
    Location,
    SpecialInterval,
    neighbours_among,
)
from clinics.edge.memory import is_remembering, remembered
from clinics.edge.shown import shows
from clinics.models import ClinicFacts, ClinicPage, FranchisePage, HostAlias, HubPage, LocationFacts
from clinics.pictures import pictures_by_id
from clinics.rows import NO_ROW

if TYPE_CHECKING:
    from wagtail.models import Page

    from clinics.models.franchise import SiteRootMixin

_STATES = {code: str(name) for code, name in state_choices()}


@dataclass(frozen=True)
class ResolvedHost:
    """The site of a host. `redirect_to` is the origin to go to when the host is an alias."""

    site: Site
    page: SiteRootMixin
    clinic: Clinic
    redirect_to: str = ""


def resolve_host(hostname: str) -> ResolvedHost | None:
    """The site that answers for a host name; None if it is unknown or its clinic not in service."""
    return remembered(("host", hostname), lambda: _read_host(hostname))


def _read_host(hostname: str) -> ResolvedHost | None:
    site = Site.objects.select_related("root_page").filter(hostname=hostname).first()
    if site is None:
        return _resolve_alias(hostname)
    page = root_page(site.root_page_id)
    if page is None or not page.live or not _is_in_service(page):
        return None
    _bring_pictures(page)
    return ResolvedHost(site=site, page=page, clinic=clinic_of(page, site))


def _bring_pictures(page: SiteRootMixin) -> None:
    """Every page of a site that is going to be kept shows the logo, or links to the picture."""
    if is_remembering():
        pictures = pictures_by_id(pk for pk in (page.hero_image_id, page.logo_id) if pk)
        page.hero_image = pictures.get(page.hero_image_id or NO_ROW)
        page.logo = pictures.get(page.logo_id or NO_ROW)


@dataclass(frozen=True)
class ClosedHost:
    """A host whose clinic has closed. `neighbour` is the site that takes its patients, if any.

    `hub_name` and `hub_origin` are those of the group's own site, "" where it has none.
    """

    name: str
    brand: Brand
    neighbour: ResolvedHost | None
    hub_name: str = ""
    hub_origin: str = ""


def closed_host(hostname: str) -> ClosedHost | None:
    """What to say at the host of a clinic that has closed; None for every other host.

    Asked only for hosts that `resolve_host` does not know, so that open clinics pay nothing. Of a
    chain of clinics that closed one after the other the last one is the neighbour.
    """
    alias = HostAlias.objects.filter(hostname=hostname).values("page_id")[:1]
    site = Site.objects.filter(hostname=hostname).first()
    site = site or Site.objects.filter(root_page_id=Subquery(alias)).first()
    page = _clinic_pages().filter(pk=site.root_page_id).first() if site else None
    if page is None or not page.live or page.facts.status != ClinicStatus.CLOSED:
        return None
    return ClosedHost(page.facts.name, _brand_of(page), _open_neighbour(page), **_hub_of(page))


def open_neighbour_id(clinic_id: int) -> int | None:
    """The home page of the clinic that takes the patients of a closed one, in the end; None when
    there is none. One query for each clinic of the chain.
    """
    return remembered(("open neighbour", clinic_id), lambda: _read_open_neighbour(clinic_id))


def _read_open_neighbour(clinic_id: int) -> int | None:
    seen: set[int] = set()
    step: int | None = clinic_id
    while step is not None and step not in seen:
        seen.add(step)
        shows(f"c:{step}")
        facts = ClinicFacts.objects.filter(clinic_id=step, clinic__live=True)
        row = facts.values_list("status", "neighbour_id").first()
        if row is None:
            return None
        status, neighbour = row
        if status == ClinicStatus.LIVE:
            return step
        step = neighbour if status == ClinicStatus.CLOSED else None
    return None


def _open_neighbour(page: ClinicPage) -> ResolvedHost | None:
    found = open_neighbour_id(page.pk)
    site = Site.objects.filter(root_page_id=found).first() if found else None
    return resolve_host(site.hostname) if site else None


def root_page(page_id: int) -> SiteRootMixin | None:
    """The home page with this id, with what `clinic_of` reads; None when it is no site's home."""
    return remembered(("home", page_id), lambda: _read_home(page_id))


def _read_home(page_id: int) -> SiteRootMixin | None:
    found = _clinic_pages().filter(pk=page_id).first()
    found = found or _hub_pages().filter(pk=page_id).first()
    shows(f"c:{page_id}", f"n:{_group_of(found)}")
    return found


def clinic_above(page: Page) -> Clinic | None:
    """The clinic or hub that a page belongs to; None in the library."""
    home = _clinic_pages().ancestor_of(page, inclusive=True).first()
    home = home or _hub_pages().ancestor_of(page, inclusive=True).first()
    return clinic_of(home) if home else None


def clinic_of(page: SiteRootMixin | None, site: Site | None = None) -> Clinic:
    """The clinic of a home page as a value. `page` may carry unsaved brand colours (preview).

    Takes what `root_page` gives; ClinicPage.DoesNotExist when that is no site's home.
    """
    if page is None:
        raise ClinicPage.DoesNotExist
    site = site or Site.objects.filter(root_page_id=page.pk).first()
    group = _group_of(page)
    shows(f"c:{page.pk}", f"n:{group}")
    brand = _brand_of(page)
    origin = site.root_url if site else settings.WAGTAILADMIN_BASE_URL
    if isinstance(page, HubPage):
        return Clinic(
            page_id=page.pk,
            name=page.title,
            slug=page.slug,
            origin=origin,
            tree_path=page.path,
            url_path=page.url_path,
            is_hub=True,
            group_id=group,
            brand=brand,
        )
    facts = page.facts
    places = _all_places(page.pk)
    return Clinic(
        page_id=page.pk,
        name=facts.name,
        slug=page.slug,
        origin=origin,
        tree_path=page.path,
        url_path=page.url_path,
        group_id=group,
        legal_name=facts.legal_name,
        state=facts.state,
        state_name=_STATES.get(facts.state, facts.state),
        time_zone=facts.time_zone,
        booking_url=facts.booking_url,
        brand=brand,
        locations=_open_places(places),
        neighbours=neighbours_among(places),
        specialties=tuple(facts.specialties),
        services=frozenset(service.slug for service in facts.services.all()),
        facts=protocol_facts(facts),
        text_disclosure=facts.text_disclosure,
        notice=facts.notice,
        notice_until=facts.notice_until,
        index_policy=_index_policy(facts, page),
        took_over=_took_over(page),
        director=_director_of(facts),
        seal_url=_seal_of(facts, site),
        **_hub_of(page),
    )


def _group_of(page: SiteRootMixin | None) -> int:
    """The group of a home page, which `root_page` reads along; 0 for none."""
    return getattr(page, "group_id", None) or 0


def _brand_of(page: SiteRootMixin) -> Brand:
    return Brand(page.brand_primary, page.brand_accent, page.brand_typeface, page.brand_layout)


def _index_policy(facts: ClinicFacts, page: SiteRootMixin) -> str:
    """The clinic's own choice, else its group's, which `root_page` reads along."""
    group: str = getattr(page, "group_index_policy", "")
    return facts.index_policy or group or IndexPolicy.COMPUTED


def _director_of(facts: ClinicFacts) -> Director | None:
    """None where nobody is named; a person's name is read along by `root_page`."""
    name = facts.director_words
    if facts.director_id:
        shows(f"p:{facts.director_id}")
    if not name:
        return None
    return Director(
        name,
        license=facts.director_license,
        board=facts.director_board,
        is_here=facts.director_is_here,
        delegation=facts.delegation,
    )


def _seal_of(facts: ClinicFacts, site: Site | None) -> str:
    """The address at LegitScript; "" on every host but the one that it has verified (A-06)."""
    if site is None or not facts.legitscript_id or site.hostname != facts.legitscript_host:
        return ""
    return f"https://www.legitscript.com/websites/?checker_keywords={facts.legitscript_host}"


def _took_over(page: SiteRootMixin) -> frozenset[int]:
    """The clinics that closed into this one, which `root_page` reads along."""
    ids: str = getattr(page, "closed_into", None) or ""
    return frozenset(int(pk) for pk in ids.split(",") if pk)


def _hub_of(page: SiteRootMixin) -> dict[str, Any]:
    """Name and origin of the group's own site, which `root_page` reads along."""
    hub = getattr(page, "group_hub", None)
    if not hub or not hub["hostname"]:
        return {}
    site = Site(hostname=hub["hostname"], port=hub["port"])
    return {"hub_name": hub["name"], "hub_origin": site.root_url}


def protocol_facts(facts: ClinicFacts) -> dict[str, str]:
    """What a clinic says of its treatments, by token name without the "clinic." prefix."""
    return {
        name: str(value)
        for name in ("infusion_minutes", "observation_minutes")
        if (value := getattr(facts, name)) is not None
    }


def locations_of(clinic_id: int) -> tuple[Location, ...]:
    """The clinic's locations that are not closed, the main one first.

    One that is closed for now stays among them only while no neighbour takes its patients.
    """
    return _open_places(_all_places(clinic_id))


def _all_places(clinic_id: int) -> list[Location]:
    facts = _location_facts().filter(clinic_id=clinic_id, page__live=True)
    return [location_value(row) for row in facts.order_by("-is_primary", "page__path")]


def _open_places(places: list[Location]) -> tuple[Location, ...]:
    neighbours = neighbours_among(places)
    shown = [
        place
        for place in places
        if place.status != LocationStatus.CLOSED and place.page_id not in neighbours
    ]
    # The neighbour of the main location answers for the clinic meanwhile.
    first = neighbours.get(places[0].page_id) if places and places[0].is_primary else None
    if first is not None:
        shown.sort(key=lambda place: place.page_id != first)
    return tuple(shown)


def every_location_of(clinic_id: int) -> dict[int, Location]:
    """The clinic's locations by page id, those that are closed for good too."""
    facts = _location_facts().filter(clinic_id=clinic_id)
    return {row.page_id: location_value(row) for row in facts}


def location_of(page: Page) -> Location | None:
    """The location of a page, one that is closed for good too; None without facts."""
    facts = _location_facts().filter(page_id=page.pk).first()
    return location_value(facts) if facts else None


def location_value(facts: LocationFacts) -> Location:
    """A row of facts as a value."""
    return Location(
        page_id=facts.page_id,
        name=facts.name,
        slug=facts.page.slug,
        path=f"/locations/{facts.page.slug}/",
        address=Address(facts.street, facts.city, facts.state, facts.zip_code),
        time_zone=facts.time_zone,
        latitude=facts.latitude,
        longitude=facts.longitude,
        parking=facts.parking,
        service_areas=tuple(facts.service_areas),
        main=facts.main_phone,
        new_patients=facts.new_patients_phone,
        text=facts.text_phone,
        fax=facts.fax,
        text_approved=facts.text_status == TextStatus.APPROVED,
        is_primary=facts.is_primary,
        status=facts.status,
        hours=tuple(
            HoursInterval(row.weekday, row.opens, row.closes, row.by_appointment)
            for row in facts.opening_hours.all()
        ),
        campaigns=campaigns_of(facts.campaign_numbers),
        neighbour_id=facts.neighbour_id,
        special_hours=tuple(
            SpecialInterval(row.first_date, row.last_date, row.opens, row.closes, row.label)
            for row in facts.special_hours.all()
        ),
    )


def _resolve_alias(hostname: str) -> ResolvedHost | None:
    alias = HostAlias.objects.filter(hostname=hostname).first()
    site = Site.objects.filter(root_page_id=alias.page_id).first() if alias else None
    if site is None:
        return None
    resolved = resolve_host(site.hostname)
    if resolved is None:
        return None
    return ResolvedHost(resolved.site, resolved.page, resolved.clinic, resolved.site.root_url)


def _is_in_service(page: SiteRootMixin) -> bool:
    return isinstance(page, HubPage) or page.facts.status == ClinicStatus.LIVE


def _clinic_pages() -> QuerySet[ClinicPage]:
    above, group = _group_above()
    hub = HubPage.objects.live().filter(path__startswith=above, depth=OuterRef("depth"))
    hub_site = JSONObject(
        name="title", hostname="sites_rooted_here__hostname", port="sites_rooted_here__port"
    )
    ids = StringAgg(Cast("clinic_id", CharField()), Value(","))
    closed = ClinicFacts.objects.filter(neighbour=OuterRef("pk"), status=ClinicStatus.CLOSED)
    closed_into = closed.order_by().values("neighbour").annotate(ids=ids).values("ids")
    pages = ClinicPage.objects.select_related("facts__director", "hero_image", "logo")
    return pages.filter(facts__isnull=False).annotate(
        group_id=Subquery(group.values("pk")[:1]),
        group_index_policy=Subquery(group.values("index_policy")[:1]),
        group_hub=Subquery(hub.values(site=hub_site)[:1]),
        closed_into=Subquery(closed_into),
    )


def _hub_pages() -> QuerySet[HubPage]:
    pages = HubPage.objects.select_related("hero_image", "logo")
    return pages.annotate(group_id=Subquery(_group_above()[1].values("pk")[:1]))


def _group_above() -> tuple[Substr, QuerySet[FranchisePage]]:
    """The path above the outer page, and the group that stands there."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - ClinicPage.steplen)
    return above, FranchisePage.objects.filter(path=above)


def _location_facts() -> QuerySet[LocationFacts]:
    return LocationFacts.objects.select_related("page").prefetch_related(
        Prefetch("opening_hours"), Prefetch("special_hours")
    )
