"""What closing or reopening a clinic or a location does, said before it is done.

Reads and counts; changes nothing. What articles lead where is said by the app that has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from clinics.account_names import name_of
from clinics.campaigns import campaigns_of
from clinics.choices import ClinicStatus, LocationStatus, Role
from clinics.closing import LocationClosing
from clinics.consequences import (
    WHEN_A_CLINIC_CLOSES,
    Consequence,
    Item,
    care,
    changes,
    in_order,
    stays,
)
from clinics.hosts import former_hosts_of, host_of
from clinics.launching import checklist
from clinics.models import ClinicFacts, ClinicPage, HubPage, LocationFacts, LocationPage, Membership

if TYPE_CHECKING:
    pass


def of_closing_clinic(clinic: ClinicPage, neighbour: ClinicPage | None) -> list[Consequence]:
    """Everything that follows, what patients see first."""
    articles = [each for part in WHEN_A_CLINIC_CLOSES for each in part(clinic, neighbour)]
    return in_order(
        [
            _hosts(clinic, neighbour),
            _locations(clinic),
            *_pages(clinic, neighbour),
            *articles,
            _listings(clinic),
            *_led_here(clinic, neighbour),
            *_named_elsewhere(clinic),
            *kept(clinic),
        ]
    )


def of_reopening_clinic(clinic: ClinicPage) -> list[Consequence]:
    """What answers again; what is missing by now is said, and stops nobody."""
    facts, host = clinic.facts, host_of(clinic)
    found = [
        changes(
            _("%(host)s shows the clinic again, with every page, article and number that it had.")
            % {"host": host},
            [Item(each) for each in former_hosts_of(clinic)],
        ),
        changes(_("The group's list, search and map position name it again."), _places(clinic)),
    ]
    if facts.neighbour:
        text = _("Patients are not led to %(clinic)s any more.")
        found.append(changes(text % {"clinic": facts.neighbour.title}))
    others = ClinicFacts.objects.filter(neighbour=clinic.pk, status=ClinicStatus.CLOSED)
    if names := [Item(row.name) for row in others.order_by("name")]:
        found.append(changes(_("Clinics that closed into this one lead here again."), names))
    lacks = [
        Item(check.label, check.remedy, check.url) for check in checklist(clinic) if not check.holds
    ]
    if lacks:
        text = _("Since then something is missing. Look at it before patients do.")
        found.append(care(text, lacks))
    return found


def of_closing_location(place: LocationPage, closing: LocationClosing) -> list[Consequence]:
    """Buttons, hours, data, lists; the main location; whom this one had helped out."""
    facts = place.facts
    numbers = _numbers_of(facts)
    path = f"/locations/{place.slug}/"
    if closing.neighbour:
        to = closing.neighbour.facts
        text = _("Its page and its buttons show address, hours and numbers of %(name)s.")
        found = [changes(text % {"name": to.name}, [Item(path, "→ " + to.name)])]
    else:
        text = _("Its page says that the location is closed, with the clinic's main number.")
        found = [changes(text, [Item(path)])]
    is_listed = closing.status == LocationStatus.CLOSED_FOR_NOW and not closing.neighbour
    if not is_listed:
        text = _("Lists, the search by ZIP code, the sitemap and search engines leave it out.")
        found.append(changes(text))
        found.append(changes(_("No page shows its numbers any more."), map(Item, numbers)))
    if closing.status == LocationStatus.CLOSED and facts.is_primary and closing.new_main:
        text = _("%(name)s becomes the main location: its numbers and towns stand for the clinic.")
        found.append(changes(text % {"name": closing.new_main.facts.name}))
    elif facts.is_primary and closing.neighbour:
        text = _("Meanwhile %(name)s answers for the whole clinic.")
        found.append(changes(text % {"name": closing.neighbour.facts.name}))
    found += _places_led_here(facts, closing.neighbour)
    kept_words = _(
        "Its page, words, photo, hours and numbers are kept, and come back when it opens."
    )
    return [*found, stays(kept_words)]


def of_reopening_location(place: LocationPage) -> list[Consequence]:
    facts = place.facts
    found = [
        changes(
            _("Its page, buttons and lists show its own address, hours and numbers again."),
            [Item(number) for number in _numbers_of(facts)],
        )
    ]
    if facts.neighbour:
        text = _("Patients are not led to %(name)s any more.")
        found.append(changes(text % {"name": facts.neighbour.facts.name}))
    if not facts.opening_hours.exists():
        found.append(care(_("It has no opening hours: enter its week first.")))
    return found


def kept(clinic: ClinicPage) -> Iterator[Consequence]:
    """Drafts, schedules and people: nothing of theirs is lost."""
    below = Page.objects.descendant_of(clinic, inclusive=True)
    drafts = list(below.filter(has_unpublished_changes=True).order_by("path"))
    if drafts:
        text = ngettext(
            "%(count)d draft is kept and can be worked on.",
            "%(count)d drafts are kept and can be worked on.",
            len(drafts),
        )
        items = [Item(page.get_admin_display_title()) for page in drafts]
        yield stays(text % {"count": len(drafts)}, items)
    if scheduled := _scheduled(clinic):
        text = ngettext(
            "%(count)d scheduled publication happens at its time, and no patient sees it.",
            "%(count)d scheduled publications happen at their times, and no patient sees them.",
            len(scheduled),
        )
        yield care(text % {"count": len(scheduled)}, scheduled)
    members = list(_members(clinic))
    if members:
        text = ngettext(
            "%(count)d person keeps the account and the access.",
            "%(count)d people keep their accounts and their access.",
            len(members),
        )
        yield stays(text % {"count": len(members)}, members)


def _hosts(clinic: ClinicPage, neighbour: ClinicPage | None) -> Consequence:
    hosts = [host_of(clinic), *former_hosts_of(clinic)]
    if neighbour is None:
        text = _("These hosts say that the clinic has closed, and lead to the group's own site.")
        return changes(text, map(Item, hosts))
    to = host_of(neighbour)
    text = _("These hosts lead to %(clinic)s for good (301).") % {"clinic": neighbour.title}
    return changes(text, [Item(host, f"→ {to}") for host in hosts])


def _locations(clinic: ClinicPage) -> Consequence:
    places = _places(clinic)
    text = ngettext(
        "%(count)d location is shown to nobody any more, nor is any of its numbers.",
        "%(count)d locations are shown to nobody any more, nor is any of their numbers.",
        len(places),
    )
    return changes(text % {"count": len(places)}, places)


def _places(clinic: ClinicPage) -> list[Item]:
    rows = LocationFacts.objects.filter(clinic=clinic).exclude(status=LocationStatus.CLOSED)
    ordered = rows.order_by("-is_primary", "page__path")
    return [Item(row.name, ", ".join([row.city, *_numbers_of(row)])) for row in ordered]


def _pages(clinic: ClinicPage, neighbour: ClinicPage | None) -> Iterator[Consequence]:
    """Its own pages; those of articles are somebody else's to count."""
    if neighbour is None:
        return
    own, theirs = _paths(clinic), set(_paths(neighbour))
    same = [path for path in own if path in theirs]
    others = [path for path in own if path not in theirs]
    text = ngettext(
        "%(count)d page leads to the same page of %(clinic)s.",
        "%(count)d pages lead to the same page of %(clinic)s.",
        len(same),
    )
    name = neighbour.title
    yield changes(text % {"count": len(same), "clinic": name}, map(Item, same))
    if others:
        text = ngettext(
            "%(count)d page has no like there and leads to the front page.",
            "%(count)d pages have no like there and lead to the front page.",
            len(others),
        )
        yield changes(text % {"count": len(others)}, map(Item, others))


