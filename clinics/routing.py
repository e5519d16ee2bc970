"""The page at a path of a site: a home page and the parts of a path in, Wagtail's route out.

As `Page.route`, which asks for each step; the first one is remembered for pages that will be kept.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.http import Http404

from clinics.edge.memory import remembered
from clinics.edge.shown import shows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from wagtail.models import Page
    from wagtail.url_routing import RouteResult


def route(home: Page, request: HttpRequest, parts: Sequence[str]) -> RouteResult:
    """Raises Http404 where there is no page."""
    page, rest = home, [*parts]
    if rest:
        slug = rest.pop(0)
        page = remembered(("child", home.pk, slug), lambda: _child(home, slug))
    # Whoever serves it may write on it, and other requests have the same one.
    return copy(page).route(request, rest)


def _child(home: Page, slug: str) -> Page:
    shows(f"c:{home.pk}")
    found = home.get_children().filter(slug=slug).first()
    if found is None:
        raise Http404
    return found.specific
