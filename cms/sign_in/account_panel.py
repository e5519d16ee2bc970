"""The second factor on Wagtail's account screen: what there is, and the way to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

if TYPE_CHECKING:
    from django.http import HttpRequest


class SecondFactorPanel(BaseSettingsPanel):
    name = "second_factor"
    title = _("Second factor")
    order = 600
    template_name = "cms/admin/sign_in/account_panel.html"

    def get_form(self) -> forms.Form:
        """Nothing is typed here; the screen asks each of its panels for a form."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        kinds = list(
            Authenticator.objects.filter(user_id=self.user.pk).values_list("type", flat=True)
        )
        return super().get_context_data() | {
            "has_app": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        }


def second_factor_panel(request: HttpRequest, user: Any, profile: Any) -> SecondFactorPanel:
    return SecondFactorPanel(request, user, profile)