def _paths(clinic: ClinicPage) -> list[str]:
    """The paths of the home page, what stands below it, and its locations."""
    live = Page.objects.descendant_of(clinic, inclusive=True).live().public().order_by("path")
    near = Q(depth__lte=clinic.depth + 1) | Q(locationpage__isnull=False)
    paths = live.filter(near).values_list("url_path", flat=True)
    return ["/" + path[len(clinic.url_path) :] for path in paths]


def _listings(clinic: ClinicPage) -> Consequence:
    hub = HubPage.objects.sibling_of(clinic).live().first()
    name = hub.title if hub else _("the group")
    text = _("The list and the search of %(hub)s, sitemaps and search engines' data leave it out.")
    return changes(text % {"hub": name})


def _led_here(clinic: ClinicPage, neighbour: ClinicPage | None) -> Iterator[Consequence]:
    """Clinics that closed into this one: their patients go on in one step."""
    group = clinic.path[: -ClinicPage.steplen]
    closed = ClinicFacts.objects.filter(clinic__path__startswith=group, status=ClinicStatus.CLOSED)
    rows = {row.clinic_id: row for row in closed.exclude(neighbour=None).order_by("name")}
    led = [row for row in rows.values() if _end_of(row, rows) == clinic.pk]
    if not led:
        return
    items = [Item(row.name) for row in led]
    if neighbour is None:
        yield care(_("Clinics that closed into this one have no neighbour any more."), items)
    else:
        text = _("Clinics that closed into this one lead to %(clinic)s, in one step.")
        yield care(text % {"clinic": neighbour.title}, items)


