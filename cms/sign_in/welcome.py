"""The link of an invitation, for this site: whoever used it signs in as everybody else does.

Without the plugin's shortcut: an account that has a second factor is asked for it here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN

from clinics.admin.welcome import Welcome as PluginsWelcome

if TYPE_CHECKING:
    from django.contrib.auth.forms import SetPasswordForm
    from django.http import HttpResponse


class Welcome(PluginsWelcome):
    template_name = "cms/admin/sign_in/welcome.html"
    post_reset_login = False

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        user = form.save()
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        # Choosing a password counts as having typed it: setting up the factor asks for no more.
        record_authentication(self.request, user, method="password")
        login = Login(user=user, redirect_url=str(self.success_url))
        response: HttpResponse = perform_login(self.request, login)
        return response
