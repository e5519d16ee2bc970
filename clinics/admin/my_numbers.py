"""My numbers: every number that patients of a clinic see, where, its source and a verdict.

Whoever does not reach the clinic gets a 404. What is wrong is corrected where it stands: each place
leads to the public page and to its editor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column

from clinics.admin.index import ClinicChoice, ClinicMenuItem
from clinics.admin.screens import ClinicScreen, Tab
from clinics.admin.spreadsheet import ExportedScreen
from clinics.choices import ClinicStatus
from clinics.models import LocationFacts
from clinics.numbers.records import LOOKS
from clinics.numbers.shown import Origin, Spot
from clinics.numbers.table import NumberRow, NumberTable, Place, Source, Verdict, number_table
from clinics.numbers.words import KIND_WORDS, ORIGIN_WORDS, SPOT_WORDS, VERDICT_WORDS
from clinics.resolve import clinic_of
from clinics.roles.page_rights import may_change_at
from clinics.roles.reach import clinics_of

if TYPE_CHECKING:
    from wagtail.models import Page

    from clinics.models import ClinicPage

ICON = "clipboard-list"
# More lines than this are read in the spreadsheet.
MOST_LINES = 100
# What stands around every page, or at its end: said in one line where few pages differ.
_AROUND = frozenset({Spot.DATA, Spot.NOTICE, Spot.HEADER, Spot.BAR, Spot.FOOTER, Spot.PANEL})
_MOST_EXCEPTIONS = 3
# By the address where a text of the record is changed, the right that it takes.
_RIGHTS = {
    "my_clinic:edit_location": "phones",
    "my_clinic:edit_notice": "hours",
    "people:edit": "people",
}


def my_numbers_menu_item() -> MenuItem:
    url = reverse("my_numbers:index")
    return ClinicMenuItem(_("My numbers"), url, name="my-numbers", icon_name=ICON, order=52)


@dataclass(frozen=True)
class PageLine:
    """A page that shows a number. `live_url` and `edit_url` are "" where there is none for you."""

    title: str
    words: str
    live_url: str
    edit_url: str
    is_typed: bool


@dataclass(frozen=True)
class SpotGroup:
    """The pages that show a number at one spot; `left_out` lines are only in the spreadsheet.

    `everywhere` says so in words, where one line says it all; then there are no lines.
    """

    label: str | Promise
    pages: int
    everywhere: str
    lines: list[PageLine]
    left_out: int


@dataclass(frozen=True)
class NumberView:
    """A number as its row shows it. `sources` are pairs of words and an address, or ""."""

    row: NumberRow
    kinds: list[str | Promise]
    sources: list[tuple[str, str]]
    verdict: str | Promise
    spots: list[SpotGroup]


class NumbersOfMyClinic(ExportedScreen, ClinicScreen):
    """The table; ?verdict= keeps the rows of one verdict."""

    http_method_names = ["get", "head", "options"]
    page_title = _("My numbers")
    header_icon = ICON
    template_name = "clinics/admin/my_numbers.html"
    list_export = ["number", "kind", "verdict", "source", "origin", "page", "address", "spot", "at"]
    export_headings = {
        "number": _("Number"),
        "kind": _("Kind"),
        "verdict": _("Verdict"),
        "source": _("Source"),
        "origin": _("Comes from"),
        "page": _("Page"),
        "address": _("Address"),
        "spot": _("Place on the page"),
        "at": _("Section or button"),
    }

    def get_filename(self) -> str:
        return f"numbers-{self.clinic.slug}"

    @cached_property
    def table(self) -> NumberTable:
        return number_table(self.clinic)

    @cached_property
    def tabs(self) -> list[Tab]:
        """The verdicts, as a way to keep the rows of one of them."""
        asked = self.request.GET.get("verdict", "")
        address = reverse("my_numbers:list", args=[self.clinic.pk])
        tabs = [Tab(gettext("All numbers"), address, asked not in list(Verdict))]
        for verdict in Verdict:
            label = f"{VERDICT_WORDS[verdict]} ({self.table.count(verdict)})"
            tabs.append(Tab(label, f"{address}?verdict={verdict}", asked == verdict))
        return tabs

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("my_numbers:index"), "label": _("My numbers")},
            {"url": "", "label": _("Numbers of %(clinic)s") % {"clinic": self.clinic.facts.name}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("verdict", "")
        rows = [
            row for row in self.table.rows if asked not in list(Verdict) or row.verdict == asked
        ]
        return super().get_context_data(
            numbers=[self.view_of(row) for row in rows],
            table=self.table,
            wrong=self.table.count(Verdict.WRONG),
            to_check=self.table.count(Verdict.OPEN),
            is_filtered=asked in list(Verdict),
            **kwargs,
        )

    def view_of(self, row: NumberRow) -> NumberView:
        by_spot: dict[Spot, list[Place]] = {}
        for place in row.places:
            by_spot.setdefault(place.spot, []).append(place)
        return NumberView(
            row=row,
            kinds=[KIND_WORDS[kind] for kind in row.kinds],
            sources=[(source.words, self.url_of_source(source)) for source in row.sources],
            verdict=VERDICT_WORDS[row.verdict],
            spots=[self.group_of(spot, by_spot[spot]) for spot in Spot if spot in by_spot],
        )

    def group_of(self, spot: Spot, places: list[Place]) -> SpotGroup:
        # What was typed is what somebody has to find.
        places = sorted(places, key=lambda place: place.origin != Origin.TYPED)
        lines = list(dict.fromkeys(map(self.line_of, places)))
        paths = {place.page.path for place in places}
        everywhere = "" if any(line.is_typed for line in lines) else self.everywhere(spot, paths)
        shown = [] if everywhere else lines[:MOST_LINES]
        left_out = 0 if everywhere else len(lines) - len(shown)
        return SpotGroup(SPOT_WORDS[spot], len(paths), everywhere, shown, left_out)

    def everywhere(self, spot: Spot, paths: set[str]) -> str:
        """The one line for what stands on every page that has the spot, or on all but a few."""
        with_spot = self.titles_by_spot[spot]
        others = [title for path, title in with_spot.items() if path not in paths]
        if spot not in _AROUND or len(others) > min(_MOST_EXCEPTIONS, len(paths)):
            return ""
        is_on_all = len(with_spot) == self.table.page_count
        words = gettext("every page") if is_on_all else gettext("every page that has it")
        if not others:
            return words
        return gettext("%(pages)s, but for %(names)s") % {
            "pages": words,
            "names": ", ".join(others),
        }

    @cached_property
    def titles_by_spot(self) -> dict[Spot, dict[str, str]]:
        """The pages that show any number at each spot."""
        found: dict[Spot, dict[str, str]] = {spot: {} for spot in Spot}
        for row in self.table.rows:
            for place in row.places:
                found[place.spot][place.page.path] = place.page.title
        return found

    def line_of(self, place: Place) -> PageLine:
        page = place.page
        live_url = f"{self.origin}{page.path}" if self.origin and page.path else ""
        if place.fact:
            edit_url = self.url_of_fact(*place.fact)
        else:
            is_mine = page.edit_model is None or self.may_edit(page.edit_model)
            edit_url = page.edit_url if is_mine else ""
        is_typed = place.origin == Origin.TYPED
        words = "" if place.words == page.title else place.words
        return PageLine(page.title, words, live_url, edit_url, is_typed)

    def url_of_fact(self, name: str, pk: int) -> str:
        """Where a text of the record is changed, for whoever may; else who may is said there."""
        if self.may(_RIGHTS[name]):
            return reverse(name, args=[pk])
        return reverse("my_clinic:contact", args=[self.clinic.pk])

    def url_of_source(self, source: Source) -> str:
        if source.place_id is None:
            return ""
        if self.may("phones"):
            return reverse("my_clinic:edit_location", args=[source.place_id])
        contact = reverse("my_clinic:contact", args=[self.clinic.pk])
        return f"{contact}#location-{source.place_id}"

    @cached_property
    def origin(self) -> str:
        """Patients see nothing of a clinic that is not open yet."""
        is_live = self.clinic.facts.status == ClinicStatus.LIVE
        return clinic_of(self.clinic).origin if is_live else ""

    def may_edit(self, model: type[Page]) -> bool:
        if model not in self._may_edit:
            self._may_edit[model] = may_change_at(self.request.user, self.clinic, model)
        return self._may_edit[model]

    @cached_property
    def _may_edit(self) -> dict[type[Page], bool]:
        return {}

    def lines(self) -> Iterator[dict[str, Any]]:
        """One for each place; a number on no page has one too."""
        for row in self.table.rows:
            shared = {
                "number": row.display,
                "verdict": str(VERDICT_WORDS[row.verdict]),
                "source": "; ".join(source.words for source in row.sources),
            }
            for place in row.places:
                yield {
                    **shared,
                    "kind": str(KIND_WORDS[place.kind]),
                    "origin": str(ORIGIN_WORDS[place.origin]),
                    "page": place.page.title,
                    "address": f"{self.origin}{place.page.path}" if place.page.path else "",
                    "spot": str(SPOT_WORDS[place.spot]),
                    "at": place.words,
                }
            if not row.places:
                kinds = ", ".join(str(KIND_WORDS[kind]) for kind in row.kinds)
                nowhere = dict.fromkeys(("origin", "page", "address", "spot", "at"), "")
                yield {**shared, **nowhere, "kind": kinds}


class NumbersOfWhichClinic(ClinicChoice):
    """The clinics of a franchise admin, to choose one; ?look= keeps those with something to do."""

    page_title = _("My numbers")
    header_icon = ICON
    index_url_name = "my_numbers:index"
    index_results_url_name = "my_numbers:index_results"
    clinic_route = "my_numbers:list"
    header_buttons: list[Any] = []

    @cached_property
    def look(self) -> str:
        asked = self.request.GET.get("look", "")
        return asked if asked in LOOKS else ""

    def get_page_subtitle(self) -> str:
        return str(LOOKS[self.look][1]) if self.look else ""

    def get_base_queryset(self) -> QuerySet[ClinicPage]:
        clinics = clinics_of(self.request.user)
        if self.look:
            clinics = LOOKS[self.look][0](clinics)
        main = LocationFacts.objects.filter(clinic=OuterRef("pk"), is_primary=True)
        number = Subquery(main.values("main_phone")[:1])
        return clinics.select_related("facts").annotate(main_number=number)

    @cached_property
    def columns(self) -> list[BaseColumn]:
        return [
            self.name_column(),
            Column("number", label=_("Main number"), accessor=_main_number),
            Column("status", label=_("Status"), accessor="facts.get_status_display"),
        ]


def _main_number(clinic: Any) -> str:
    number = clinic.main_number
    return number.display if number else gettext("missing")
