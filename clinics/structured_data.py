"""What search engines read of a clinic: values in, nodes of a JSON-LD graph (schema.org 30) out.

Only what is recorded and shown becomes a property (S-17): an empty fact leaves it out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from clinics.cta import directions_action
from clinics.special_days import coming_special

if TYPE_CHECKING:
    from clinics.clinic import Clinic, HoursInterval, Location, SpecialInterval
    from clinics.page_frame import PageFrame
    from clinics.people import NamedPerson, PersonCard
    from clinics.phones import Number

type Node = dict[str, Any]

SCHEMA = "https://schema.org"
LANGUAGE = "en-US"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Inside <script> these would end it, or the line (S-02).
_ENDS = re.compile("[<>&\u2028\u2029]")


def graph_text(nodes: Iterable[Node]) -> SafeString:
    """The graph as it stands inside <script type="application/ld+json">."""
    graph = {"@context": SCHEMA, "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    text = _ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return mark_safe(text)  # noqa: S308 - every sign that could end the element is escaped


def page_nodes(frame: PageFrame, place: Location | None = None) -> tuple[Node, ...]:
    """The clinic, its site, the page and the way to it. `place` is whose page it is, if any."""
    clinic, url = frame.clinic, frame.meta.url
    page: Node = {
        "@type": "WebPage",
        "@id": f"{url}#webpage",
        "url": url,
        "name": frame.meta.title,
        "inLanguage": LANGUAGE,
        "isPartOf": {"@id": f"{clinic.origin}/#website"},
        **_filled(description=frame.meta.description),
    }
    nodes = [clinic_node(clinic, frame), site_node(clinic), page]
    if frame.breadcrumbs:
        page["breadcrumb"] = {"@id": f"{url}#breadcrumb"}
        nodes.append(breadcrumb_node(frame))
    if place is not None:
        page["about"] = {"@id": f"{url}#location"}
        own = {
            "@id": f"{url}#location",
            "url": url,
            "parentOrganization": {"@id": clinic_id(clinic)},
            **_filled(image=frame.meta.image.url if frame.meta.image else ""),
        }
        nodes.append(place_node(clinic, place) | own)
    return tuple(nodes)


def with_person(frame: PageFrame, person: PersonCard, *, works_here: bool) -> PageFrame:
    """The frame of a profile: its page is about the person (S-06)."""
    url = frame.meta.url
    node = person_node(frame, person, person.url) | _filled(
        description=person.bio,
        image=f"{frame.clinic.origin}{person.photo.src}" if person.photo else "",
        worksFor={"@id": clinic_id(frame.clinic)} if works_here else None,
    )
    page = {"@type": "ProfilePage", "mainEntity": {"@id": node["@id"]}}
    nodes = [each | page if each["@id"] == f"{url}#webpage" else each for each in frame.nodes]
    return replace(frame, nodes=(*nodes, node))


def person_node(frame: PageFrame, person: NamedPerson, path: str) -> Node:
    """A Person, never a Physician, which schema.org counts among places (S-06).

    The same node in every graph of a site that names them; `path` is that of their profile, or "".
    """
    url = f"{frame.clinic.origin}{path}" if path else ""
    return {
        "@type": "Person",
        "name": person.name,
        **_filled(
            **{"@id": f"{url}#person" if url else ""},
            url=url,
            honorificSuffix=person.credentials,
            jobTitle=person.role,
        ),
    }


def clinic_id(clinic: Clinic) -> str:
    return f"{clinic.origin}/#{'org' if clinic.is_hub else 'clinic'}"


def clinic_node(clinic: Clinic, frame: PageFrame) -> Node:
    """The clinic with the facts of its primary location; the hub as an organization."""
    logo = f"{clinic.origin}{frame.logo.src}" if frame.logo else ""
    if clinic.is_hub or clinic.primary is None:
        kind: Node = {"@type": "Organization" if clinic.is_hub else "MedicalClinic"}
        own = {**kind, "name": clinic.name}
    else:
        own = place_node(clinic, clinic.primary) | {"name": clinic.name}
    own |= {"@id": clinic_id(clinic), "url": f"{clinic.origin}/"}
    own |= _filled(legalName=clinic.legal_name, logo=logo, image=logo)
    own |= _filled(parentOrganization=_group_of(clinic))
    if clinic.booking_url.startswith("https://"):
        target = {"@type": "EntryPoint", "urlTemplate": clinic.booking_url}
        own["potentialAction"] = {"@type": "ReserveAction", "target": target}
    return own


def _group_of(clinic: Clinic) -> Node | None:
    """The organization whose site lists the clinic."""
    if not clinic.hub_origin:
        return None
    origin = clinic.hub_origin
    own = {"@id": f"{origin}/#org", "name": clinic.hub_name, "url": f"{origin}/"}
    return {"@type": "Organization", **own}


def site_node(clinic: Clinic) -> Node:
    return {
        "@type": "WebSite",
        "@id": f"{clinic.origin}/#website",
        "name": clinic.name,
        "url": f"{clinic.origin}/",
        "publisher": {"@id": clinic_id(clinic)},
    }


def breadcrumb_node(frame: PageFrame) -> Node:
    """The visible breadcrumb; the page itself has no address in it (S-10)."""
    origin, last = frame.clinic.origin, len(frame.breadcrumbs)
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": str(link.label),
            **({"item": f"{origin}{link.url}"} if number < last else {}),
        }
        for number, link in enumerate(frame.breadcrumbs, start=1)
    ]
    url = frame.meta.url
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": items}


def hours_nodes(week: Iterable[HoursInterval]) -> list[Node]:
    """One for each distinct interval; a day by appointment is not open (S-11)."""
    timed = [row for row in week if not row.by_appointment]
    by_times: dict[tuple[str, str], list[int]] = {}
    for row in timed:
        by_times.setdefault((row.opens, row.closes), []).append(row.weekday)
    return [
        _times(opens, closes) | {"dayOfWeek": [f"{SCHEMA}/{_DAYS[day]}" for day in sorted(days)]}
        for (opens, closes), days in by_times.items()
    ]


def special_nodes(special: Iterable[SpecialInterval]) -> list[Node]:
    """Dated hours; closed days are 00:00 to 00:00 (S-11)."""
    return [
        _times(row.opens or "00:00", row.closes or "00:00")
        | {"validFrom": row.first_date.isoformat(), "validThrough": row.last_date.isoformat()}
        for row in special
    ]


def place_node(clinic: Clinic, place: Location) -> Node:
    """A location with its address, numbers and hours."""
    address = place.address
    special = special_nodes(coming_special(place))
    directions = directions_action(clinic, place)
    node: Node = {
        "@type": "MedicalClinic",
        "name": f"{clinic.name}, {place.name}" if len(clinic.locations) > 1 else clinic.name,
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "US",
            **_filled(
                streetAddress=address.street,
                addressLocality=address.city,
                addressRegion=address.state,
                postalCode=address.zip_code,
            ),
        },
        **_filled(
            telephone=_telephone(place.main),
            hasMap=directions.href if directions else "",
            medicalSpecialty=[f"{SCHEMA}/{name}" for name in clinic.specialties],
            openingHoursSpecification=[*hours_nodes(place.hours), *special],
            specialOpeningHoursSpecification=special,
            areaServed=[{"@type": "City", "name": town} for town in place.service_areas],
            contactPoint=list(_contact_points(place)),
        ),
    }
    if place.latitude is not None and place.longitude is not None:
        node["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": round(place.latitude, 6),
            "longitude": round(place.longitude, 6),
        }
    return node


def _contact_points(place: Location) -> Iterator[Node]:
    """Lines beside the main one; a text line only while carriers have approved it (X-05, S-14)."""
    lines = [("appointments", place.new_patients)]
    if place.text_approved:
        lines.append(("text messages", place.text))
    for kind, number in lines:
        if number is not None:
            yield {"@type": "ContactPoint", "contactType": kind, "telephone": _telephone(number)}


def _times(opens: str, closes: str) -> Node:
    """The end of a day is written as the start of the next, but for a whole day (S-11)."""
    if closes == "24:00":
        closes = "23:59" if opens == "00:00" else "00:00"
    return {"@type": "OpeningHoursSpecification", "opens": opens, "closes": closes}


def _telephone(number: Number | None) -> str:
    if number is None:
        return ""
    digits = number.e164.removeprefix("+1")
    return f"+1-{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def _filled(**properties: Any) -> Node:
    """The properties that have a value."""
    return {name: value for name, value in properties.items() if value}
