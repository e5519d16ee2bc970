"""Where somebody who was invited chooses a password: the link of `clinics.inviting`, used once."""

from __future__ import annotations

from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class Welcome(PasswordResetConfirmView):
    """Signs in at once afterwards, and leads to the admin."""

    template_name = "clinics/admin/welcome.html"
    success_url = reverse_lazy("wagtailadmin_home")
    post_reset_login = True
    title = _("Choose a password")
