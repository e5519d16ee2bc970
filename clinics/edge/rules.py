"""What a change of each model of this app, and of Wagtail's, makes stale."""

from __future__ import annotations

from typing import Any

from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction, Site

from clinics.edge.touching import (
    listen,
    of_group,
    of_page,
    touches,
    touches_listed,
    touches_related,
)
from clinics.models import (
    ClinicFacts,
    ClinicPage,
    FranchisePage,
    HostAlias,
    HubPage,
    LocalPage,
    LocationAddress,
    LocationFacts,
    LocationIndexPage,
    LocationPage,
    OpeningHours,
    Person,
    Service,
    SpecialHours,
    Statement,
)


def register() -> None:
    """Called once, when all models are there."""
    for page in (ClinicPage, HubPage, LocalPage, LocationIndexPage, LocationPage):
        touches(page, of_page)
    for row in (ClinicFacts, LocationFacts):
        touches(row, lambda facts: [f"c:{facts.clinic_id}"])
    for rows in (OpeningHours, SpecialHours):
        touches(rows, lambda hours: [f"c:{hours.location.clinic_id}"])
    for everywhere in (FranchisePage, Service, PageViewRestriction):
        touches(everywhere, lambda row: ["g"])
    touches_listed(ClinicPage, ["live", "slug"], of_group)
    touches_listed(HubPage, ["live", "slug", "title"], of_group)
    touches_listed(Site, _ADDRESS_OF_SITES, _of_address)
    touches_listed(ClinicFacts, _LISTED_OF_CLINICS, lambda facts, new: of_group(facts.clinic, new))
    touches_listed(LocationFacts, _LISTED_OF_LOCATIONS, lambda facts, _new: of_list(facts.clinic))
    touches_related(ClinicFacts.services.through, lambda facts: [f"c:{facts.clinic_id}"])
    touches(Person, _of_person)
    touches(Site, lambda site: of_page(site.root_page))
    touches(HostAlias, lambda alias: of_page(alias.page))
    touches(LocationAddress, lambda address: of_page(address.index))
    touches(Statement, lambda statement: [f"t:{statement.pk}"])
    touches(get_image_model(), lambda image: [f"i:{image.pk}"])
    listen()


_ADDRESS_OF_SITES = ("hostname", "port", "root_page_id")
_LISTED_OF_CLINICS = ("name", "status", "neighbour_id", "index_policy")
_LISTED_OF_LOCATIONS = ("name", "status", "is_primary", "clinic_id")


def of_list(clinic: ClinicPage) -> set[str]:
    """What the group's own site lists of a clinic."""
    return of_group(clinic, is_new=True)


def _of_address(site: Site, is_new: bool) -> set[str]:
    return of_page(site.root_page) | of_group(site.root_page, is_new)


def _of_person(person: Any) -> set[str]:
    if person.clinic is None:
        groups = FranchisePage.objects.values_list("pk", flat=True)
        return {f"p:{person.pk}", *(f"f:{pk}" for pk in groups)}
    return {f"p:{person.pk}", f"c:{person.clinic_id}", *of_list(person.clinic)}