def _end_of(row: ClinicFacts, rows: Mapping[int, ClinicFacts]) -> int | None:
    """Where a chain of closed clinics ends."""
    seen: set[int] = set()
    while (following := rows.get(row.neighbour_id or 0)) and following.pk not in seen:
        seen.add(following.pk)
        row = following
    return row.neighbour_id


def _named_elsewhere(clinic: ClinicPage) -> Iterator[Consequence]:
    rows = LocationFacts.objects.filter(neighbour__path__startswith=clinic.path)
    rows = rows.exclude(clinic=clinic).select_related("clinic__facts")
    if items := [Item(row.name, row.clinic.facts.name) for row in rows]:
        text = _("Closed locations of other clinics name one of these as their neighbour.")
        yield care(text, items)


def _scheduled(clinic: ClinicPage) -> list[Item]:
    below = Page.objects.descendant_of(clinic, inclusive=True)
    ids = [str(pk) for pk in below.values_list("pk", flat=True)]
    pages = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    rows = Revision.objects.filter(
        base_content_type=pages, object_id__in=ids, approved_go_live_at__isnull=False
    )
    return [Item(row.object_str, f"{row.approved_go_live_at:%Y-%m-%d %H:%M} UTC") for row in rows]


def _members(clinic: ClinicPage) -> Iterator[Item]:
    users = get_user_model().objects.filter(is_active=True)
    rows = Membership.objects.filter(page=clinic.page_ptr, user__in=users).select_related("user")
    for row in rows.order_by("user__last_name", "user__username"):
        yield Item(name_of(row.user), str(Role(row.role).label))


def _places_led_here(facts: LocationFacts, neighbour: LocationPage | None) -> list[Consequence]:
    """Closed locations that named this one."""
    rows = LocationFacts.objects.filter(neighbour=facts.page_id, status__startswith="CLOSED")
    items = [Item(row.name) for row in rows.order_by("name")]
    if not items:
        return []
    if neighbour is None:
        text = _("Closed locations that named this one have no neighbour any more.")
        return [care(text, items)]
    text = _("Closed locations that named this one lead to %(name)s.")
    return [care(text % {"name": neighbour.facts.name}, items)]


def _numbers_of(facts: LocationFacts) -> list[str]:
    numbers = [getattr(facts, name) for name in facts.PHONE_FIELDS]
    shown = [*numbers, *campaigns_of(facts.campaign_numbers).values()]
    return list(dict.fromkeys(number.display for number in shown if number))
