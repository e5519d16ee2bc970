"""Pages of signing in that allauth's own views do not have, or know too little for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@never_cache
def sign_in_instead(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's own login, which asks for no second factor: leads to ours.

    Whatever is posted here is refused unread.
    """
    following = request.GET.get("next", "")
    return redirect_to_login(following, "account_login") if following else redirect("account_login")


class SignIn(LoginView):
    """Name and password, or a passkey."""

    template_name = "cms/admin/sign_in/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"next": self.get_next_url()}


class SecondStep(AuthenticateView):
    """The code of the app, or a passkey: only what the account has."""

    template_name = "cms/admin/sign_in/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Authenticator.objects.filter(user_id=self.stage.login.user.pk)
        kinds = set(rows.values_list("type", flat=True))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
        }


class SecondFactor(IndexView):
    """Setting up the first factor, or what there is."""

    template_name = "cms/admin/sign_in/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_needed": settings.SECOND_FACTOR_REQUIRED}


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer to whoever asks too often."""
    return render(request, "cms/admin/sign_in/too_many.html", status=429)
