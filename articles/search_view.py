"""The search page of a clinic. What was looked for is kept nowhere, and no cache may keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.searching import SearchResults, search
from clinics.cta import Link, cta_for
from clinics.frame import frame_for
from clinics.search_words import LONGEST_QUERY
from clinics.sitemap import NOINDEX
from clinics.views import read_only

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@read_only
def search_page(request: HttpRequest) -> HttpResponse:
    """What the clinic has about the words in ?q=; the empty form without any."""
    clinic = request.clinic
    if clinic is None:
        raise Http404
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\0", "").strip()
    found = search(query, clinic) if query else SearchResults(())
    frame = frame_for(None, request, clinic, title=_("Search"), robots=NOINDEX, path="/search/")
    context = {
        "frame": frame,
        "query": query,
        "found": found,
        "cta": cta_for(clinic),
        "links": frame.nav,
        "trail": (Link(_("Home"), "/"), Link(_("Search"), "")),
    }
    response = render(request, "articles/search.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
