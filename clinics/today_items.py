"""What this app has to do today: a clinic's numbers, hours and facts, a franchise's clinics.

For `clinics.today`; a fixed number of queries for each scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinics import clinic_looks, open_words
from clinics.choices import ClinicStatus, LocationStatus
from clinics.doorway import missing_for_listing
from clinics.holidays import WARNED_AHEAD, Holiday, federal_holidays, undecided_holidays
from clinics.launching import checklist
from clinics.models import LocationFacts
from clinics.numbers.elsewhere import recorded_elsewhere
from clinics.numbers.records import LOOKS
from clinics.numbers.table import Verdict
from clinics.open_words import notice_of
from clinics.phones import rings_nowhere
from clinics.resolve import clinic_of, location_value, root_page
from clinics.roles.rights import YES, right_at
from clinics.special_days import coming_special, today_at
from clinics.suggesting.waiting import waiting_suggestions
from clinics.today import MOST_NAMES, Part, Scope, TodayItem, Urgency, first_names, register_today
from clinics.tokens import TOKENS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from clinics.clinic import Clinic, Location
    from clinics.models import ClinicPage

CLOSED_AHEAD = timedelta(days=7)
HOLIDAYS_AHEAD = timedelta(days=14)
# Facts that every clinic has, and articles speak of.
_FACTS = ("clinic.service_areas", "clinic.infusion_minutes", "clinic.observation_minutes")


@dataclass(frozen=True)
class _Place:
    """An open location with its page."""

    row: LocationFacts
    value: Location


def places_of(clinic: ClinicPage) -> list[_Place]:
    rows = LocationFacts.objects.filter(clinic=clinic, page__live=True).select_related("page")
    rows = rows.exclude(status=LocationStatus.CLOSED).order_by("-is_primary", "page__path")
    rows = rows.prefetch_related("opening_hours", "special_hours")
    return [_Place(row, location_value(row)) for row in rows]


@register_today(Part.CLINIC)
def opening(scope: Scope) -> Iterator[TodayItem]:
    """The checklist of a clinic that patients do not see yet."""
    clinic = _clinic(scope)
    if clinic.facts.status != ClinicStatus.PREPARING:
        return
    missing = sum(check.is_in_the_way for check in checklist(clinic))
    words = ngettext(
        "Patients do not see this site yet: %(count)d thing is missing.",
        "Patients do not see this site yet: %(count)d things are missing.",
        missing,
    )
    if not missing:
        words = _("Patients do not see this site yet: everything is there to open it.")
    url = reverse("my_clinic:launch", args=[clinic.pk])
    yield TodayItem(words % {"count": missing} if missing else words, url, Urgency.PATIENTS)


@register_today(Part.CLINIC)
def facts_of_places(scope: Scope) -> Iterator[TodayItem]:
    """Numbers, hours and what pages of locations lack."""
    clinic = _clinic(scope)
    places = places_of(clinic)
    value = clinic_of(root_page(clinic.pk))
    yield from _numbers(clinic, places, value)
    if right_at(scope.user, "hours", clinic) == YES:
        yield from _holidays(clinic, places)
    yield from _notice(clinic, value)
    yield from _listing(places)
    yield from _missing_facts(clinic, value)
    yield from _closed_days(clinic, places)


def _numbers(clinic: ClinicPage, places: list[_Place], value: Clinic) -> Iterator[TodayItem]:
    """By the record alone; what stands on pages is read where somebody looks at it."""
    found = [
        number for p in places for name in p.row.PHONE_FIELDS if (number := getattr(p.row, name))
    ]
    fiction = any(map(rings_nowhere, found))
    shared = recorded_elsewhere({number.e164 for number in found}, value)
    lacking = [p.row.name for p in places if not p.row.main_phone]
    waiting = [p.row.name for p in places if p.value.text and not p.value.text_approved]
    url = f"{reverse('my_numbers:list', args=[clinic.pk])}?verdict={Verdict.OPEN}"
    if lacking or not places:
        words = _("A location has no main number.") if places else _("There is no location yet.")
        yield TodayItem(words, url, Urgency.PATIENTS, tuple(lacking[:MOST_NAMES]))
    if fiction:
        yield TodayItem(_("Numbers of fiction ring nowhere."), url, Urgency.PATIENTS)
    if shared:
        words = ngettext(
            "%(count)d number is another clinic's as well.",
            "%(count)d numbers are another clinic's as well.",
            len(shared),
        )
        yield TodayItem(words % {"count": len(shared)}, url, Urgency.PATIENTS)
    if waiting:
        words = _("Patients cannot text yet: the carriers have not approved the number.")
        yield TodayItem(words, url, Urgency.LATER, tuple(waiting[:MOST_NAMES]))


def _holidays(clinic: ClinicPage, places: list[_Place]) -> Iterator[TodayItem]:
    """Those of the next 30 days about which some location has said nothing (H-05)."""
    found: dict[str, Holiday] = {}
    for place in places:
        today = today_at(place.value)
        for holiday in undecided_holidays(place.value.special_hours, today, WARNED_AHEAD):
            found[holiday.name] = holiday
    for holiday in sorted(found.values(), key=lambda each: each.day):
        words = _("Closed or open on %(name)s (%(day)s)? Nothing is set yet.")
        values = {"name": holiday.name, "day": date_format(holiday.day, "F j")}
        url = reverse("my_clinic:hours", args=[clinic.pk])
        yield TodayItem(words % values, url, Urgency.DEADLINE)


def _notice(clinic: ClinicPage, value: Clinic) -> Iterator[TodayItem]:
    """One without an end stays until somebody thinks of it."""
    notice = notice_of(value)
    if notice and not value.notice_until:
        words = _("“%(notice)s” stands on every page, and has no end.") % {"notice": notice}
        yield TodayItem(words, reverse("my_clinic:hours", args=[clinic.pk]), Urgency.LATER)


def _listing(places: list[_Place]) -> Iterator[TodayItem]:
    """L-07: a page of a location that search engines leave out."""
    for place in places[:MOST_NAMES]:
        missing = missing_for_listing(place.row.page, place.value)
        if missing:
            words = _("Search engines do not list “%(place)s”: it lacks %(what)s.")
            what = ", ".join(each.partition(":")[0] for each in missing)
            url = reverse("wagtailadmin_pages:edit", args=[place.row.page_id])
            yield TodayItem(words % {"place": place.row.name, "what": what}, url, Urgency.LATER)


def _missing_facts(clinic: ClinicPage, value: Clinic) -> Iterator[TodayItem]:
    missing = [TOKENS[name] for name in _FACTS if not TOKENS[name].value(value)]
    if missing:
        words = ngettext(
            "%(count)d fact is missing: articles say “%(default)s” in its place.",
            "%(count)d facts are missing: articles say “%(default)s” and the like in their place.",
            len(missing),
        )
        values = {"count": len(missing), "default": missing[0].default}
        names = tuple(str(token.label) for token in missing)
        url = reverse("my_clinic:contact", args=[clinic.pk])
        yield TodayItem(words % values, url, Urgency.LATER, names)


def _closed_days(clinic: ClinicPage, places: list[_Place]) -> Iterator[TodayItem]:
    """Days of the next week on which a location is closed, as a reminder."""
    for place in places[:MOST_NAMES]:
        last = today_at(place.value) + CLOSED_AHEAD
        days = [
            row for row in coming_special(place.value) if not row.opens and row.first_date <= last
        ]
        for row in days[:1]:
            words = _("“%(place)s” is closed on %(day)s.")
            if row.label:
                words = _("“%(place)s” is closed on %(day)s (%(reason)s).")
            day = date_format(max(row.first_date, today_at(place.value)), "l, F j")
            values = {"place": place.row.name, "day": day, "reason": row.label}
            url = reverse("my_clinic:hours", args=[clinic.pk])
            yield TodayItem(words % values, url, Urgency.LATER)


@register_today(Part.FRANCHISE)
def clinics_not_ready(scope: Scope) -> Iterator[TodayItem]:
    clinics = clinic_looks.preparing(_clinics(scope))
    count = clinics.count()
    if count:
        words = ngettext(
            "%(count)s clinic is not open to patients yet.",
            "%(count)s clinics are not open to patients yet.",
            count,
        )
        url = reverse("my_clinic:index") + "?look=preparing"
        yield TodayItem(_counted(words, count), url, Urgency.WAITS, first_names(clinics))


@register_today(Part.FRANCHISE)
def clinics_without_people(scope: Scope) -> Iterator[TodayItem]:
    clinics = clinic_looks.unattended(_clinics(scope))
    count = clinics.count()
    if count:
        words = ngettext(
            "%(count)s clinic has nobody who may publish there.",
            "%(count)s clinics have nobody who may publish there.",
            count,
        )
        url = reverse("my_clinic:index") + "?look=unattended"
        yield TodayItem(_counted(words, count), url, Urgency.DEADLINE, first_names(clinics))


@register_today(Part.FRANCHISE)
def suggestions_of_clinics(scope: Scope) -> Iterator[TodayItem]:
    """Facts that somebody of a clinic proposes to change."""
    found = waiting_suggestions(scope.user).filter(clinic__in=_clinics(scope).values("pk"))
    count = found.count()
    if count:
        words = ngettext(
            "%(count)s suggestion of a clinic waits for a decision.",
            "%(count)s suggestions of clinics wait for a decision.",
            count,
        )
        yield TodayItem(_counted(words, count), reverse("my_clinic:suggestions"), Urgency.WAITS)


@register_today(Part.FRANCHISE)
def clinics_numbers(scope: Scope) -> Iterator[TodayItem]:
    """Numbers that are missing, of fiction, shared or not approved."""
    for look, (keep, _words) in LOOKS.items():
        clinics = keep(_clinics(scope))
        count = clinics.count()
        if count:
            words = _number_words(look, count)
            url = f"{reverse('my_numbers:index')}?look={look}"
            urgency = Urgency.LATER if look == "unapproved" else Urgency.PATIENTS
            yield TodayItem(_counted(words, count), url, urgency, first_names(clinics))


@register_today(Part.FRANCHISE)
def clinics_holidays(scope: Scope) -> Iterator[TodayItem]:
    """Holidays so near that patients plan for them."""
    today = open_words.current_time().date()
    for holiday in federal_holidays(today, today + HOLIDAYS_AHEAD):
        clinics = clinic_looks.undecided_on(_clinics(scope), holiday.day)
        count = clinics.count()
        if count:
            words = ngettext(
                "%(name)s (%(day)s): %(count)s clinic has not set its hours.",
                "%(name)s (%(day)s): %(count)s clinics have not set their hours.",
                count,
            )
            values = {"name": holiday.name, "day": date_format(holiday.day, "F j")}
            url = f"{reverse('my_clinic:index')}?look=holiday&day={holiday.day.isoformat()}"
            names = first_names(clinics)
            yield TodayItem(
                words % (values | {"count": f"{count:,}"}), url, Urgency.DEADLINE, names
            )


def _number_words(look: str, count: int) -> str:
    match look:
        case "missing":
            return ngettext(
                "%(count)s clinic has a location without a main number, or no location.",
                "%(count)s clinics have a location without a main number, or no location.",
                count,
            )
        case "fiction":
            return ngettext(
                "%(count)s clinic has a number of fiction, which rings nowhere.",
                "%(count)s clinics have a number of fiction, which rings nowhere.",
                count,
            )
        case "shared":
            return ngettext(
                "%(count)s clinic has a number that another one has as well.",
                "%(count)s clinics have a number that another one has as well.",
                count,
            )
        case _:
            return ngettext(
                "%(count)s clinic has a number for texts that is not approved.",
                "%(count)s clinics have a number for texts that is not approved.",
                count,
            )


def _counted(words: str, count: int) -> str:
    return words % {"count": f"{count:,}"}


def _clinic(scope: Scope) -> ClinicPage:
    assert scope.clinic is not None  # noqa: S101 - a clinic's scope has one
    return scope.clinic


def _clinics(scope: Scope) -> QuerySet[ClinicPage]:
    assert scope.clinics is not None  # noqa: S101 - a franchise's scope has them
    return scope.clinics
