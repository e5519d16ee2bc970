"""Who may go on being signed in: the end of rights is the end of a session, at the next request.

A request to the admin by a signed-in user in; on it goes, or the way to what is missing out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.auth import reject_request

from clinics.admin_paths import is_admin_path
from cms.sign_in.factors import Standing, standing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Nobody's data, and the ways out.
OPEN = frozenset(
    {
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_logout",
        "account_logout",
        "sign_in_instead",
    }
)
SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
)
PROVING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


class SignedInMiddleware:
    """Stands behind allauth's own, and before the gate: it tells nothing of what there is.

    Where `SECOND_FACTOR_REQUIRED` is on it asks for the factors of the account, in one query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, arguments: object
    ) -> HttpResponse | None:
        route = request.resolver_match.view_name
        if route in OPEN or not is_admin_path(request.path) or request.user.is_anonymous:
            return None
        # Wagtail asks for the same right on each of its pages: the answer is kept on the user.
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return _end_session(request, _("Your account has no role any more."))
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        return _asked_for_factor(request, route)


def _asked_for_factor(request: HttpRequest, route: str) -> HttpResponse | None:
    found = standing(request)
    if found is Standing.FORGOTTEN:
        why = _("Your second factor was removed. Sign in again to set up another one.")
        return _end_session(request, why)
    if found is Standing.MISSING and route not in SETTING_UP:
        return _lead_to(request, "mfa_index")
    if found is Standing.UNPROVED and route not in PROVING:
        methods: list[dict[str, Any]] = get_adapter().get_reauthentication_methods(request.user)
        return _lead_to(request, methods[0]["url"], next=request.get_full_path())
    return None


def _end_session(request: HttpRequest, why: str) -> HttpResponse:
    logout(request)
    messages.error(request, why)
    answer: HttpResponse = reject_request(request)
    return answer


def _lead_to(request: HttpRequest, where: str, **query: str) -> HttpResponse:
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    answer = redirect(where)
    if query and request.method == "GET":
        answer["Location"] += f"?{urlencode(query)}"
    return answer
