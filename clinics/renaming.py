"""Gives a clinic or a location another name: tokens, titles, site and address follow it.

A name typed by hand in a text stays as it is: `mentions` says where. The legal name is a fact of
its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, Site

from clinics.closing import bump_group
from clinics.consequences import AFTER_RENAMING
from clinics.facts import FactsConflict, save_facts
from clinics.hosts import change_host, host_of
from clinics.models import ClinicFacts, LocationFacts, LocationPage
from clinics.retitling import change_everywhere

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from clinics.models import ClinicPage, FactsChange

RENAME_CLINIC = "clinics.rename"
RENAME_LOCATION = "clinics.location.rename"


@transaction.atomic
def rename_clinic(
    clinic: ClinicPage,
    name: str,
    host: str,
    *,
    user: AbstractUser | None,
    base_version: int,
    base_host: str,
) -> FactsChange | None:
    """The clinic has this name and this host. Raises FactsConflict, HostConflict, ValidationError.

    What had the old name as its own (home page, site, collection of pictures) gets the new one;
    what somebody has called otherwise keeps that.
    """
    facts = ClinicFacts.objects.select_related("collection").get(clinic=clinic)
    was = facts.name
    change = save_facts(facts, {"name": name}, user=user, base_version=base_version)
    if change:
        if clinic.title == was:
            change_everywhere(clinic, _called(was, name), user=user)
        Site.objects.filter(root_page=clinic.pk, site_name=was).update(site_name=name)
        Collection.objects.filter(pk=facts.collection_id, name=was).update(name=name)
        for each in AFTER_RENAMING:
            each(clinic)
        log(clinic, RENAME_CLINIC, user=user, data={"before": was, "after": name})
        bump_group(clinic)
    if host != base_host or host_of(clinic) != base_host:
        change_host(clinic, host, user=user, base_host=base_host)
    return change


@transaction.atomic
def rename_location(
    place: LocationPage,
    name: str,
    slug: str,
    *,
    user: AbstractUser | None,
    base_version: int,
) -> FactsChange | None:
    """The location has this name, and its page this place in the address; the old one leads there.

    Raises FactsConflict, and ValidationError when another page has the address.
    """
    facts = LocationFacts.objects.get(page=place)
    if facts.version != base_version:
        raise FactsConflict(facts)
    before = (facts.name, place.slug)
    if slug_is_taken(place, slug):
        raise ValidationError({"slug": _("Another location has this address: choose another one.")})
    change = save_facts(facts, {"name": name}, user=user, base_version=base_version)
    if (name, slug) != before:

        def apply(page: LocationPage) -> None:
            _called(before[0], name)(page)
            page.slug = slug

        change_everywhere(place, apply, user=user)
        names = {"before": list(before), "after": [name, slug]}
        log(place, RENAME_LOCATION, user=user, data=names)
    return change


def slug_is_taken(place: LocationPage, slug: str) -> bool:
    """True when another page beside it has this slug."""
    return bool(place.get_siblings(inclusive=False).filter(slug=slug).exists())


def _called(was: str, name: str) -> Any:
    """A title of its own is nobody's to change."""

    def apply(page: Any) -> None:
        if page.title == was:
            page.title = page.draft_title = name

    return apply
