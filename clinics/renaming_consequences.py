"""What a new name, a new host or a new address does, for the screen that asks before it is done.

Reads and counts; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from clinics.choices import TIME_ZONES, TextStatus
from clinics.consequences import Consequence, Item, care, changes, in_order, note, stays
from clinics.facts_words import label_of
from clinics.hosts import former_hosts_of, host_of
from clinics.locator import Candidate, Point, distance_words, find_near, miles_between
from clinics.mentions import mentions_of, words_of
from clinics.models import LocationFacts
from clinics.near import locations_in_service
from clinics.relocating import MoveNotice, notice_shown
from clinics.resolve import clinic_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Page

    from clinics.mentions import Mention
    from clinics.models import ClinicPage, LocationPage

# A map position further than this from the middle of its ZIP code is a slip of the finger.
FAR_FROM_ZIP = 25
_NEIGHBOURS = 5


def of_renaming_clinic(
    clinic: ClinicPage, name: str, host: str, user: AbstractUser
) -> list[Consequence]:
    """What follows the name by itself, what keeps its own, and what was typed by hand."""
    facts, found = clinic.facts, []
    if name != facts.name:
        text = _("Every page, button, title and search engines' data says “%(name)s”.")
        found.append(changes(text % {"name": name}))
        found.append(
            changes(_("These have the name as their own and get the new one."), _same(clinic))
        )
        if facts.legal_name:
            text = _("The legal name stays: %(name)s.") % {"name": facts.legal_name}
            found.append(stays(text))
        found += _typed(clinic, facts.name, clinic, user)
    if host != host_of(clinic):
        found += _hosts(clinic, host)
    return in_order(found)


def of_renaming_location(
    place: LocationPage, name: str, slug: str, user: AbstractUser
) -> list[Consequence]:
    """The same for a location; its old path leads to the new one."""
    facts, found = place.facts, []
    if name != facts.name:
        text = _("Its page, cards, buttons and search engines' data say “%(name)s”.")
        found.append(changes(text % {"name": name}))
        if place.title == facts.name:
            found.append(changes(_("The title of its page gets the new name.")))
        else:
            text = _("The title of its page was written by hand and stays: %(title)s.")
            found.append(stays(text % {"title": place.title}))
    if slug != place.slug:
        was, now = f"/locations/{place.slug}/", f"/locations/{slug}/"
        found.append(
            changes(_("Its page moves, and the old address leads there."), [Item(was, f"→ {now}")])
        )
    if name != facts.name:
        found += _typed(place, facts.name, facts.clinic, user)
    return in_order(found)


def of_moving(
    place: LocationPage, typed: Mapping[str, Any], notice: MoveNotice | None
) -> list[Consequence]:
    """Distance, neighbours, time and numbers, and what patients are told."""
    facts, found = place.facts, []
    before, after = _address(facts), _address(typed)
    if before != after:
        text = _("Pages, directions, lists and search engines' data show the new address.")
        found.append(changes(text, [Item(before, f"→ {after}")]))
    found += _distance(facts, typed)
    if typed["time_zone"] != facts.time_zone:
        zones = {code: str(label) for code, label in TIME_ZONES}
        text = _("Its hours are read in another time zone: %(zone)s. Check the week afterwards.")
        found.append(care(text % {"zone": zones[typed["time_zone"]]}))
    found += _numbers(facts, typed)
    found += _notice(facts, notice)
    found.append(stays(_("Hours, words, photo and the address of its page stay.")))
    return in_order(found)


def _same(clinic: ClinicPage) -> list[Item]:
    facts, name = clinic.facts, clinic.facts.name
    named = [
        (clinic.title == name, _("The title of its home page")),
        (
            Site.objects.filter(root_page=clinic.pk, site_name=name).exists(),
            _("The name of its site"),
        ),
        (
            getattr(facts.collection, "name", "") == name,
            _("The collection of its pictures"),
        ),
    ]
    return [Item(label) for is_same, label in named if is_same]


def _typed(
    renamed: Page, name: str, clinic: ClinicPage, user: AbstractUser
) -> Iterator[Consequence]:
    mentions = mentions_of(name, clinic, follows=renamed if renamed.title == name else None)
    if not mentions:
        yield stays(_("No text says “%(name)s” by hand.") % {"name": name})
        return
    text = ngettext(
        "%(count)d page says “%(name)s” in typed words, which stay. Somebody has to rewrite it.",
        "%(count)d pages say “%(name)s” in typed words, which stay. Somebody has to rewrite them.",
        len(mentions),
    )
    items = [_item(mention, user) for mention in mentions]
    yield care(text % {"count": len(mentions), "name": name}, items)


def _item(mention: Mention, user: AbstractUser) -> Item:
    """A link for whoever may edit the page; the others pass the list on."""
    page = mention.page
    may_edit = page.permissions_for_user(user).can_edit()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else ""
    return Item(page.get_admin_display_title(), words_of(mention), url)


def _hosts(clinic: ClinicPage, host: str) -> Iterator[Consequence]:
    now, former = host_of(clinic), former_hosts_of(clinic)
    leading = [now, *(each for each in former if each != host)]
    text = _("Patients find the clinic at %(host)s; every other host leads there, page by page.")
    yield changes(text % {"host": host}, [Item(each, f"→ {host}") for each in leading])
    yield changes(
        _("Canonical addresses, sitemap, feed and search engines' data name the new host.")
    )
    if host in former:
        yield stays(_("%(host)s was this clinic's host before.") % {"host": host})
    else:
        text = _("Let %(host)s lead to this server first, with a certificate: else nobody arrives.")
        yield care(text % {"host": host})


def _address(facts: LocationFacts | Mapping[str, Any]) -> str:
    names = ("street", "city", "state", "zip_code")
    if isinstance(facts, LocationFacts):
        street, city, state, zip_code = (getattr(facts, name) for name in names)
    else:
        street, city, state, zip_code = (facts[name] for name in names)
    return f"{street}, {city}, {state} {zip_code}"


def _distance(facts: LocationFacts, typed: Mapping[str, Any]) -> Iterator[Consequence]:
    was = _point(facts.latitude, facts.longitude)
    now = _point(typed["latitude"], typed["longitude"])
    if now is None:
        text = _("Without a position on the map the search by ZIP code knows no distance to it.")
        yield care(text)
        return
    if was and was != now:
        words = _miles(miles_between(was, now))
        yield changes(_("Its position on the map moves by %(miles)s.") % {"miles": words})
    elif was == now and _address(facts) != _address(typed):
        yield care(_("Its position on the map is still the old one."))
    if (off := _miles_from_zip(now, typed["zip_code"])) is not None and off > FAR_FROM_ZIP:
        text = _("The position is %(miles)s from ZIP code %(zip)s: check latitude and longitude.")
        yield care(text % {"miles": _miles(off), "zip": typed["zip_code"]})
    if near := _neighbours(facts, now):
        yield note(_("Nearest locations of the group from there."), near)


def _neighbours(facts: LocationFacts, here: Point) -> list[Item]:
    group = replace(clinic_of(facts.clinic), is_hub=True)
    others = locations_in_service(group).exclude(pk=facts.pk).only("name", "latitude", "longitude")
    by_distance = sorted(
        (miles_between(here, point), row.name)
        for row in others
        if (point := _point(row.latitude, row.longitude))
    )
    return [Item(name, distance_words(miles)) for miles, name in by_distance[:_NEIGHBOURS]]


def _miles_from_zip(here: Point, zip_code: str) -> float | None:
    """The locator knows the middle of every ZIP code."""
    answer = find_near(zip_code[:5], [Candidate(0, here, "", "", ())])
    return answer.near[0].miles if answer.near else None


def _numbers(facts: LocationFacts, typed: Mapping[str, Any]) -> Iterator[Consequence]:
    items = []
    for name in LocationFacts.PHONE_FIELDS:
        was, now = getattr(facts, name), typed[name]
        if was != now:
            arrow = f"{was.display if was else _('none')} → {now.display if now else _('none')}"
            items.append(Item(label_of(name), arrow))
    if items:
        yield changes(_("Buttons, pages and search engines' data show the new numbers."), items)
    else:
        yield stays(_("Its numbers stay."))
    if typed["text_phone"] and typed["text_status"] != TextStatus.APPROVED:
        text = _("No text button is shown before the carriers have approved the number for texts.")
        yield care(text)


def _notice(facts: LocationFacts, notice: MoveNotice | None) -> Iterator[Consequence]:
    shown = notice_shown(facts.clinic.facts)
    if notice is None:
        if shown:
            yield stays(_("The notice that patients read now stays."), [Item(shown)])
        return
    if shown:
        yield care(_("The notice that patients read now is replaced."), [Item(shown)])
    yield changes(_("Every page of the clinic says it on top."), [Item(notice.text)])


def _point(latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None or longitude is None:
        return None
    return Point(latitude, longitude)


def _miles(miles: float) -> str:
    if miles < 1:
        return _("less than a mile")
    count = round(miles)
    return ngettext("%(count)s mile", "%(count)s miles", count) % {"count": f"{count:,}"}
