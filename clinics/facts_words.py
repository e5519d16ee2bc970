"""Facts in words: stored values in, labels and readable text out, for screens and for the log.

Only for people who run clinics; what patients read is made elsewhere. Reads no facts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinics.choices import Specialty
from clinics.clinic import HoursInterval
from clinics.facts_snapshot import HOURS, SERVICES, SPECIAL_HOURS, Snapshot
from clinics.hours import DAY_NAMES, hours_lines
from clinics.models import ClinicFacts, LocationFacts, Service
from clinics.models.fields import PhoneField
from clinics.phones import Number

CLINIC_GROUPS = (
    (gettext_lazy("Names"), ("name", "legal_name")),
    (gettext_lazy("Place and time"), ("state", "time_zone")),
    (gettext_lazy("Booking and services"), ("booking_url", "services", "specialties")),
    (gettext_lazy("Protocol"), ("infusion_minutes", "observation_minutes")),
    (gettext_lazy("Text messages"), ("text_disclosure",)),
    (gettext_lazy("Search engines"), ("index_policy",)),
)
# Set by whoever sets the hours, so it has a form of its own.
NOTICE_GROUP = (gettext_lazy("Notice for patients"), ("notice", "notice_until"))
# What law asks; its form stands apart, since whoever fills it in has papers at hand.
COMPLIANCE_GROUPS = (
    (
        gettext_lazy("Medical director"),
        (
            "director",
            "director_name",
            "director_license",
            "director_board",
            "director_is_here",
            "delegation",
        ),
    ),
    (
        gettext_lazy("License for pain management"),
        (
            "pain_license_kind",
            "pain_license_number",
            "pain_license_from",
            "pain_license_until",
        ),
    ),
    (
        gettext_lazy("Notices that the clinic owes"),
        (
            "receives_hhs_funds",
            "employees",
            "bills_health_plans",
            "sees_self_payers",
            "owes_health_data_notice",
        ),
    ),
    (gettext_lazy("Seal"), ("legitscript_id", "legitscript_host")),
)
# Changed by closing and opening the clinic, each with a screen of its own.
STATUS_GROUP = (gettext_lazy("Status"), ("status", "neighbour"))
LOCATION_GROUPS = (
    (
        gettext_lazy("Numbers"),
        ("main_phone", "new_patients_phone", "text_phone", "text_status", "fax"),
    ),
    (gettext_lazy("Campaigns"), ("campaign_numbers",)),
    (
        gettext_lazy("Address"),
        ("street", "city", "state", "zip_code", "latitude", "longitude", "time_zone", "parking"),
    ),
    (gettext_lazy("Name and status"), ("name", "is_primary", "status", "neighbour")),
    (gettext_lazy("Towns"), ("service_areas",)),
)


@dataclass(frozen=True)
class FactMark:
    """A sentence beside a fact, such as what waits for a decision, and where that is."""

    text: str
    url: str


@dataclass(frozen=True)
class FactRow:
    """One fact as it is read."""

    label: str
    text: str
    is_known: bool = True
    marks: Sequence[FactMark] = ()


@dataclass(frozen=True)
class Difference:
    """One fact that differs between two snapshots."""

    label: str
    before: str
    after: str


def fact_groups(
    snapshot: Snapshot, marks: Mapping[str, Sequence[FactMark]] | None = None
) -> list[tuple[str, list[FactRow]]]:
    """The facts in groups as the form has them, without the hours; `marks` stand beside theirs."""
    words, marked = _Words(snapshot), marks or {}
    return [
        (
            str(heading),
            [_fact_row(name, snapshot[name], words, marked.get(name, ())) for name in names],
        )
        for heading, names in _groups(snapshot)
    ]


def is_about_law(group: tuple[str, list[FactRow]]) -> bool:
    """Whether one of the groups is about licenses and law."""
    return any(group[0] == str(heading) for heading, _names in COMPLIANCE_GROUPS)


def in_words(values: Sequence[tuple[str, Any]]) -> list[str]:
    """Each of these values of a named fact as text. What they refer to is looked up all at once."""
    words = _Words(*({SERVICES: value} for name, value in values if name == SERVICES))
    pages = [value for name, value in values if value and _refers_to_page(name)]
    words.titles = (
        dict(Page.objects.filter(pk__in=pages).values_list("pk", "title")) if pages else {}
    )
    return [words.of(name, value) for name, value in values]


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """What differs, in words; hours day by day, and only those of the special hours that differ.

    Two snapshots, or the same part of two.
    """
    words = _Words(before, after)
    found = [
        Difference(
            label_of(name),
            words.of(name, before.get(name)),
            words.of(name, after.get(name)),
        )
        for _heading, names in _groups(after)
        for name in names
        if name in before and name in after and before[name] != after[name]
    ]
    if HOURS in before and HOURS in after:
        found += _hours_differences(before[HOURS], after[HOURS])
    if SPECIAL_HOURS in before and SPECIAL_HOURS in after:
        found += _special_differences(before[SPECIAL_HOURS], after[SPECIAL_HOURS])
    return found


def week_lines(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Seven lines of day and hours; "Not known" for every day when nothing was entered."""
    lines = hours_lines(HoursInterval(**row) for row in rows)
    return lines or tuple((str(day), _("Not known")) for day in DAY_NAMES)


