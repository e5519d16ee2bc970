"""What search engines show below a title, for pages whose editors have not written it (L-09)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from clinics.clinic import Clinic, Location

if TYPE_CHECKING:
    from clinics.models import Person

# About what search engines show on a desk; more is cut off.
LONGEST = 155


def of_list(title: str, clinic: Clinic, names: Sequence[str]) -> str:
    """A list of pages: as many of their names as fit."""
    return _as_many(_("%(title)s at %(clinic)s") % {"title": title, "clinic": clinic.name}, names)


def of_locations(clinic: Clinic) -> str:
    """All locations of a clinic, or on the hub the way to the nearest clinic."""
    if clinic.is_hub:
        return _(
            "Find a clinic of %(clinic)s near you, by ZIP code or town, with its address, opening "
            "hours and phone number."
        ) % {"clinic": clinic.name}
    lead = _("Address, opening hours and phone number of %(clinic)s") % {"clinic": clinic.name}
    return _as_many(lead, [place.name for place in clinic.locations])


def of_location(clinic: Clinic, place: Location) -> str:
    """One location: where it is, and what its page tells."""
    address = place.address
    where = ", ".join(filter(None, (address.street, address.city, address.state)))
    return _("%(clinic)s, %(place)s: %(address)s. Opening hours, phone number, the way there.") % {
        "clinic": clinic.name,
        "place": place.name,
        "address": where,
    }


def of_person(person: Person, clinic: Clinic) -> str:
    """A profile: the start of what it says of the person."""
    if person.bio:
        return Truncator(person.bio).chars(LONGEST)
    return _("%(name)s: what they do, write and review at %(clinic)s.") % {
        "name": person,
        "clinic": clinic.name,
    }


def _as_many(lead: str, names: Sequence[str]) -> str:
    """The lead and the names, with "and more" where some had to be left out."""
    shown = list(names)
    while shown:
        rest = ", …" if len(shown) < len(names) else "."
        text = f"{lead}: {', '.join(shown)}{rest}"
        if len(text) <= LONGEST:
            return text
        shown.pop()
    return f"{lead}."
