"""What the host of a closed clinic answers: a request in, the way to its neighbour out.

Its patients are led to the same page of the clinic that takes them, where that has one, or else to
its front page; without such a clinic, a plain page says that the clinic has closed. No answer has a
number of the closed clinic in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve

from clinics.brand import stylesheet_urls
from clinics.edge.moved import ASK_AGAIN, moved_to
from clinics.resolve import closed_host
from clinics.views import no_clinic, serve, styles

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clinics.resolve import ClosedHost, ResolvedHost

_READING = ("GET", "HEAD")
_PUBLIC = "cms.public_urls"


def answer_without_clinic(request: HttpRequest, hostname: str) -> HttpResponse:
    """For a host that no clinic in service has: one of a closed clinic, or of nobody's."""
    closed = closed_host(hostname)
    if closed is None:
        return no_clinic(request)
    if request.method not in _READING:
        return HttpResponseNotAllowed(_READING)
    match = _route_of(request)
    if closed.neighbour is not None:
        path = _path_at(closed.neighbour, request, match)
        return moved_to(closed.neighbour.site.root_url + path)
    if match is not None and match.func is styles:
        return styles(request, *match.args, **match.kwargs)
    return _closed_page(request, closed)


def _closed_page(request: HttpRequest, closed: ClosedHost) -> HttpResponse:
    context = {"closed": closed, "stylesheets": stylesheet_urls(closed.brand)}
    response = render(request, "clinics/closed.html", context, status=410)
    response["Cache-Control"] = ASK_AGAIN
    return response


def _route_of(request: HttpRequest) -> ResolverMatch | None:
    try:
        return resolve(request.path, _PUBLIC)
    except Resolver404:
        return None


def _path_at(neighbour: ResolvedHost, request: HttpRequest, match: ResolverMatch | None) -> str:
    """The path of the request as the neighbour has it, in one step also where a page has moved."""
    if match is None:
        return "/"
    if match.func is not serve:
        return request.get_full_path()
    request.clinic, request.home_page = neighbour.clinic, neighbour.page
    request._wagtail_site = neighbour.site
    try:
        # Made ready and never rendered: the neighbour itself says what it has.
        answer = serve(request, *match.args, **match.kwargs)
    except Http404:
        return "/"
    finally:
        request.clinic = request.home_page = None
    if answer.status_code == 301:
        return str(answer["Location"])
    return request.get_full_path() if answer.status_code == 200 else "/"
