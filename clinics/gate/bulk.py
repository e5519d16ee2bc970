"""The gate of bulk actions: ids in the query, and "all", which must never mean everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from wagtail.admin.views.pages.search import page_filter_search
from wagtail.models import Page

from clinics.gate.pages import pages_in_reach
from clinics.gate.rules import are_pages_in_reach, rows_in_query

if TYPE_CHECKING:
    from django.http import HttpRequest

_CHANGING = frozenset({"change", "delete"})


def bulk(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    """Every object that the action is about is in reach, and so is the place that it names."""
    try:
        model = apps.get_model(arguments["app_label"], arguments["model_name"])
    except LookupError:
        return False
    if not issubclass(model, Page):
        # Wagtail itself takes "all" as what the user may change.
        return "all" in request.GET.getlist("id") or rows_in_query(model, _CHANGING)(request, {})
    return _are_pages_in_reach(request)


def _are_pages_in_reach(request: HttpRequest) -> bool:
    ids, parents = request.GET.getlist("id"), request.GET.getlist("childOf")
    places = [place for place in request.POST.getlist("chooser") if place]
    if not are_pages_in_reach(request.user, [*places, *parents]):
        return False
    if "all" in ids and not parents:
        _name_all(request)
        return True
    return "all" in ids or are_pages_in_reach(request.user, ids)


def _name_all(request: HttpRequest) -> None:
    """All results of a search become the ids of those in reach: Wagtail would take every page."""
    pages = pages_in_reach(request.user)
    if words := request.GET.get("q"):
        pages = page_filter_search(words, pages)[0].results()
    query = request.GET.copy()
    query.setlist("id", [str(page.pk) for page in pages])
    query.pop("q", None)
    request.GET = query
