"""Makes a clinic: its home page, site, facts, collection, locations and notices, in one go.

Names and addresses come in, the clinic's home page goes out. Articles are no business of this app:
`articles.opening` adds the mounts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection, Page, Site

from clinics.choices import ClinicStatus, LocalPageKind
from clinics.clinic import Brand, HoursInterval, SpecialInterval
from clinics.compliance.gate import bringing_in
from clinics.edge.changes import bump
from clinics.models import (
    ClinicFacts,
    ClinicPage,
    FranchisePage,
    HubPage,
    LocalPage,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
    OpeningHours,
    SpecialHours,
)

PAGE_TEXTS = Path(__file__).parent / "page_texts"
HUB_TEXTS = PAGE_TEXTS / "hub"
# Notices that only some clinics owe: made when a clinic asks for one.
OWED_TEXTS = PAGE_TEXTS / "when_owed"


@dataclass(frozen=True)
class NewClinic:
    """What a clinic needs to exist. `facts` are columns of `ClinicFacts`."""

    name: str
    slug: str
    host: str
    brand: Brand
    facts: Mapping[str, Any]


@transaction.atomic
def create_franchise(name: str) -> FranchisePage:
    """The node above all clinics, with the collection that they share."""
    _remove_welcome_page()
    root = Page.get_first_root_node()
    franchise = FranchisePage(title=name, slug=slugify(name))
    franchise.shared_collection = _collection(_("Library"))
    root.add_child(instance=franchise)
    return franchise


@transaction.atomic
def create_hub(franchise: FranchisePage, name: str, host: str, *, port: int = 80) -> HubPage:
    """The group's own site."""
    hub = HubPage(title=name, slug="hub")
    franchise.add_child(instance=hub)
    hub.save_revision().publish()
    Site.objects.update_or_create(
        hostname=host,
        defaults={"port": port, "root_page": hub, "site_name": name, "is_default_site": False},
    )
    _add_location_index(hub)
    notices = [text for text in page_texts() if text["kind"] == "notice"]
    _add_pages(hub, [*page_texts(HUB_TEXTS), *notices])
    return hub


@bringing_in()
@transaction.atomic
def create_clinic(franchise: FranchisePage, new: NewClinic, *, port: int = 80) -> ClinicPage:
    """A clinic with everything but its locations and its mounts."""
    page = ClinicPage(
        title=new.name,
        slug=new.slug,
        brand_primary=new.brand.primary,
        brand_accent=new.brand.accent,
        brand_typeface=new.brand.typeface,
        brand_layout=new.brand.layout,
    )
    franchise.add_child(instance=page)
    facts = ClinicFacts(
        clinic=page,
        name=new.name,
        status=ClinicStatus.LIVE,
        collection=_collection(new.name),
        **new.facts,
    )
    facts.full_clean()
    facts.save()
    Site.objects.create(hostname=new.host, port=port, root_page=page, site_name=new.name)
    page.save_revision().publish()
    _add_location_index(page)
    _add_pages(page, page_texts())
    return page


@bringing_in()
@transaction.atomic
def create_location(
    clinic: ClinicPage,
    facts: Mapping[str, Any],
    hours: Iterable[HoursInterval] = (),
    special_hours: Iterable[SpecialInterval] = (),
) -> LocationPage:
    """A location with its page. The first one of a clinic becomes the main one."""
    index = LocationIndexPage.objects.child_of(clinic).get()
    page = LocationPage(title=facts["name"], slug=slugify(facts["name"]))
    index.add_child(instance=page)
    is_first = not LocationFacts.objects.filter(clinic=clinic, is_primary=True).exists()
    row = LocationFacts(page=page, **{"is_primary": is_first, **facts})
    row.clinic = clinic
    row.full_clean()
    row.save()
    set_hours(row, hours)
    set_special_hours(row, special_hours)
    page.save_revision().publish()
    bump(f"c:{clinic.pk}")
    return page


def set_hours(location: LocationFacts, hours: Iterable[HoursInterval]) -> None:
    """Replace the weekly hours of a location."""
    location.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            location=location,
            weekday=row.weekday,
            opens=row.opens,
            closes=row.closes,
            by_appointment=row.by_appointment,
        )
        for row in hours
    )


def set_special_hours(location: LocationFacts, rows: Iterable[SpecialInterval]) -> None:
    """Replace the special hours of a location."""
    location.special_hours.all().delete()
    SpecialHours.objects.bulk_create(SpecialHours(location=location, **asdict(row)) for row in rows)


def page_texts(folder: Path = PAGE_TEXTS) -> list[dict[str, Any]]:
    """The templates of the pages that every new clinic (or hub) gets, in the order of the menu."""
    texts = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    order = list(LocalPageKind)
    return sorted(texts, key=lambda text: order.index(text["kind"].upper()))


def local_page_of(text: Mapping[str, Any]) -> LocalPage:
    """A page from its template, not in the tree yet."""
    return LocalPage(
        title=text["title"],
        slug=text["slug"],
        kind=LocalPageKind(text["kind"].upper()),
        intro=text.get("intro", ""),
        body=text["body"],
        in_footer=text["in_footer"],
        show_in_menus=text["in_menu"],
        template_version=text["version"],
    )


def _remove_welcome_page() -> None:
    """The page and site that Wagtail's migrations put into an empty installation."""
    for page in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        page.delete()


def _collection(name: str) -> Collection:
    """A new one, also where another has that name: two clinics never share their pictures."""
    return Collection.get_first_root_node().add_child(name=name)


def _add_location_index(home: Page) -> None:
    index = LocationIndexPage(title=_("Locations"), slug="locations", show_in_menus=True)
    home.add_child(instance=index)
    index.save_revision().publish()


def _add_pages(home: Page, texts: Iterable[Mapping[str, Any]]) -> None:
    for text in texts:
        page = local_page_of(text)
        home.add_child(instance=page)
        page.save_revision().publish()
