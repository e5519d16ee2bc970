"""Which number a patient is shown, and as which link. Nothing else makes `tel:` or `sms:` links.

A clinic (and perhaps one of its locations) comes in; a `CallToAction` goes out, with the number as
visible text, its link, and for texts the disclosure that carriers and the law ask for (X-02).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from clinics.clinic import Address, Clinic, Location
from clinics.disclosure import DEFAULT_DISCLOSURE, split_disclosure
from clinics.open_words import OpenLine, open_line
from clinics.phone_links import sms_href, tel_href
from clinics.phones import Number

CALL, TEXT, CALL_TEXT, BOOK, DIRECTIONS, FIND = (
    "call",
    "text",
    "call_text",
    "book",
    "directions",
    "find",
)
SMS_TERMS_PATH = "/sms-terms/"
PRIVACY_PATH = "/privacy/"


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Action:
    """One button. `detail` is shown beside the label, `suffix` is only read aloud (B-06)."""

    kind: str
    label: str
    href: str
    detail: str = ""
    suffix: str = ""


@dataclass(frozen=True)
class Disclosure:
    """The wording beside a text button: plain text and the links within it, in order."""

    parts: tuple[str | Link, ...]


@dataclass(frozen=True)
class CrisisLine:
    """The lifeline for whoever thinks of suicide, beside the clinic's own number (B-10)."""

    name: str
    call: Link
    text: Link


@dataclass(frozen=True)
class CallToAction:
    heading: str
    message: str
    actions: tuple[Action, ...]
    disclosure: Disclosure | None = None
    emergency: str = ""
    hours: OpenLine | None = None
    crisis: CrisisLine | None = None

    @property
    def quick(self) -> Action | None:
        """The first action that needs no words beside it: a text needs its disclosure (X-02)."""
        return next((action for action in self.actions if action.kind != TEXT), None)


def cta_for(clinic: Clinic, location: Location | None = None) -> CallToAction:
    """The clinic's main call to action; the hub's finds a clinic.

    While the clinic is open a call comes first, then a text and booking; while it is closed the
    call comes last (H-03). The order is that of the main location on every page (B-08).
    """
    if clinic.is_hub:
        return _call_to_action(clinic, [find_action()], heading=_("Find a clinic near you"))
    location = clinic.taking_over(location) or location
    call = call_action(clinic, location)
    others = [text_action(clinic, location), book_action(clinic)]
    heading = _("Talk to %(clinic)s") % {"clinic": clinic.name}
    actions = [*others, call] if _is_closed(clinic) else [call, *others]
    return _call_to_action(clinic, actions, heading=heading, location=location)


def with_crisis_line(cta: CallToAction) -> CallToAction:
    """The same with the 988 Lifeline, which answers calls and texts (https://988lifeline.org)."""
    return replace(cta, crisis=crisis_line())


def crisis_line() -> CrisisLine:
    return CrisisLine(
        name=_("988 Suicide & Crisis Lifeline:"),
        call=Link(_("call 988"), "tel:988"),
        text=Link(_("text 988"), "sms:988"),
    )


def call_link(number: Number) -> Link:
    """A number as its own label, for a page that knows nothing else of its clinic."""
    return Link(number.display, tel_href(number))


def section_cta(clinic: Clinic, kind: str, *, heading: str, message: str) -> CallToAction:
    """The call to action of an article's section; what a clinic cannot offer becomes a call."""
    actions: Sequence[Action | None]
    if clinic.is_hub:
        actions = [find_action()]
    else:
        wanted = {
            CALL: [call_action(clinic)],
            TEXT: [text_action(clinic)],
            CALL_TEXT: _by_hours(clinic, call_action(clinic), text_action(clinic)),
            BOOK: [book_action(clinic)],
            DIRECTIONS: [directions_action(clinic)],
        }[kind]
        actions = [action for action in wanted if action] or [call_action(clinic)]
    return _call_to_action(clinic, actions, heading=heading, message=message)


