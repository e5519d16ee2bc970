"""The tabs of My clinic that are read: contact, hours and the log of changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ResultPage
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from clinics.admin.screens import ClinicScreen, who_may
from clinics.admin.suggestion_rows import waiting_marks
from clinics.admin.undo import may_undo
from clinics.doorway import missing_for_listing
from clinics.facts import changed_names, facts_snapshot
from clinics.facts_snapshot import (
    HOURS,
    SPECIAL_HOURS,
    Facts,
    Snapshot,
    restored_special_hours,
)
from clinics.facts_words import (
    FactMark,
    FactRow,
    differences,
    fact_groups,
    is_about_law,
    special_lines,
    week_lines,
)
from clinics.holidays import WARNED_AHEAD, Holiday, undecided_holidays
from clinics.models import LocationFacts
from clinics.open_words import notice_of
from clinics.resolve import clinic_of, location_value
from clinics.roles.reach import changes_of
from clinics.roles.rights import PROPOSE, YES, right_at
from clinics.special_days import today_at

if TYPE_CHECKING:
    from clinics.facts_words import Difference
    from clinics.models import FactsChange

CHANGES_A_PAGE = 20


@dataclass(frozen=True)
class Place:
    """A location as the tabs show it; `undecided` are near holidays without hours (H-05).

    `missing` is what keeps its page out of search engines (L-07).
    """

    facts: LocationFacts
    groups: list[tuple[str, list[FactRow]]]
    week: tuple[tuple[str, str], ...]
    special: list[str]
    undecided: list[Holiday]
    missing: list[str]


@dataclass(frozen=True)
class ChangeRow:
    """A line of the log. `version` is "" when the change cannot be undone by this user."""

    change: FactsChange
    place: str
    differences: list[Difference]
    version: str
    note: str = ""


class ContactTab(ClinicScreen):
    """The clinic's facts, and each location's address and numbers."""

    template_name = "clinics/admin/contact.html"
    tab = "contact"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answer = right_at(self.request.user, "phones", self.clinic)
        may_edit = answer == YES
        places = list(_locations(self.clinic.pk))
        pages = [self.clinic.pk, *(facts.page_id for facts in places)]
        marks = waiting_marks(self.request.user, self.clinic, pages)
        groups = fact_groups(facts_snapshot(self.clinic.facts), marks.get(self.clinic.pk))
        return super().get_context_data(
            groups=[group for group in groups if not is_about_law(group)],
            law=[group for group in groups if is_about_law(group)],
            places=[_place(facts, marks.get(facts.page_id)) for facts in places],
            may_edit=may_edit,
            may_suggest=answer == PROPOSE,
            who_may="" if may_edit else who_may("phones", self.clinic),
            **kwargs,
        )


class HoursTab(ClinicScreen):
    """The week and the special hours of each location."""

    template_name = "clinics/admin/hours.html"
    tab = "hours"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = self.may("hours")
        return super().get_context_data(
            places=places_of(self.clinic.pk),
            notice=notice_of(clinic_of(self.clinic)),
            may_edit=may_edit,
            who_may="" if may_edit else who_may("hours", self.clinic),
            **kwargs,
        )


class ChangesTab(ClinicScreen):
    """Who changed which fact when, what it was before, and the way back."""

    template_name = "clinics/admin/changes.html"
    tab = "changes"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = WagtailPaginator(self.changes(), per_page=CHANGES_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return super().get_context_data(
            rows=self.rows(page),
            page_obj=page,
            elided_page_range=paginator.get_elided_page_range(page.number),
            **kwargs,
        )

    def changes(self) -> QuerySet[FactsChange]:
        changes = changes_of(self.request.user).filter(page__path__startswith=self.clinic.path)
        return changes.select_related("changed_by", "suggested_by", "page").order_by(
            "-changed_at", "-pk"
        )

    def rows(self, page: ResultPage) -> list[ChangeRow]:
        now: dict[int, tuple[str, Facts]] = {self.clinic.pk: (_("Clinic"), self.clinic.facts)}
        for facts in _locations(self.clinic.pk):
            now[facts.page_id] = (facts.name, facts)
        snapshots = {pk: facts_snapshot(facts) for pk, (_name, facts) in now.items()}
        return [
            self._row(change, *now[change.page_id], snapshots[change.page_id])
            for change in page
            if change.page_id in now
        ]

    def _row(self, change: FactsChange, place: str, facts: Any, now: Snapshot) -> ChangeRow:
        names = changed_names(change)
        is_latest = all(now.get(name) == change.after[name] for name in names)
        may_be_undone = is_latest and may_undo(self.request.user, change)
        return ChangeRow(
            change=change,
            place=place,
            differences=differences(change.before, change.after),
            version=str(facts.version) if may_be_undone else "",
            note="" if is_latest else _("Changed again since"),
        )


def places_of(clinic_id: int) -> list[Place]:
    """The clinic's locations, the main one first."""
    return [_place(facts) for facts in _locations(clinic_id)]


def _place(facts: LocationFacts, marks: Mapping[str, Sequence[FactMark]] | None = None) -> Place:
    snapshot = facts_snapshot(facts)
    return Place(
        facts=facts,
        groups=fact_groups(snapshot, marks),
        week=week_lines(snapshot[HOURS]),
        special=special_lines(snapshot[SPECIAL_HOURS]),
        undecided=undecided_at(facts),
        missing=missing_for_listing(facts.page, location_value(facts)),
    )


def undecided_at(facts: LocationFacts) -> list[Holiday]:
    """The holidays of the next weeks about which the location has said nothing."""
    today = today_at(facts)
    stored = restored_special_hours(facts_snapshot(facts))
    return undecided_holidays(stored, today, WARNED_AHEAD)


def _locations(clinic_id: int) -> QuerySet[LocationFacts]:
    facts = LocationFacts.objects.filter(clinic=clinic_id).order_by("-is_primary", "page__path")
    return facts.select_related("page").prefetch_related("opening_hours", "special_hours")
