"""Puts the clinic on the request, and the headers on the response."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http.request import split_domain_port

from clinics.admin_paths import is_admin_path
from clinics.campaigns import campaigns_at, with_campaign
from clinics.closed_site import answer_without_clinic
from clinics.edge.lifetime import set_lifetime
from clinics.edge.memory import remembering
from clinics.edge.moved import moved_to
from clinics.edge.page_key import NOTES
from clinics.edge.shown import noting
from clinics.picture_sizes import making_missing_sizes
from clinics.resolve import resolve_host
from clinics.sitemap import is_listing_allowed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clinics.edge.shown import Shown

type GetResponse = Callable[[HttpRequest], HttpResponse]

# Answered on any host, so that a load balancer needs no clinic's name.
HEALTH_PATHS = frozenset({"/-/live", "/-/ready"})
# What no browser opens as a page needs no headers about pages: half a kilobyte each (P15).
PARTS_OF_PAGES = frozenset({"text/css", "text/javascript", "font/woff2"})
HEADERS_OF_PAGES = ("Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy")


def is_preview(request: HttpRequest) -> bool:
    """True for the request that Wagtail makes up for a preview: it asks for no host's page."""
    return getattr(request, "is_dummy", False)


class ClinicMiddleware:
    """Sets `request.clinic`, `request.home_page` and Wagtail's site, or answers 404 for no clinic.

    Only the admin's host gets the urlconf with the admin in it: clinic hosts have no login form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # _get_raw_host: X-Forwarded-Host is ignored, and the host table is the list of hosts.
        hostname = split_domain_port(request._get_raw_host())[0]
        request.clinic = request.home_page = None
        if is_preview(request):
            with making_missing_sizes():
                return self.get_response(request)
        if request.path in HEALTH_PATHS:
            request.urlconf = "clinics.health_urls"
            return self.get_response(request)
        is_admin_host = hostname == settings.ADMIN_HOST
        if is_admin_host and is_admin_path(request.path):
            return self.get_response(request)
        kept = request.META.get(NOTES)
        with noting(kept) as shown, remembering(kept):
            return self._answer(request, hostname, shown)

    def _answer(self, request: HttpRequest, hostname: str, shown: Shown) -> HttpResponse:
        is_admin_host = hostname == settings.ADMIN_HOST
        resolved = resolve_host(hostname)
        if resolved is None and not is_admin_host:
            return answer_without_clinic(request, hostname)
        if not is_admin_host:
            request.urlconf = "cms.public_urls"
        if resolved is None:
            return self.get_response(request)
        if resolved.redirect_to:
            return moved_to(resolved.redirect_to + request.get_full_path())
        request.clinic = with_campaign(resolved.clinic, request)
        request.home_page = resolved.page
        request._wagtail_site = resolved.site
        shown.campaigns = campaigns_at(resolved.clinic)
        response = self.get_response(request)
        set_lifetime(response, resolved.clinic, shown)
        return response


class SecurityHeadersMiddleware:
    """The headers that Django has no setting for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not is_listing_allowed() or is_preview(request) or is_admin_path(request.path):
            response.setdefault("X-Robots-Tag", "noindex")
        response.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
        )
        if response.get("Content-Type", "").partition(";")[0] in PARTS_OF_PAGES:
            for name in HEADERS_OF_PAGES:
                response.headers.pop(name, None)
        return response


class AdminPolicyMiddleware:
    """Gives the admin and its previews the admin's content policy, which lets the panel frame them.

    Stands inside Django's policy middleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_of_admin = is_preview(request) or is_admin_path(request.path)
        if is_of_admin and not hasattr(response, "_csp_config"):
            response._csp_config = settings.CLINICS_ADMIN_CSP
        return response
