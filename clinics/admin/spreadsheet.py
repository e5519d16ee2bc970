"""Spreadsheets of reports: Wagtail's export, in which no cell is taken for a formula.

A text that begins like one is written behind an apostrophe, which spreadsheet programs leave out
(OWASP, "CSV Injection").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

if TYPE_CHECKING:
    from collections.abc import Callable

_STARTS = ("=", "+", "-", "@", "\t", "\r")


class GuardedExport(SpreadsheetExportMixin):
    """For views without a queryset: `as_spreadsheet` takes plain rows."""

    def get_preprocess_function(
        self, field: str, value: Any, export_format: str
    ) -> Callable[[Any], Any]:
        found = super().get_preprocess_function(field, value, export_format)
        return (lambda value: guarded(found(value) if found else value)) if found else guarded

    def get_heading(self, queryset: Any, field: str) -> str:
        return force_str(self.export_headings[field])


def guarded(value: Any) -> Any:
    """Text that would be a formula, behind an apostrophe; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value
