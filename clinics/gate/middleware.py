"""The gate: a route of the admin that no rule lets a user through is a 404.

Superusers pass; whoever is not signed in is left to the login form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import Http404

from clinics.admin_paths import is_admin_path
from clinics.gate.table import ROUTES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class GateMiddleware:
    """Stands behind the middleware that signs people in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, arguments: Mapping[str, Any]
    ) -> None:
        """Raises Http404."""
        if not is_admin_path(request.path) or request.user.is_anonymous:
            return
        if request.user.is_active and request.user.is_superuser:
            return
        rule = ROUTES.get(request.resolver_match.view_name)
        if rule is None or not rule(request, arguments):
            raise Http404
