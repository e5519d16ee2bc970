"""The tab of My clinic that says how often the buttons of its site were tapped (B-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from clinics import open_words
from clinics.admin.screens import ClinicScreen
from clinics.admin.spreadsheet import ExportedScreen
from clinics.cta import BOOK, CALL, DIRECTIONS, TEXT
from clinics.tap_report import BAR_WIDTH, CHART_HEIGHT, first_day, monday_of, tap_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clinics.tap_report import TapReport

COLUMNS = {
    CALL: gettext_lazy("Call"),
    TEXT: gettext_lazy("Text"),
    BOOK: gettext_lazy("Book"),
    DIRECTIONS: gettext_lazy("Directions"),
}


class TapsTab(ExportedScreen, ClinicScreen):
    """Twelve weeks by page and action, with a chart, and all counters as a spreadsheet."""

    template_name = "clinics/admin/taps.html"
    tab = "taps"
    list_export = ["week", "path", "block", "action", "open", "count"]
    export_headings = {
        "week": gettext_lazy("Week of"),
        "path": gettext_lazy("Page"),
        "block": gettext_lazy("Place on the page"),
        "action": gettext_lazy("Action"),
        "open": gettext_lazy("While open"),
        "count": gettext_lazy("Taps"),
    }

    def get_filename(self) -> str:
        return f"taps-{self.clinic.slug}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            report=self.report,
            columns=list(COLUMNS.values()),
            chart_height=CHART_HEIGHT,
            bar_width=BAR_WIDTH,
            **kwargs,
        )

    @cached_property
    def report(self) -> TapReport:
        return tap_report(self.counts, self.today, tuple(COLUMNS))

    @cached_property
    def today(self) -> Any:
        zone = ZoneInfo(self.clinic.facts.time_zone)
        return open_words.current_time().astimezone(zone).date()

    @cached_property
    def counts(self) -> list[Any]:
        counts = self.clinic.tap_counts.filter(day__gte=first_day(self.today))
        return list(counts.order_by("day", "path", "action", "block"))

    def lines(self) -> Iterator[dict[str, Any]]:
        """Weeks, never days: a rare tap on a rare page is nobody's to find out."""
        sums: dict[tuple[Any, ...], int] = {}
        for row in self.counts:
            key = (monday_of(row.day).isoformat(), row.path, row.block, row.action, row.was_open)
            sums[key] = sums.get(key, 0) + row.count
        for (week, path, block, action, was_open), count in sorted(sums.items()):
            yield {
                "week": week,
                "path": path,
                "block": block,
                "action": action,
                "open": "yes" if was_open else "no",
                "count": count,
            }
