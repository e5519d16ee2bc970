"""Public views: a page of the clinic that was asked, its stylesheet, its 404, and health."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.models import PageViewRestriction

from clinics.admin_paths import is_admin_path
from clinics.brand import stylesheet_of
from clinics.edge.memory import is_remembering, remembered
from clinics.edge.shown import shows
from clinics.pages import not_found_context
from clinics.readiness import what_is_missing
from clinics.routing import route
from clinics.sitemap import robots_text, sitemap_entries
from clinics.tree_paths import at_or_above

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from wagtail.models import Page

ONE_YEAR = 31_536_000


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET and HEAD; anything else is a 405, before anybody asks for a token against forgery."""
    return csrf_exempt(require_safe(view))


@read_only
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path` of the clinic that was asked; 404 for all else, also when restricted."""
    if request.home_page is None:
        raise Http404
    components = [part for part in path.split("/") if part]
    page, args, kwargs = route(request.home_page, request, components)
    if _is_restricted(page):
        raise Http404
    return page.serve(request, *args, **kwargs)


@read_only
def sitemap(request: HttpRequest) -> HttpResponse:
    """What search engines may list of the host that was asked."""
    if request.home_page is None:
        raise Http404
    context = {
        "entries": sitemap_entries(request.home_page, request.clinic),
        "origin": request.clinic.origin,
    }
    return render(request, "clinics/sitemap.xml", context, content_type="application/xml")


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """The robots.txt of the host that was asked."""
    if request.home_page is None:
        raise Http404
    return HttpResponse(robots_text(request.clinic), content_type="text/plain; charset=utf-8")


@read_only
def styles(request: HttpRequest, name: str) -> HttpResponse:
    """A stylesheet of a brand, kept for ever under the address of its rules, under no other."""
    found = stylesheet_of(name)
    if found is None:
        raise Http404
    response = HttpResponse(found.rules, content_type="text/css; charset=utf-8")
    kept = f"public, max-age={ONE_YEAR}, immutable"
    response["Cache-Control"] = kept if found.is_current else "no-store"
    return response


@read_only
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Sizes of pictures in the embedded profile; production has a web server or bucket for them.

    Never an original: it carries what the camera wrote into it.
    """
    is_rendition = path.startswith("images/") and normpath(path) == path
    if not settings.CLINICS_SERVE_MEDIA or not is_rendition:
        raise Http404
    response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The clinic's 404, with the ways to reach it (L-14); plain when no clinic was asked."""
    if getattr(request, "clinic", None) is not None:
        return render(request, "clinics/not_found.html", not_found_context(request), status=404)
    user = getattr(request, "user", None)
    if is_admin_path(request.path) and user is not None and user.is_authenticated:
        return render(request, "clinics/admin/not_found.html", status=404)
    return no_clinic(request)


def no_clinic(request: HttpRequest) -> HttpResponse:
    """The 404 of an unknown host: nothing of any clinic."""
    return render(request, "clinics/no_clinic.html", status=404)


@never_cache
@read_only
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return JsonResponse({"status": "live"})


@never_cache
@read_only
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; 503 otherwise, and while it shuts down."""
    missing = what_is_missing()
    return JsonResponse({"status": missing or "ready"}, status=503 if missing else 200)


def _is_restricted(page: Page) -> bool:
    paths = at_or_above(page.path)
    if is_remembering():
        return not remembered("restricted", _restricted_paths).isdisjoint(paths)
    return PageViewRestriction.objects.filter(page__path__in=paths).exists()


def _restricted_paths() -> frozenset[str]:
    shows("g")
    return frozenset(PageViewRestriction.objects.values_list("page__path", flat=True))
