"""The addresses of signing in, each named one by one: what allauth has beside them is not there.

Included below the admin, before Wagtail's own addresses: on the admin's host only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from clinics.gate.rules import Rule, by_view
from cms.sign_in.views import SecondFactor, SecondStep, SignIn, sign_in_instead
from cms.sign_in.welcome import Welcome

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.views.generic import TemplateView


def _page(view: type[TemplateView], template: str, **options: Any) -> Any:
    return view.as_view(template_name=template, **options)


_everything = [
    # In place of Wagtail's own, and of the plugin's.
    path("login/", sign_in_instead, name="sign_in_instead"),
    path("welcome/<uidb64>/<token>/", Welcome.as_view(), name="clinics_welcome"),
    # Signing in and out
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/second-step/", SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "sign-in/inactive/",
        _page(account.AccountInactiveView, "cms/admin/sign_in/inactive.html"),
        name="account_inactive",
    ),
    path(
        "sign-out/",
        _page(account.LogoutView, "cms/admin/sign_in/sign_out.html"),
        name="account_logout",
    ),
    # A new password
    path(
        "sign-in/password/",
        _page(account.PasswordResetView, "cms/admin/sign_in/password.html"),
        name="account_reset_password",
    ),
    path(
        "sign-in/password/sent/",
        _page(account.PasswordResetDoneView, "cms/admin/sign_in/password_sent.html"),
        name="account_reset_password_done",
    ),
    path(
        "sign-in/password/done/",
        _page(account.PasswordResetFromKeyDoneView, "cms/admin/sign_in/password_done.html"),
        name="account_reset_password_from_key_done",
    ),
    path(
        "sign-in/password/<uidb36>/<key>/",
        _page(account.PasswordResetFromKeyView, "cms/admin/sign_in/password_new.html"),
        name="account_reset_password_from_key",
    ),
    # The second factor
    path("second-factor/", SecondFactor.as_view(), name="mfa_index"),
    path(
        "second-factor/app/",
        _page(app.ActivateTOTPView, "cms/admin/sign_in/app.html"),
        name="mfa_activate_totp",
    ),
    path(
        "second-factor/app/remove/",
        _page(app.DeactivateTOTPView, "cms/admin/sign_in/app_remove.html"),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-factor/passkeys/",
        _page(passkeys.ListWebAuthnView, "cms/admin/sign_in/passkeys.html"),
        name="mfa_list_webauthn",
    ),
    path(
        "second-factor/passkeys/add/",
        _page(passkeys.AddWebAuthnView, "cms/admin/sign_in/passkey_add.html"),
        name="mfa_add_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/rename/",
        _page(passkeys.EditWebAuthnView, "cms/admin/sign_in/passkey_rename.html"),
        name="mfa_edit_webauthn",
    ),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        _page(passkeys.RemoveWebAuthnView, "cms/admin/sign_in/passkey_remove.html"),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-factor/codes/",
        _page(codes.ViewRecoveryCodesView, "cms/admin/sign_in/codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        _page(codes.GenerateRecoveryCodesView, "cms/admin/sign_in/codes_new.html"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        _page(codes.DownloadRecoveryCodesView, "cms/admin/sign_in/codes.txt"),
        name="mfa_download_recovery_codes",
    ),
    # That it is you
    path(
        "second-factor/confirm/",
        _page(mfa.ReauthenticateView, "cms/admin/sign_in/confirm.html"),
        name="mfa_reauthenticate",
    ),
    path(
        "second-factor/confirm/passkey/",
        _page(passkeys.ReauthenticateWebAuthnView, "cms/admin/sign_in/confirm_passkey.html"),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-factor/confirm/password/",
        _page(account.ReauthenticateView, "cms/admin/sign_in/confirm_password.html"),
        name="account_reauthenticate",
    ),
]

# Nothing of it stays in a browser that somebody else sits down at: keys, codes, who was there.
urlpatterns = decorate_urlpatterns(_everything, never_cache)


def _own_passkey(request: HttpRequest, arguments: Mapping[str, Any]) -> bool:
    rows = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    return rows.filter(pk=arguments["pk"]).exists()


# For the gate: pages about nobody but the user, and passkeys by their ids.
ROUTES: dict[str, Rule] = dict.fromkeys((pattern.name for pattern in urlpatterns), by_view) | {
    "mfa_edit_webauthn": _own_passkey,
    "mfa_remove_webauthn": _own_passkey,
}
