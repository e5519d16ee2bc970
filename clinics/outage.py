"""The page for when a page cannot be made: a failed request in, name and number of its clinic out.

Asks nothing of the database, which may be what has failed; `clinics.last_known` remembers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.template.loader import render_to_string

from clinics.admin_paths import is_admin_path
from clinics.cta import crisis_line
from clinics.last_known import forget, last_known, remember
from clinics.middleware import HEALTH_PATHS

if TYPE_CHECKING:
    from django.http import HttpRequest

# Answers that say that no clinic in service has the host.
OF_NO_CLINIC = frozenset({301, 404, 410})
RETRY_SECONDS = "10"


class LastKnownMiddleware:
    """Stands around `ClinicMiddleware`, and remembers which clinic it found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hostname = _hostname(request)
        clinic = getattr(request, "clinic", None)
        if clinic is not None:
            remember(hostname, clinic)
        elif _says_no_clinic(request, response, hostname):
            forget(hostname)
        return response


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database is away, else 500: the clinic's own where this process knows it."""
    known = None if is_admin_path(request.path) else last_known(_hostname(request))
    is_away = _is_database_away(sys.exc_info()[1])
    response = HttpResponse(
        render_to_string("clinics/outage.html", {"known": known, "crisis": crisis_line()}),
        status=503 if is_away else 500,
    )
    response["Cache-Control"] = "no-store"
    if is_away:
        response["Retry-After"] = RETRY_SECONDS
    return response


def _is_database_away(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_no_clinic(request: HttpRequest, response: HttpResponse, hostname: str) -> bool:
    is_asked = request.path not in HEALTH_PATHS and hostname != settings.ADMIN_HOST
    return is_asked and response.status_code in OF_NO_CLINIC


def _hostname(request: HttpRequest) -> str:
    """As `ClinicMiddleware` reads it."""
    return split_domain_port(request._get_raw_host())[0]