def special_lines(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """One line for each row: "Nov 26, 2026 – Nov 27, 2026, Thanksgiving: closed"."""
    return [_special_line(row) for row in rows]


def label_of(name: str) -> str:
    """What a fact is called on the screen."""
    if name == HOURS:
        return _("Opening hours")
    if name == SPECIAL_HOURS:
        return _("Special hours")
    return capfirst(str(_field(name).verbose_name))


def _groups(snapshot: Snapshot) -> Any:
    """An older row of the log knows no status of clinics, and nothing of licenses."""
    if not _is_of_clinic(snapshot):
        return LOCATION_GROUPS
    known = set(snapshot)
    later = [group for group in (STATUS_GROUP, *COMPLIANCE_GROUPS) if known.issuperset(group[1])]
    return (*CLINIC_GROUPS, NOTICE_GROUP, *later)


def _is_of_clinic(snapshot: Snapshot) -> bool:
    """Also for a part of a snapshot, as long as a fact is in it that no location has."""
    own = set(ClinicFacts.FACT_FIELDS) - set(LocationFacts.FACT_FIELDS)
    return bool(own & set(snapshot))


def _fact_row(name: str, value: Any, words: _Words, marks: Sequence[FactMark]) -> FactRow:
    is_known = value is not None and value not in ("", [])
    return FactRow(label_of(name), words.of(name, value), is_known=is_known, marks=marks)


class _Words:
    """Values of snapshots of one clinic or one location in words.

    `titles` are those of pages that values refer to; None looks each page up.
    """

    def __init__(self, *snapshots: Snapshot) -> None:
        is_of_clinic = any(_is_of_clinic(snapshot) for snapshot in snapshots)
        self.model = ClinicFacts if is_of_clinic else LocationFacts
        self.services = _service_names(*snapshots)
        self.titles: Mapping[int, str] | None = None

    def of(self, name: str, value: Any) -> str:
        if value is None or value in ("", []):
            return _("none")
        if name == SERVICES:
            return ", ".join(self.services.get(slug, slug) for slug in value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            names = dict(Specialty.choices) if name == "specialties" else {}
            return ", ".join(str(names.get(each, each)) for each in value)
        return self._of_column(_field(name, self.model), value)

    def _of_column(self, field: Any, value: Any) -> str:
        if field.is_relation and not issubclass(field.related_model, Page):
            row = field.related_model._default_manager.filter(pk=value).first()
            return str(row) if row else _("somebody who is gone")
        if field.is_relation:
            titles = self.titles
            if titles is None:
                titles = dict(Page.objects.filter(pk=value).values_list("pk", "title"))
            return titles.get(value) or _("a page that is gone")
        if isinstance(field, DateTimeField):
            return date_format(localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
        if isinstance(field, DateField):
            return date_format(date.fromisoformat(value))
        if isinstance(field, PhoneField):
            return Number.from_stored(value).display
        return str(dict(field.flatchoices).get(value, value))


def _field(name: str, model: Any = LocationFacts) -> Any:
    """What clinic and location share is called the same in both."""
    models = (model, LocationFacts, ClinicFacts)
    return next(each for each in models if name in each.FACT_FIELDS)._meta.get_field(name)


def _refers_to_page(name: str) -> bool:
    field = _field(name)
    return field.many_to_one and issubclass(field.related_model, Page)


def _service_names(*snapshots: Snapshot) -> dict[str, str]:
    slugs = {slug for snapshot in snapshots for slug in snapshot.get(SERVICES, [])}
    if not slugs:
        return {}
    return dict(Service.objects.filter(slug__in=slugs).values_list("slug", "name"))


def _hours_differences(before: Any, after: Any) -> list[Difference]:
    return [
        Difference(day, was, now)
        for (day, was), (_day, now) in zip(week_lines(before), week_lines(after), strict=True)
        if was != now
    ]


def _special_differences(before: Any, after: Any) -> list[Difference]:
    gone = special_lines(row for row in before if row not in after)
    new = special_lines(row for row in after if row not in before)
    if not gone and not new:
        return []
    return [
        Difference(
            label_of(SPECIAL_HOURS), "; ".join(gone) or _("none"), "; ".join(new) or _("none")
        ),
    ]


def _special_line(row: Mapping[str, str]) -> str:
    first, last = (date.fromisoformat(row[name]) for name in ("first_date", "last_date"))
    days = date_format(first)
    if last != first:
        days = f"{days} – {date_format(last)}"
    if row["label"]:
        days = f"{days}, {row['label']}"
    day = HoursInterval(0, row["opens"], row["closes"])
    hours = hours_lines([day])[0][1] if row["opens"] else _("closed")
    return f"{days}: {hours}"
