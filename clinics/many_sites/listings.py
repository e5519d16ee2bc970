"""Wagtail's listings of pages without their filter by site, which is a checkbox for every clinic.

The explorer finds a clinic by name; below its home page everything is its own.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.admin.views.reports.page_types_usage import (
    PageTypesUsageReportFilterSet,
    PageTypesUsageReportView,
)

PATCHED = {
    "PageFilterSet": PageFilterSet,
    "GenericPageFilterSet": GenericPageFilterSet,
    "PageTypesUsageReportFilterSet": PageTypesUsageReportFilterSet,
    "PageTypesUsageReportView": PageTypesUsageReportView,
}


class PageTypesFilters(WagtailFilterSet):
    """The report's filters without the one by site, for which Wagtail reads every site twice."""

    page_locale = PageTypesUsageReportFilterSet.declared_filters["page_locale"]

    class Meta:
        model = ContentType
        fields = ["page_locale"]


def apply() -> None:
    """Take the filters away. Does nothing the second time."""
    for filters in (PageFilterSet, GenericPageFilterSet):
        filters.declared_filters.pop("site", None)
        filters.base_filters.pop("site", None)
    PageTypesUsageReportView.filterset_class = PageTypesFilters
