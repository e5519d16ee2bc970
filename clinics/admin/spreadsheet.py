"""Spreadsheets of reports: Wagtail's export, in which no cell is taken for a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from clinics.formula_guard import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse


class GuardedExport(SpreadsheetExportMixin):
    """For views without a queryset: `as_spreadsheet` takes plain rows."""

    def get_preprocess_function(
        self, field: str, value: Any, export_format: str
    ) -> Callable[[Any], Any]:
        found = super().get_preprocess_function(field, value, export_format)
        return (lambda value: guarded(found(value) if found else value)) if found else guarded

    def get_heading(self, queryset: Any, field: str) -> str:
        return force_str(guarded(self.export_headings[field]))


class ExportedScreen(GuardedExport):
    """For a screen that answers `?export=csv` and `?export=xlsx` with its rows: `lines`."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(self.lines(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def lines(self) -> Iterable[Any]:
        """The rows of the spreadsheet, of which `list_export` names the columns."""
        raise NotImplementedError