def call_action(clinic: Clinic, location: Location | None = None) -> Action | None:
    """A call to the location, else to the clinic's main location; None without a number.

    A visitor of a campaign calls the number of that campaign (B-09).
    """
    number = _campaign_number(location or clinic.primary, clinic.campaign)
    number = number or _first_number(location, clinic.primary, role="main")
    if not number:
        return None
    line = open_line(location or clinic.primary)
    label = _("Call us")
    if line and line.is_open:
        label = _("Call now")
    return Action(CALL, label, tel_href(number), number.display, _at(clinic, location))


def new_patients_action(clinic: Clinic, location: Location) -> Action | None:
    """A call to the line for new patients, where the location has one of its own."""
    number = location.new_patients
    if not number or number == location.main:
        return None
    label = _("New patients")
    return Action(CALL, label, tel_href(number), number.display, _at(clinic, location))


def text_action(clinic: Clinic, location: Location | None = None) -> Action | None:
    """A text to the location's number, else to the clinic's; None if it is unregistered (X-05)."""
    number = _first_number(location, clinic.primary, role="text")
    if not number:
        return None
    href = sms_href(number, strict=settings.CLINICS_SMS_STRICT_BODY)
    return Action(TEXT, _("Text us"), href, number.display, _at(clinic, location))


def book_action(clinic: Clinic) -> Action | None:
    """The clinic's booking page, without the page that it was opened from (P-05)."""
    if not clinic.booking_url:
        return None
    return Action(BOOK, _("Book online"), clinic.booking_url, "", _at(clinic, None))


def directions_action(clinic: Clinic, location: Location | None = None) -> Action | None:
    """Opens the visitor's map by address."""
    place = location or clinic.primary
    if not place:
        return None
    lines = address_lines(place.address)
    href = "https://www.google.com/maps/dir/?api=1&destination=" + quote(", ".join(lines))
    return Action(DIRECTIONS, _("Get directions"), href, lines[0], place.name)


def find_action() -> Action:
    return Action(FIND, _("Find a clinic near you"), "/locations/")


def fax_display(location: Location) -> str:
    return location.fax.display if location.fax else ""


def address_lines(address: Address) -> tuple[str, str]:
    """Street, and "City, ST ZIP"."""
    return address.street, f"{address.city}, {address.state} {address.zip_code}"


def _campaign_number(place: Location | None, campaign: str) -> Number | None:
    return place.campaigns.get(campaign) if place and campaign else None


def _first_number(
    location: Location | None, primary: Location | None, *, role: str
) -> Number | None:
    for place in (location, primary):
        number: Number | None = getattr(place, role, None)
        if place and number and (role != "text" or place.text_approved):
            return number
    return None


def _at(clinic: Clinic, location: Location | None) -> str:
    if location and len(clinic.locations) > 1:
        return _("%(clinic)s, %(location)s") % {"clinic": clinic.name, "location": location.name}
    return clinic.name


def _is_closed(clinic: Clinic) -> bool:
    line = open_line(clinic.primary)
    return line is not None and not line.is_open


def _by_hours(
    clinic: Clinic, call: Action | None, text: Action | None
) -> tuple[Action | None, Action | None]:
    return (text, call) if _is_closed(clinic) else (call, text)


def _call_to_action(
    clinic: Clinic,
    actions: Sequence[Action | None],
    *,
    heading: str,
    message: str = "",
    location: Location | None = None,
) -> CallToAction:
    offered = tuple(action for action in actions if action)
    text = next((action for action in offered if action.kind == TEXT), None)
    return CallToAction(
        heading=heading,
        message=message,
        actions=offered,
        disclosure=_disclosure(clinic, text) if text else None,
        emergency=_("In an emergency call 911."),
        hours=None if clinic.is_hub else open_line(location or clinic.primary),
    )


def _disclosure(clinic: Clinic, action: Action) -> Disclosure:
    parts: dict[str, str | Link] = {
        "[clinic]": clinic.name,
        "[number]": action.detail,
        "[sms_terms]": Link(_("SMS Terms"), SMS_TERMS_PATH),
        "[privacy]": Link(_("Privacy Policy"), PRIVACY_PATH),
    }
    text = clinic.text_disclosure or DEFAULT_DISCLOSURE
    return Disclosure(tuple(parts.get(part, part) for part in split_disclosure(text)))
